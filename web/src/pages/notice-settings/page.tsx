import { useSuspenseQuery } from '@tanstack/react-query';
import { noticeSettingsQuery } from '../../api/notice-settings.ts';
import { useSpeech } from '../../words/lang.tsx';
import { CompanyRules } from './company.tsx';
import { Mine } from './mine.tsx';
import { w } from './words.ts';
import '../account/account.css';
import '../../notices/told.css';

/** How I am told and, for whoever keeps the organisation, how the company tells people. */
export default function NoticeSettingsPage() {
  const { say } = useSpeech();
  const settings = useSuspenseQuery(noticeSettingsQuery).data;
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say(w.title)}</h1>
      </div>
      <p className="muted">{say(w.lead)}</p>
      <div className="account-grid">
        <Mine settings={settings} />
        {settings.administers && <CompanyRules settings={settings} />}
      </div>
    </div>
  );
}

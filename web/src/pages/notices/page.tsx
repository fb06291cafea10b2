import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { NoticeView } from '../../api/contract.ts';
import { noticesQuery, useReading } from '../../api/notices.ts';
import { Icon } from '../../kit/icons.tsx';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import { PAGES } from './ways.ts';
import { w } from './words.ts';
import './notices.css';

/** Messages to me; opening the case marks its message as read. */
export default function NoticesPage() {
  const { lang, say } = useSpeech();
  const { items, unread } = useSuspenseQuery(noticesQuery).data;
  const reading = useReading();
  const waiting = items.filter((notice) => notice.readAt === null).map((notice) => notice.id);
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
        <Link to="/dead-letters" className="btn">
          {say(w.deadLetters)}
        </Link>
        <Link to="/notice-settings" className="btn">
          {say(w.settings)}
        </Link>
        {unread > 0 && (
          <button type="button" className="btn" disabled={reading.isPending} onClick={() => reading.mutate(waiting)}>
            <Icon name="check" size={16} />
            {say(w.readAll)}
          </button>
        )}
      </div>
      {items.length === 0 ? (
        <div className="empty card">
          <Icon name="bell" size={32} />
          <h2>{say(w.none)}</h2>
          <p className="muted">{say(w.noneWhy)}</p>
        </div>
      ) : (
        <ul className="notices">
          {items.map((notice) => (
            <li key={notice.id}>
              <Link
                {...wayTo(notice)}
                data-unread={notice.readAt === null}
                onClick={() => notice.readAt === null && reading.mutate([notice.id])}
              >
                <span>
                  {notice.readAt === null && <span className="tag brand">{say(w.unread)}</span>} {say(notice.text)}
                </span>
                <span className="small muted">
                  {notice.number !== null && (
                    <>
                      <span className="mono">{notice.number}</span> ·{' '}
                    </>
                  )}
                  {sayMoment(at(notice.at), lang, now())}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The page on which something can be done about it. */
const wayTo = ({ about, caseId, personId }: NoticeView) => {
  if (caseId !== null) return { to: '/cases/$id', params: { id: caseId } } as const;
  if (personId !== null) return { to: '/people/$id', params: { id: personId } } as const;
  return { to: PAGES[about] } as const;
};

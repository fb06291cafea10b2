import { useSession } from '../../api/session.ts';
import { Mark } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { LangSwitch } from '../../words/switch.tsx';
import { DemoPeople } from './demo-people.tsx';
import { Doors } from './doors.tsx';
import { w } from './words.ts';
import './sign-in.css';

/** The door: a password, or in the sandbox a choice of person. */
export default function SignInPage() {
  const { lang, say } = useSpeech();
  const { sandbox, company } = useSession();
  const demo = sandbox || company?.demo === true;
  return (
    <main className={demo ? 'door wide' : 'door'}>
      <header className="door-head">
        <Mark size={44} />
        <div>
          <p className="door-name">
            {company ? (lang === 'en' && company.nameEn ? company.nameEn : company.name) : '回音 Huiyin'}
          </p>
          <p className="muted">{say(w.promise)}</p>
        </div>
        <LangSwitch />
      </header>
      {demo ? <DemoPeople /> : <Doors />}
      {demo && (
        <details className="card">
          <summary>{say(w.password2)}</summary>
          <Doors bare />
        </details>
      )}
    </main>
  );
}

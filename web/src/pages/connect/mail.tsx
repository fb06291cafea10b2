import { Link } from '@tanstack/react-router';
import type { MailView } from '../../api/connections.ts';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** How e-mail stands; it is set up where the program is started, not here. */
export function Mail({ mail }: { mail: MailView }) {
  const { say } = useSpeech();
  const { receives, sends, heardAt, waiting } = mail;
  return (
    <section className="card stack" aria-labelledby="mail-card">
      <div className="card-head">
        <h3 id="mail-card">{receives ?? sends ?? say(w.mailbox)}</h3>
        {receives !== null && (
          <span className={heardAt === null ? 'tag soon' : 'tag'}>
            {heardAt === null ? say(w.noMail) : say(w.lastMail, { at: shortMoment(at(heardAt)) })}
          </span>
        )}
        <span className={receives === null ? 'tag' : 'tag kept'}>{say(receives === null ? w.noBox : w.reads)}</span>
        <span className={sends === null ? 'tag' : 'tag kept'}>{say(sends === null ? w.noLetters : w.sends)}</span>
      </div>
      {(receives === null || sends === null) && <p className="small muted">{say(w.mailHow)}</p>}
      {waiting > 0 && (
        <p>
          <Link to="/dead-letters">{say(w.mailWaits, { n: waiting })}</Link>
        </p>
      )}
    </section>
  );
}

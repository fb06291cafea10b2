import type { Text } from '@room/kernel/text.ts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { connectionsQuery } from '../../api/connections.ts';
import { useSpeech } from '../../words/lang.tsx';
import { ConnectionCard } from './card.tsx';
import { Exchanges } from './exchanges.tsx';
import { Mail } from './mail.tsx';
import { Overview } from './overview.tsx';
import { w } from './words.ts';
import './connect.css';

const SORTS: [string, Text, Text][] = [
  ['chat', w.chat, w.chatWhy],
  ['sms', w.sms, w.smsWhy],
  ['staff', w.staff, w.staffWhy],
];

/** «接入渠道»: every way in and out, whether it works, and what is wrong where it does not. */
export default function ConnectPage() {
  const { say } = useSpeech();
  const { items, mail } = useSuspenseQuery(connectionsQuery).data;
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
      </div>
      <Overview />
      {SORTS.map(([sort, title, why]) => (
        <section key={sort} id={sort} className="connect" aria-labelledby={`${sort}-title`}>
          <h2 id={`${sort}-title`}>{say(title)}</h2>
          <p className="muted">{say(why)}</p>
          {items
            .filter((one) => one.sort === sort)
            .map((connection) => (
              <ConnectionCard key={connection.kind} connection={connection} />
            ))}
        </section>
      ))}
      <div id="telephone">
        <Exchanges />
      </div>
      <section id="programs" className="connect" aria-labelledby="programs-title">
        <h2 id="programs-title">{say(w.programs)}</h2>
        <p className="muted">{say(w.programsWhy)}</p>
        <p>
          <Link to="/integrations" className="btn">
            {say(w.back)}
          </Link>
        </p>
      </section>
      <section id="mail" className="connect" aria-labelledby="mail-title">
        <h2 id="mail-title">{say(w.mail)}</h2>
        <p className="muted">{say(w.mailWhy)}</p>
        <Mail mail={mail} />
      </section>
    </>
  );
}

import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { connectionsQuery } from '../../api/connections.ts';
import { Icon } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { ConnectionCard } from './card.tsx';
import { Exchanges } from './exchanges.tsx';
import { w } from './words.ts';
import './connect.css';

/** «接入渠道»: services that carry messages, whether they work, and what is wrong where they do not. */
export default function ConnectPage() {
  const { say } = useSpeech();
  const items = useSuspenseQuery(connectionsQuery).data;
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
        <Link to="/integrations" className="btn">
          <Icon name="left" />
          {say(w.back)}
        </Link>
      </div>
      <p className="muted connect-why">{say(w.why)}</p>
      <div className="connect">
        {items.map((connection) => (
          <ConnectionCard key={connection.kind} connection={connection} />
        ))}
      </div>
      <Exchanges />
    </>
  );
}

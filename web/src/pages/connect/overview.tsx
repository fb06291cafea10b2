import type { Text } from '@room/kernel/text.ts';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { connectionsQuery } from '../../api/connections.ts';
import { exchangesQuery } from '../../api/exchanges.ts';
import { webhooksQuery } from '../../api/webhooks.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';
import { isWorking } from './working.ts';

/** How many of one sort work, are set up but silent, or are not used. */
interface Count {
  works: number;
  silent: number;
  off: number;
}

/** All ways at a glance: what works, what was set up and is silent. Each leads to its part of the page. */
export function Overview() {
  const { say } = useSpeech();
  const { items, mail } = useSuspenseQuery(connectionsQuery).data;
  const exchanges = useSuspenseQuery(exchangesQuery).data;
  const programs = useQuery(webhooksQuery).data?.items ?? [];
  const services = (sort: string): Count => {
    const some = items.filter((one) => one.sort === sort);
    const works = some.filter(isWorking).length;
    const used = some.filter(({ active }) => active).length;
    return { works, silent: used - works, off: some.length - used };
  };
  const called = exchanges.filter(({ lastCallAt }) => lastCallAt !== null).length;
  const told = programs.filter(({ status, failingSince }) => status === 'active' && failingSince === null).length;
  const rows: [string, Text, Count][] = [
    ['chat', w.chat, services('chat')],
    ['sms', w.sms, services('sms')],
    ['staff', w.staff, services('staff')],
    ['telephone', w.telephone, { works: called, silent: exchanges.length - called, off: exchanges.length ? 0 : 1 }],
    ['programs', w.programs, { works: told, silent: programs.length - told, off: programs.length ? 0 : 1 }],
  ];
  return (
    <nav className="connect-overview" aria-label={say(w.overview)}>
      {rows.map(([part, title, { works, silent, off }]) => (
        <a key={part} href={`#${part}`} className="card">
          <b>{say(title)}</b>
          <span className="row">
            {works > 0 && <span className="tag kept">{say(w.nWork, { n: works })}</span>}
            {silent > 0 && (
              <span className="tag soon">{say(part === 'programs' ? w.nStopped : w.nSilent, { n: silent })}</span>
            )}
            {works + silent === 0 && off > 0 && <span className="tag">{say(w.off)}</span>}
          </span>
        </a>
      ))}
      <a href="#mail" className="card">
        <b>{say(w.mail)}</b>
        <span className="row">
          {mail.receives !== null && <span className="tag kept">{say(w.reads)}</span>}
          {mail.sends !== null && <span className="tag kept">{say(w.sends)}</span>}
          {mail.receives === null && mail.sends === null && <span className="tag">{say(w.off)}</span>}
        </span>
      </a>
    </nav>
  );
}

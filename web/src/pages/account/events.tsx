import type { AccountEventView } from '../../api/contract.ts';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { deviceName } from './device-name.ts';
import { happened, w } from './words.ts';

/** What happened to one account or, with names, to all of a company. */
export function Events({ events, named = false }: { events: readonly AccountEventView[]; named?: boolean }) {
  const { say } = useSpeech();
  if (events.length === 0) return <p className="muted">{say(w.nothing)}</p>;
  return (
    <ul className="account-list">
      {events.map((event) => {
        const words = happened[event.kind];
        const rest = [deviceName(event.device), event.address, event.by && say(w.by, { by: event.by })];
        return (
          <li key={event.id}>
            <span>
              {named && <b>{event.person} </b>}
              {words ? say(words) : event.kind}
              {/^(keyMade|keyRotated|keyRevoked|passkeyAdded|passkeyRemoved)$/.test(event.kind) && ` · ${event.detail}`}
              <br />
              <span className="small muted">{rest.filter(Boolean).join(' · ')}</span>
            </span>
            <span className="small muted mono">{shortMoment(at(event.at))}</span>
          </li>
        );
      })}
    </ul>
  );
}

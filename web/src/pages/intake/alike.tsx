import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { WireValue } from '../../api/contract.ts';
import { alikeQuery } from '../../api/inbox.ts';
import { Icon } from '../../kit/icons.tsx';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import { aw } from './alike-words.ts';

/** What the case is tied to: an earlier one about the same thing, a known outage. */
export interface Ties {
  joins: { caseId: string; number: string } | null;
  incident: string | null;
}
export const NO_TIES: Ties = { joins: null, incident: null };

// Nobody types a word in less; asking at every key would only make the answers flicker.
const REST = 300;

interface Props {
  words: string;
  place: WireValue | undefined;
  ties: Ties;
  onTies(ties: Ties): void;
}

const premisesOf = (place: WireValue | undefined): string | null =>
  typeof place === 'object' && place !== null && !Array.isArray(place) && typeof place.premisesId === 'string'
    ? place.premisesId
    : null;

/**
 * While a call is being written down: earlier reports of the same thing, to be joined, and outages that are known. It keeps
 * its height, so that nothing moves under the hands.
 */
export function AlikeBox({ words, place, ties, onTies }: Props) {
  const { say, lang } = useSpeech();
  const settled = useRested(words, REST);
  const premises = premisesOf(place);
  const found = useQuery(alikeQuery(settled.slice(0, 300), premises)).data;
  const items = found?.items ?? [];
  const incidents = found?.incidents ?? [];
  return (
    <section className="alike card" aria-labelledby="alike-title">
      <div className="card-head">
        <h2 id="alike-title">{say(aw.title)}</h2>
        <span className="small muted" role="status">
          {say(items.length + incidents.length > 0 ? aw.found : aw.none, { n: items.length + incidents.length })}
        </span>
      </div>
      <ul className="alike-list">
        {incidents.map((incident) => (
          <li key={incident.id} className="alike-outage">
            <span className="alike-words">
              <b>
                <Icon name="alarm" size={16} /> {say(incident.title)}
              </b>
              <span>{say(aw.tellCaller, { words: say(incident.words) })}</span>
              <span className="small">
                {incident.expectedEnd
                  ? say(aw.until, { at: sayMoment(at(incident.expectedEnd), lang, now()) })
                  : say(aw.openEnd)}
              </span>
            </span>
            <label className="btn tight">
              <input
                type="checkbox"
                checked={ties.incident === incident.id}
                onChange={(event) => onTies({ ...ties, incident: event.target.checked ? incident.id : null })}
              />
              {say(aw.belongs)}
            </label>
          </li>
        ))}
        {items.map((item) => {
          const joined = ties.joins?.caseId === item.joinTo.caseId;
          return (
            <li key={item.caseId} data-likely={item.likely}>
              <span className="alike-words">
                <span>
                  <b className="mono">{item.number}</b> {item.summary}
                </span>
                <span className="small muted">
                  {[
                    say(aw[item.nearness]),
                    item.place,
                    say(item.state),
                    sayMoment(at(item.receivedAt), lang, now()),
                  ].join(' · ')}
                </span>
              </span>
              <button
                type="button"
                className={joined ? 'btn tight main' : 'btn tight'}
                aria-pressed={joined}
                onClick={() => onTies({ ...ties, joins: joined ? null : item.joinTo })}
              >
                {say(joined ? aw.joined : aw.join, { number: item.joinTo.number })}
              </button>
            </li>
          );
        })}
      </ul>
      {ties.joins !== null && <p className="small">{say(aw.keeps, { number: ties.joins.number })}</p>}
    </section>
  );
}

/** The words once nothing was typed for a while. */
function useRested(words: string, rest: number): string {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), rest);
    return () => clearTimeout(timer);
  }, [words, rest]);
  return settled;
}

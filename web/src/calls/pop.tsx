import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { callsQuery, takeCall, useCallChange } from '../api/calls.ts';
import type { CallerCard } from '../api/contract.ts';
import { wordsOf } from '../api/problem.ts';
import { useMe } from '../api/session.ts';
import { Icon } from '../kit/icons.tsx';
import { startFromCall } from '../pages/intake/draft.ts';
import { useSpeech } from '../words/lang.tsx';
import { c } from './words.ts';
import './pop.css';

/** Who calls, beside whatever one is doing; F8 takes the oldest call that nobody has over into the form. */
export default function CallPop() {
  const { say } = useSpeech();
  const me = useMe();
  const navigate = useNavigate();
  const calls = useQuery(callsQuery).data;
  const take = useCallChange(takeCall);
  const running = calls?.running ?? [];
  const next = running.findLast((call) => call.takenBy === null);
  const onTake = (id: string) =>
    take.mutate(id, {
      onSuccess: (taking) => {
        startFromCall(me.person.id, taking);
        void navigate({ to: '/intake' });
      },
    });
  const latest = useRef(() => {});
  latest.current = () => {
    if (next && !take.isPending) onTake(next.id);
  };
  useEffect(() => {
    // Also while somebody types: what he has typed is set aside, not lost.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F8' || event.defaultPrevented) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  if (running.length === 0) return null;
  return (
    <section className="calls-pop" aria-label={say(c.region)}>
      <div role="status" className="stack">
        {running.map((call) => (
          <Caller key={call.id} call={call} first={call === next} pending={take.isPending} onTake={onTake} />
        ))}
      </div>
      {take.error !== null && (
        <p className="note late" role="alert">
          {say(wordsOf(take.error))}
        </p>
      )}
    </section>
  );
}

// A telephone has room for one line; the rest is one touch away.
const roomy = (): boolean => matchMedia('(min-width: 761px)').matches;

function Caller(props: { call: CallerCard; first: boolean; pending: boolean; onTake(id: string): void }) {
  const { call, first, pending, onTake } = props;
  const { say } = useSpeech();
  const { places, incidents, cases } = call;
  const [only] = places;
  const stranger = say(cases.length > 0 ? c.unlisted : c.unknown);
  const brief = [
    only ? `${only.place} · ${only.name}` : call.phone !== null && stranger,
    incidents.length > 0 && `${say(c.outage)} ${incidents.length}`,
    cases.length > 0 && `${say(c.open)} ${cases.length}`,
  ];
  const take = (
    <button type="button" className="btn main" disabled={pending} onClick={() => onTake(call.id)}>
      {say(c.take)} {first && <kbd>F8</kbd>}
    </button>
  );
  return (
    <div className="card stack calls-pop-card">
      <div className="calls-pop-head">
        <Icon name="phone" />
        <b className="mono">{call.phone ?? say(c.withheld)}</b>
        <span className="tag brand">{say(call.phase === 'ringing' ? c.ringing : c.talking)}</span>
        {call.estate && <span className="small muted">{call.estate}</span>}
        {call.takenBy === null ? (
          take
        ) : (
          <span className="small muted">{call.mine ? say(c.toForm) : say(c.taken, { who: call.takenBy })}</span>
        )}
      </div>
      <details className="calls-pop-more" open={roomy()}>
        <summary className="small">{brief.filter((one) => one !== false).join(' · ')}</summary>
        <div className="stack">
          {places.length === 0 && call.phone !== null && <p>{stranger}</p>}
          {places.map(({ premisesId, place, name }) => (
            <p key={`${premisesId} ${name}`}>
              {place} · {name}
            </p>
          ))}
          {incidents.map(({ id, title, words }) => (
            <p key={id} className="note late">
              {say(c.outage)}：{say(title)} · {say(words)}
            </p>
          ))}
          {cases.length === 0 && <p className="small muted">{say(c.noCase)}</p>}
          {cases.map(({ id, number, name, matter, state }) => (
            <p key={id} className="small">
              {say(c.open)}{' '}
              <Link to="/cases/$id" params={{ id }} className="mono">
                {number}
              </Link>{' '}
              {say(matter)} · {say(state)}
              {places.length === 0 && name !== null && ` · ${say(c.givenAs, { who: name })}`}
            </p>
          ))}
        </div>
      </details>
    </div>
  );
}

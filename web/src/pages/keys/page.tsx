import { useSuspenseQuery } from '@tanstack/react-query';
import { eventsQuery, keysQuery, useRevokeKey, useRotateKey } from '../../api/account.ts';
import type { KeyView } from '../../api/contract.ts';
import { Refused } from '../../kit/refused.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { Events } from '../account/events.tsx';
import { useProved, wantsProof } from '../account/prove.tsx';
import { MadeKey } from './made-key.tsx';
import { NewKey } from './new-key.tsx';
import { Rules } from './rules.tsx';
import { w } from './words.ts';
import '../account/account.css';

/** What the company asks of whoever signs in, and the keys other programs use. */
export default function KeysPage() {
  const { say } = useSpeech();
  const keys = useSuspenseQuery(keysQuery).data;
  const events = useSuspenseQuery(eventsQuery).data;
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
      </div>
      <div className="account-grid">
        <section className="card stack">
          <h2>{say(w.keys)}</h2>
          <p className="muted small">{say(w.keysWhy)}</p>
          <Keys keys={keys} />
          <NewKey />
        </section>
        <Rules />
        <section className="card stack">
          <h2>{say(w.events)}</h2>
          <Events events={events} named />
        </section>
      </div>
    </>
  );
}

function Keys({ keys }: { keys: readonly KeyView[] }) {
  const { say } = useSpeech();
  const rotate = useRotateKey();
  const revoke = useRevokeKey();
  const proved = useProved();
  const renew = (id: string) => rotate.mutate(id, { onError: proved.run(() => renew(id)) });
  if (keys.length === 0) return <p className="muted">{say(w.none)}</p>;
  return (
    <>
      {rotate.data && <MadeKey text={rotate.data.key} />}
      <ul className="account-list">
        {keys.map((key) => {
          const facts = [
            key.estate ?? say(w.allSites),
            key.expiresAt && say(w.until, { at: shortMoment(at(key.expiresAt)) }),
            key.usedAt ? say(w.used, { at: shortMoment(at(key.usedAt)) }) : say(w.unused),
            key.madeBy && say(w.by, { by: key.madeBy }),
          ].filter(Boolean);
          return (
            <li key={key.id}>
              <span>
                <b>{key.label}</b>{' '}
                <span className="small">
                  {join(
                    key.scopes.map((scope) => say(w[scope])),
                    say,
                  )}
                </span>
                <br />
                <span className="small muted">{facts.join(' · ')}</span>
              </span>
              {key.revokedAt ? (
                <span className="tag">{say(w.ended)}</span>
              ) : (
                <>
                  <button
                    type="button"
                    className="btn tight"
                    aria-label={say(w.rotateThis, { name: key.label })}
                    onClick={() => renew(key.id)}
                  >
                    {say(w.rotate)}
                  </button>
                  <button
                    type="button"
                    className="btn tight"
                    aria-label={say(w.endThis, { name: key.label })}
                    onClick={() => revoke.mutate(key.id)}
                  >
                    {say(w.end)}
                  </button>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <Refused error={wantsProof(rotate.error) ? null : (rotate.error ?? revoke.error)} />
      {proved.dialog}
    </>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseView } from '../../api/contract.ts';
import { Icon } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { keepLeft, keptLeft, type LeftSigner, registerSigners } from './left.ts';
import { w } from './words.ts';

/** Fellow signers who have no case yet, each with the reason; corrected here and registered, they join the first. */
export function LeftSigners({ personId, onJoined }: { personId: string; onJoined(seen: readonly CaseView[]): void }) {
  const { say } = useSpeech();
  const [left, setLeft] = useState(() => keptLeft(personId));
  const change = (next: LeftSigner[]) => {
    keepLeft(personId, next);
    setLeft(next);
  };
  const again = useMutation({
    mutationFn: async () => {
      const joint: CaseView[] = [];
      const rest: LeftSigner[] = [];
      for (const [, own] of Map.groupBy(left, ({ lead }) => lead.id)) {
        const [first] = own;
        if (!first) continue;
        const done = await registerSigners(first.lead, own);
        joint.push(...done.joint);
        rest.push(...done.left);
      }
      return { joint, rest };
    },
    onSuccess: ({ joint, rest }) => {
      change(rest);
      onJoined(joint);
    },
  });
  const set = (key: string, part: Partial<LeftSigner>) =>
    change(left.map((one) => (one.key === key ? { ...one, ...part } : one)));
  if (left.length === 0) return null;
  return (
    <section className="card stack left-signers" aria-labelledby="left-signers">
      <h2 id="left-signers">{say(w.left, { n: left.length })}</h2>
      <p className="small muted">{say(w.leftWhy)}</p>
      <ul className="stack">
        {left.map(({ key, name, phone, place, lead, why }) => (
          <li key={key}>
            <p className="fault" role="alert">
              <Icon name="alarm" size={16} /> {say(why)}{' '}
              <span className="muted">{say(w.leftTo, { number: lead.number })}</span>
            </p>
            <span className="row">
              <input
                className="input"
                aria-label={say(w.leftName)}
                value={name}
                onChange={(event) => set(key, { name: event.target.value })}
              />
              <input
                className="input"
                aria-label={say(w.leftPhone)}
                inputMode="tel"
                value={phone}
                onChange={(event) => set(key, { phone: event.target.value })}
              />
              <input
                className="input"
                aria-label={say(w.leftPlace)}
                value={place}
                onChange={(event) => set(key, { place: event.target.value })}
              />
              <button type="button" className="btn plain" onClick={() => change(left.filter((one) => one.key !== key))}>
                {say(w.leftDrop)}
              </button>
            </span>
          </li>
        ))}
      </ul>
      <div className="row">
        <button type="button" className="btn main" disabled={again.isPending} onClick={() => again.mutate()}>
          {say(w.leftAgain)}
        </button>
      </div>
    </section>
  );
}

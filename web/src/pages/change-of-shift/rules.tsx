import { useState } from 'react';
import type { ShiftChange } from '../../api/contract.ts';
import { useShiftRules } from '../../api/shift-lists.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const NAMES = ['listMinutes', 'warnMinutes', 'climbMinutes', 'acceptMinutes'] as const;

/** What is promised for the list and for taking over, and which of it the company has set; whoever keeps the company may. */
export function Rules({ rules }: { rules: ShiftChange['rules'] }) {
  const { say } = useSpeech();
  const set = useShiftRules();
  const [typed, setTyped] = useState<{ [name: string]: string }>({});
  const faults = faultsOf(set.error);
  const [said, setAsked] = useState<boolean>();
  const asked = said ?? rules.asked;
  const asWas = asked === rules.asked && NAMES.every((name) => Number(typed[name] ?? rules[name]) === rules[name]);
  return (
    <>
      <ul className="muted small">
        {NAMES.map((name) => (
          <li key={name}>
            {say(w[name], { n: rules[name] })}
            {rules.delivered.includes(name) && say(w.delivered)}
          </li>
        ))}
        {!rules.asked && <li>{say(w.notAsked)}</li>}
      </ul>
      {rules.maySet && (
        <details className="person-add">
          <summary>{say(w.change)}</summary>
          <form
            className="turn-rules"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              // What nobody touched stays what the program is delivered with.
              const minutes = Object.entries(typed).map(([name, words]) => [name, Number(words)]);
              const wish = { ...Object.fromEntries(minutes), ...(said === undefined ? {} : { asked: said }) };
              set.mutate(wish, { onSuccess: () => setTyped({}) });
            }}
          >
            {NAMES.map((name) => (
              <TextField
                key={name}
                label={w[`${name}Label`]}
                type="number"
                value={typed[name] ?? String(rules[name])}
                onChange={(minutes) => setTyped({ ...typed, [name]: minutes })}
                fault={faults[name]}
              />
            ))}
            <div className="pick">
              <label>
                <input type="checkbox" checked={asked} onChange={({ target }) => setAsked(target.checked)} />
                {say(w.asked)}
              </label>
            </div>
            <button type="submit" className="btn" disabled={set.isPending || asWas}>
              {say(w.set)}
            </button>
            {NAMES.every((name) => !faults[name]) && <Refused error={set.error} />}
          </form>
        </details>
      )}
    </>
  );
}

import { useState } from 'react';
import type { StaffingView } from '../../api/contract.ts';
import { useMe } from '../../api/session.ts';
import { useStaffing } from '../../api/staffing.ts';
import { Refused } from '../../kit/refused.tsx';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { clockOf } from '../person/faults.ts';
import { PatternForm } from './pattern-form.tsx';
import { w } from './words.ts';

type Part = StaffingView['patterns'][number]['parts'][number];

/** The patterns a company works by: what there is, giving one up, and making one of its own. */
export function Patterns({ staffing }: { staffing: StaffingView }) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const change = useStaffing();
  const [made, setMade] = useState(0);
  if (!administers) return null;
  const words = (parts: readonly Part[]): string =>
    [...Map.groupBy(parts, (one) => `${say(one.title)} ${clockOf(one.fromMinute)}–${clockOf(one.toMinute % 1_440)}`)]
      .map(([hours, days]) =>
        say(w.partDays, {
          hours,
          days: join(
            days.map(({ day }) => String(day + 1)),
            say,
          ),
        }),
      )
      .join('；');
  return (
    <section className="card stack shifts-patterns">
      <h2>{say(w.patterns)}</h2>
      <ul className="person-list">
        {staffing.patterns.map((one) => (
          <li key={one.id}>
            <span>
              <b>{say(one.title)}</b>{' '}
              <span className="small muted">
                {say(w.cycle, { n: one.cycleDays })} · {words(one.parts)}
              </span>
            </span>
            <button
              type="button"
              className="btn tight"
              aria-label={say(w.retireThis, { name: say(one.title) })}
              disabled={change.isPending}
              onClick={() => change.mutate({ type: 'retirePattern', id: one.id })}
            >
              {say(w.retire)}
            </button>
          </li>
        ))}
      </ul>
      <Refused error={change.error} />
      <details className="person-add">
        <summary>{say(w.ownPattern)}</summary>
        <PatternForm key={made} onMade={() => setMade(made + 1)} />
      </details>
    </section>
  );
}

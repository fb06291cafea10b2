import { useState } from 'react';
import type { StaffingView } from '../../api/contract.ts';
import { useStaffing } from '../../api/staffing.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const KINDS = ['sick', 'annual', 'personal', 'compensatory', 'training', 'other'] as const;
const DAYS = [w.today, w.tomorrow, w.dayAfter];

/** Leave in three taps: the person, the day, the kind. */
export function LeaveDialog({
  person,
  days,
  onClose,
}: {
  person: StaffingView['people'][number];
  days: readonly string[];
  onClose(): void;
}) {
  const { say } = useSpeech();
  const enter = useStaffing();
  const [day, setDay] = useState(0);
  const ask = (kind: (typeof KINDS)[number]) => {
    const [from, to] = [days[day], days[day + 1]];
    if (!from || !to) return;
    enter.mutate(
      { type: 'askLeave', personId: person.id, kind, from: `${from}T00:00:00+08:00`, to: `${to}T00:00:00+08:00` },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog title={say(w.leaveOf, { name: person.name })} onClose={onClose}>
      <div className="stack">
        <fieldset className="field">
          <legend className="label">{say(w.when)}</legend>
          <div className="pick">
            {DAYS.map((title, i) => (
              <label key={title.en}>
                <input type="radio" name="day" checked={day === i} onChange={() => setDay(i)} />
                {say(title)}
              </label>
            ))}
          </div>
        </fieldset>
        <Refused error={enter.error} />
        <p className="label">{say(w.which)}</p>
        <div className="row">
          {KINDS.map((kind) => (
            <button key={kind} type="button" className="btn" disabled={enter.isPending} onClick={() => ask(kind)}>
              {say(w[kind])}
            </button>
          ))}
        </div>
      </div>
    </Dialog>
  );
}

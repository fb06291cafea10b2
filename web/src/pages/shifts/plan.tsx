import { type FormEvent, useState } from 'react';
import type { StaffingBody, StaffingView } from '../../api/contract.ts';
import { useMe } from '../../api/session.ts';
import { useStaffing } from '../../api/staffing.ts';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const hour = (n: number): number => n * 60;
/** Patterns most companies work by, to begin with; further ones come by the API or a list. */
const USUAL: { title: { zh: string; en: string }; order: StaffingBody }[] = [
  {
    title: w.sixOne,
    order: {
      type: 'makePattern',
      zh: '做六休一',
      en: 'Six on, one off',
      cycleDays: 7,
      parts: [0, 1, 2, 3, 4, 5].map((day) => ({ day, fromMinute: hour(8), toMinute: hour(17), zh: '白班', en: 'Day' })),
    },
  },
  {
    title: w.threeShifts,
    order: {
      type: 'makePattern',
      zh: '早中晚',
      en: 'Early, late, night',
      cycleDays: 4,
      parts: [
        { day: 0, fromMinute: hour(8), toMinute: hour(16), zh: '早班', en: 'Early' },
        { day: 1, fromMinute: hour(16), toMinute: hour(24), zh: '中班', en: 'Late' },
        { day: 2, fromMinute: hour(0), toMinute: hour(8), zh: '晚班', en: 'Night' },
      ],
    },
  },
];

/** Puts somebody on a pattern; whoever keeps the company makes the patterns. */
export function Plan({ staffing }: { staffing: StaffingView }) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const plan = useStaffing();
  const led = staffing.people.filter((person) => person.manages);
  const [personId, setPerson] = useState('');
  const [patternId, setPattern] = useState('');
  const [from, setFrom] = useState(staffing.days[0] ?? '');
  if (led.length === 0) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    plan.mutate({ type: 'assignPattern', personId, patternId, from });
  };
  const missing = USUAL.filter(
    ({ order }) => order.type === 'makePattern' && !staffing.patterns.some((one) => one.title.zh === order.zh),
  );
  return (
    <section className="card stack shifts-plan">
      <h2>{say(w.plan)}</h2>
      <Refused error={plan.error} />
      <form className="shifts-form" onSubmit={submit}>
        <label className="field">
          <span className="label">{say(w.person)}</span>
          <select className="input" required value={personId} onChange={(event) => setPerson(event.target.value)}>
            <option value="">—</option>
            {led.map((person) => (
              <option key={person.id} value={person.id}>
                {person.name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span className="label">{say(w.pattern)}</span>
          <select className="input" required value={patternId} onChange={(event) => setPattern(event.target.value)}>
            <option value="">—</option>
            {staffing.patterns.map((one) => (
              <option key={one.id} value={one.id}>
                {say(one.title)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span className="label">{say(w.from)}</span>
          <input
            className="input"
            type="date"
            required
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </label>
        <div className="row">
          <button type="submit" className="btn main" disabled={plan.isPending || personId === '' || patternId === ''}>
            {say(w.set)}
          </button>
        </div>
      </form>
      {administers && missing.length > 0 && (
        <div className="row">
          <span className="small muted">{say(w.newPattern)}</span>
          {missing.map(({ title, order }) => (
            <button
              key={title.en}
              type="button"
              className="btn"
              disabled={plan.isPending}
              onClick={() => plan.mutate(order)}
            >
              {say(title)}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}

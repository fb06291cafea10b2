import { type FormEvent, useState } from 'react';
import { useStaffing } from '../../api/staffing.ts';
import { Fault } from '../../kit/fault.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { minuteOf, missing } from './faults.ts';
import type { Of } from './skills.tsx';
import { WEEKDAYS, w } from './words.ts';

/** When somebody works: the pattern he is on, the next days, and fixed weekly hours. */
export function Hours({ staffing, person }: Of) {
  const { say } = useSpeech();
  const change = useStaffing();
  const today = staffing.days[0] ?? '';
  const title = (id: string): string => {
    const found = staffing.patterns.find((one) => one.id === id);
    return found ? say(found.title) : '';
  };
  const own = staffing.assignments.filter((one) => one.personId === person.id);
  return (
    <section className="card stack">
      <h2>{say(w.hours)}</h2>
      {own.length === 0 && <p className="muted">{say(w.patternNone)}</p>}
      <ul className="person-list">
        {own.map((one) => (
          <li key={one.id}>
            <span>
              <b>{title(one.patternId)}</b>{' '}
              <span className="small muted">{say(w.span, { from: one.from, to: one.to ?? say(w.openEnd) })}</span>
            </span>
            {person.manages && one.to === null && (
              <button
                type="button"
                className="btn tight"
                aria-label={say(w.endPatternThis, { pattern: title(one.patternId) })}
                disabled={change.isPending}
                onClick={() => change.mutate({ type: 'endAssignment', id: one.id, last: today })}
              >
                {say(w.endOn)}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Refused error={change.error} />
      <h3>{say(w.hoursNext)}</h3>
      <ul className="person-list">
        {staffing.days.map((day, i) => (
          <li key={day}>
            <span className="mono">{day}</span>
            <span>
              {(person.duties[i] ?? []).length === 0
                ? say(w.off)
                : (person.duties[i] ?? [])
                    .map((duty) => `${say(duty.title)} ${duty.from.slice(11, 16)}–${duty.to.slice(11, 16)}`)
                    .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {person.manages && staffing.patterns.length > 0 && <PutOn staffing={staffing} person={person} />}
      {person.manages && <Week personId={person.id} />}
    </section>
  );
}

function PutOn({ staffing, person }: Of) {
  const { say } = useSpeech();
  const plan = useStaffing();
  const start = { patternId: '', from: staffing.days[0] ?? '', to: '', anchor: '' };
  const [words, setWords] = useState(start);
  const [own, setOwn] = useState<ReturnType<typeof missing>>({});
  const faults = { ...faultsOf(plan.error), ...own };
  const put = (name: keyof typeof start) => (value: string) => setWords({ ...words, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { patternId, from, to, anchor } = words;
    const empty = missing({ patternId, from }, ['patternId']);
    setOwn(empty);
    if (Object.keys(empty).length > 0 || plan.isPending) return;
    plan.mutate(
      {
        type: 'assignPattern',
        personId: person.id,
        patternId,
        from,
        ...(to === '' ? {} : { to }),
        ...(anchor === '' ? {} : { anchor }),
      },
      { onSuccess: () => setWords(start) },
    );
  };
  return (
    <details className="person-add">
      <summary>{say(w.addPattern)}</summary>
      <form className="person-form" noValidate onSubmit={submit}>
        <SelectField
          label={w.pattern}
          required
          none="—"
          value={words.patternId}
          options={staffing.patterns.map((one) => ({ value: one.id, label: say(one.title) }))}
          onChange={put('patternId')}
          fault={faults.patternId}
        />
        <TextField label={w.from} type="date" required value={words.from} onChange={put('from')} fault={faults.from} />
        <TextField label={w.to} type="date" value={words.to} onChange={put('to')} fault={faults.to} />
        <TextField label={w.anchor} type="date" value={words.anchor} onChange={put('anchor')} fault={faults.anchor} />
        {Object.keys(faults).length === 0 && <Refused error={plan.error} />}
        <div className="row">
          <button type="submit" className="btn main" disabled={plan.isPending}>
            {say(w.add)}
          </button>
        </div>
      </form>
    </details>
  );
}

function Week({ personId }: { personId: string }) {
  const { say } = useSpeech();
  const set = useStaffing();
  const [days, setDays] = useState<readonly number[]>([1, 2, 3, 4, 5]);
  const [begins, setBegins] = useState('08:30');
  const [ends, setEnds] = useState('17:30');
  const [own, setOwn] = useState<ReturnType<typeof missing>>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const empty = { ...missing({ begins, ends }), ...(days.length === 0 ? { days: w.weekdayNone } : {}) };
    setOwn(empty);
    if (Object.keys(empty).length > 0 || set.isPending) return;
    const hours = { fromMinute: minuteOf(begins), toMinute: minuteOf(ends) || 1_440 };
    set.mutate({ type: 'setWeek', personId, shifts: days.map((weekday) => ({ weekday, ...hours })) });
  };
  return (
    <details className="person-add">
      <summary>{say(w.setWeek)}</summary>
      <form className="person-form" noValidate onSubmit={submit}>
        <p className="muted small wide">{say(w.weekWhy)}</p>
        <fieldset className="field wide">
          <legend className="label">{say(w.weekdays)}</legend>
          <div className="pick">
            {WEEKDAYS.map((title, i) => (
              <label key={title.en}>
                <input
                  type="checkbox"
                  checked={days.includes(i + 1)}
                  onChange={({ target }) =>
                    setDays(target.checked ? [...days, i + 1].sort() : days.filter((day) => day !== i + 1))
                  }
                />
                {say(title)}
              </label>
            ))}
          </div>
          {own.days && <Fault words={own.days} />}
        </fieldset>
        <TextField label={w.begins} type="time" required value={begins} onChange={setBegins} fault={own.begins} />
        <TextField label={w.ends} type="time" required value={ends} onChange={setEnds} fault={own.ends} />
        <Refused error={set.error} />
        <div className="row">
          <button type="submit" className="btn main" disabled={set.isPending}>
            {say(w.add)}
          </button>
          {set.isSuccess && (
            <span className="small" role="status">
              {say(w.done)}
            </span>
          )}
        </div>
      </form>
    </details>
  );
}

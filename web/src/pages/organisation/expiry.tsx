import type { Text } from '@room/kernel/text.ts';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { StaffingView } from '../../api/contract.ts';
import { useMe } from '../../api/session.ts';
import { useStaffing } from '../../api/staffing.ts';
import { Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { clockOf, minuteOf } from '../person/faults.ts';
import { w } from './words.ts';

/** Which certificates end soon, and when people are told of it. */
export function Expiry({ staffing }: { staffing: StaffingView }) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const { daysBefore, atMinute, isDefault } = staffing.expiryRules;
  const name = (id: string): string => staffing.people.find((one) => one.id === id)?.name ?? '';
  const title = (code: string): string => {
    const found = staffing.skills.find((one) => one.code === code);
    return found ? say(found.title) : code;
  };
  return (
    <section className="card stack">
      <h2>
        {say(w.expiry)} {isDefault && <span className="tag">{say(w.isDefault)}</span>}
      </h2>
      <p className="muted small">{say(w.expiryWhy)}</p>
      {administers ? (
        <Rules key={`${daysBefore.join()} ${atMinute}`} days={daysBefore.join(', ')} time={clockOf(atMinute)} />
      ) : (
        <p>
          {daysBefore.join(', ')} · {clockOf(atMinute)}
        </p>
      )}
      <h3>{say(w.soon)}</h3>
      {staffing.expiring.length === 0 && <p className="muted">{say(w.soonNone)}</p>}
      <ul className="person-list">
        {staffing.expiring.map((one) => (
          <li key={`${one.personId} ${one.skill} ${one.expiresOn}`}>
            <Link to="/people/$id" params={{ id: one.personId }}>
              {name(one.personId)} · {title(one.skill)}
            </Link>
            <span className={one.daysLeft < 0 ? 'tag late' : 'tag soon'}>
              {say(one.daysLeft < 0 ? w.over : w.left, { date: one.expiresOn, n: one.daysLeft })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Rules({ days: first, time: firstTime }: { days: string; time: string }) {
  const { say } = useSpeech();
  const set = useStaffing();
  const [days, setDays] = useState(first);
  const [time, setTime] = useState(firstTime);
  const [own, setOwn] = useState<{ days?: Text; time?: Text }>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const numbers = days.split(/[,，、\s]+/).filter(Boolean);
    const fits =
      numbers.length > 0 && numbers.length <= 6 && numbers.every((one) => /^\d{1,3}$/.test(one) && Number(one) <= 365);
    const faults = {
      ...(fits ? {} : { days: w.daysFault }),
      ...(/^\d\d:\d\d$/.test(time) ? {} : { time: w.timeFault }),
    };
    setOwn(faults);
    if (Object.keys(faults).length > 0 || set.isPending) return;
    set.mutate({ type: 'warnOfExpiry', daysBefore: numbers.map(Number), atMinute: minuteOf(time) });
  };
  return (
    <form className="person-form" noValidate onSubmit={submit}>
      <TextField label={w.days} required value={days} onChange={setDays} fault={own.days} />
      <TextField label={w.atTime} type="time" required value={time} onChange={setTime} fault={own.time} />
      <Refused error={set.error} />
      <div className="row">
        <button type="submit" className="btn main" disabled={set.isPending}>
          {say(w.save)}
        </button>
      </div>
    </form>
  );
}

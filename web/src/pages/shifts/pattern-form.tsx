import type { Text } from '@room/kernel/text.ts';
import { type FormEvent, useState } from 'react';
import { useStaffing } from '../../api/staffing.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { minuteOf, missing } from '../person/faults.ts';
import { w } from './words.ts';

const SHIFT = { name: '', days: '', begins: '08:00', ends: '16:00' };

/** 1-3, 5 → 0, 1, 2, 4 within a cycle; null: it cannot be read, or lies outside. */
function daysOf(words: string, cycle: number): number[] | null {
  const days = new Set<number>();
  for (const piece of words.split(/[,，、\s]+/).filter(Boolean)) {
    const [, from, to] = /^(\d{1,3})(?:[-–~至](\d{1,3}))?$/.exec(piece) ?? [];
    if (from === undefined || Number(from) < 1 || Number(to ?? from) > cycle || Number(to ?? from) < Number(from))
      return null;
    for (let day = Number(from); day <= Number(to ?? from); day += 1) days.add(day - 1);
  }
  return days.size === 0 ? null : [...days].sort((a, b) => a - b);
}

/** A pattern of one's own: how many days it takes, and which shifts fall on which of them. */
export function PatternForm({ onMade }: { onMade(): void }) {
  const { say } = useSpeech();
  const make = useStaffing();
  const [zh, setZh] = useState('');
  const [cycle, setCycle] = useState('7');
  const [shifts, setShifts] = useState([{ ...SHIFT, key: 0 }]);
  const [own, setOwn] = useState<Record<string, Text>>({});
  const faults = { ...faultsOf(make.error), ...own };
  const put = (key: number, field: keyof typeof SHIFT) => (value: string) =>
    setShifts(shifts.map((one) => (one.key === key ? { ...one, [field]: value } : one)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const length = /^\d{1,3}$/.test(cycle) ? Number(cycle) : 0;
    const wrong: Record<string, Text> = {
      ...missing({ zh }),
      ...(length >= 1 && length <= 366 ? {} : { cycleDays: w.cycleFault }),
    };
    const parts = shifts.flatMap((one) => {
      const days = daysOf(one.days, length);
      if (!days) wrong[`days ${one.key}`] = w.daysFault;
      Object.assign(wrong, missing({ [`begins ${one.key}`]: one.begins, [`ends ${one.key}`]: one.ends }));
      const hours = { fromMinute: minuteOf(one.begins), toMinute: minuteOf(one.ends) || 1_440 };
      return (days ?? []).map((day) => ({ day, ...hours, zh: one.name }));
    });
    setOwn(wrong);
    if (Object.keys(wrong).length > 0 || make.isPending) return;
    make.mutate({ type: 'makePattern', zh, cycleDays: length, parts }, { onSuccess: onMade });
  };
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <div className="person-form">
        <TextField label={w.patternName} required value={zh} onChange={setZh} fault={faults.zh} />
        <TextField
          label={w.cycleDays}
          hint={w.cycleHint}
          type="number"
          required
          value={cycle}
          onChange={setCycle}
          fault={faults.cycleDays}
        />
      </div>
      {shifts.map((one, i) => (
        <fieldset key={one.key} className="field">
          <legend className="label">{say(w.shiftN, { n: i + 1 })}</legend>
          <div className="person-form">
            <TextField label={w.shiftName} value={one.name} onChange={put(one.key, 'name')} />
            <TextField
              label={w.whichDays}
              required
              value={one.days}
              onChange={put(one.key, 'days')}
              fault={own[`days ${one.key}`]}
            />
            <TextField
              label={w.beginsAt}
              type="time"
              required
              value={one.begins}
              onChange={put(one.key, 'begins')}
              fault={own[`begins ${one.key}`]}
            />
            <TextField
              label={w.endsAt}
              type="time"
              required
              value={one.ends}
              onChange={put(one.key, 'ends')}
              fault={own[`ends ${one.key}`]}
            />
          </div>
        </fieldset>
      ))}
      {Object.keys(faults).length === 0 && <Refused error={make.error} />}
      {faults.parts && <Refused error={make.error} />}
      <div className="row">
        <button type="button" className="btn" onClick={() => setShifts([...shifts, { ...SHIFT, key: shifts.length }])}>
          {say(w.addShift)}
        </button>
        <button type="submit" className="btn main" disabled={make.isPending}>
          {say(w.make)}
        </button>
      </div>
    </form>
  );
}

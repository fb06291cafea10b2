import type { Text } from '@room/kernel/text.ts';
import { fill } from '@room/kernel/text.ts';
import { type FormEvent, useState } from 'react';
import type { StaffingView } from '../../api/contract.ts';
import { useMe } from '../../api/session.ts';
import { useStaffing } from '../../api/staffing.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { missing } from '../person/faults.ts';
import { w } from './words.ts';

/** What people can have learnt or be certified for, as the company knows it. */
export function SkillList({ staffing }: { staffing: StaffingView }) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const change = useStaffing();
  return (
    <section className="card stack">
      <h2>{say(w.skills)}</h2>
      <p className="muted small">{say(w.skillsWhy)}</p>
      {staffing.skills.length === 0 && <p className="muted">{say(w.skillsNone)}</p>}
      <ul className="person-list">
        {staffing.skills.map((one) => (
          <li key={one.code}>
            <span>
              <b>{say(one.title)}</b> <span className="small muted mono">{one.code}</span>
            </span>
            <span className="tag">{say(one.kind === 'skill' ? w.skill : w.qualification)}</span>
            {administers && (
              <button
                type="button"
                className="btn tight"
                aria-label={say(w.retireThis, { name: say(one.title) })}
                disabled={change.isPending}
                onClick={() => change.mutate({ type: 'retireSkill', code: one.code })}
              >
                {say(w.retire)}
              </button>
            )}
          </li>
        ))}
      </ul>
      <Refused error={change.error} />
      {administers && <AddSkill staffing={staffing} />}
    </section>
  );
}

const EMPTY = { zh: '', en: '', code: '', kind: 'qualification' };

function AddSkill({ staffing }: { staffing: StaffingView }) {
  const { say } = useSpeech();
  const name = useStaffing();
  const [words, setWords] = useState(EMPTY);
  const [own, setOwn] = useState<Record<string, Text>>({});
  const faults = { ...faultsOf(name.error), ...own };
  const put = (which: keyof typeof EMPTY) => (value: string) => setWords({ ...words, [which]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { zh, en, code, kind } = words;
    const same = staffing.skills.find((one) => one.code === code.trim());
    const empty: Record<string, Text> = {
      ...missing({ zh }),
      ...(/^[a-z][A-Za-z0-9]{1,40}$/.test(code.trim()) ? {} : { code: w.codeFault }),
      ...(same ? { code: fill(w.codeTaken, { name: say(same.title) }) } : {}),
    };
    setOwn(empty);
    if (Object.keys(empty).length > 0 || name.isPending) return;
    name.mutate(
      {
        type: 'nameSkill',
        code: code.trim(),
        kind: kind === 'skill' ? 'skill' : 'qualification',
        zh,
        ...(en.trim() === '' ? {} : { en }),
      },
      { onSuccess: () => setWords(EMPTY) },
    );
  };
  return (
    <details className="person-add">
      <summary>{say(w.addSkill)}</summary>
      <form className="person-form" noValidate onSubmit={submit}>
        <TextField label={w.nameZh} required value={words.zh} onChange={put('zh')} fault={faults.zh} />
        <TextField label={w.nameEn} value={words.en} onChange={put('en')} fault={faults.en} />
        <TextField
          label={w.code}
          hint={w.codeHint}
          required
          value={words.code}
          onChange={put('code')}
          fault={faults.code}
        />
        <SelectField
          label={w.kind}
          value={words.kind}
          options={[
            { value: 'qualification', label: say(w.qualification) },
            { value: 'skill', label: say(w.skill) },
          ]}
          onChange={put('kind')}
        />
        {Object.keys(faults).length === 0 && <Refused error={name.error} />}
        <div className="row">
          <button type="submit" className="btn main" disabled={name.isPending}>
            {say(w.add)}
          </button>
        </div>
      </form>
    </details>
  );
}

import { type FormEvent, useState } from 'react';
import { useMe } from '../../api/session.ts';
import { useStaffing } from '../../api/staffing.ts';
import { Combobox } from '../../kit/combobox.tsx';
import { Fault } from '../../kit/fault.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { RequiredMark } from '../../kit/required.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { missing } from './faults.ts';
import type { Of } from './skills.tsx';
import { w } from './words.ts';

interface Props extends Of {
  /** Posts he holds, with their titles. */
  posts: readonly { code: string; title: string }[];
  titleOf(post: string): string;
}

/** Who acts in somebody's place, from when to when and in which of his posts. */
export function Substitutes({ staffing, person, posts, titleOf }: Props) {
  const { say } = useSpeech();
  const me = useMe();
  const change = useStaffing();
  const name = (id: string): string => staffing.people.find((one) => one.id === id)?.name ?? '';
  const own = staffing.substitutions.filter((one) => one.personId === person.id || one.substituteId === person.id);
  const mayArrange = person.manages || person.id === me.person.id;
  return (
    <section className="card stack">
      <h2>{say(w.substitutes)}</h2>
      <p className="muted small">{say(w.substitutesWhy, { name: person.name })}</p>
      {own.length === 0 && <p className="muted">{say(w.substitutesNone)}</p>}
      <ul className="person-list">
        {own.map((one) => {
          const his = one.personId === person.id;
          return (
            <li key={one.id}>
              <span>
                <b>{say(his ? w.standsIn : w.standsFor, { name: name(his ? one.substituteId : one.personId) })}</b>{' '}
                <span className="small muted">
                  {say(w.span, { from: one.from, to: one.to })} ·{' '}
                  {one.posts === null ? say(w.allPosts) : join(one.posts.map(titleOf), say)}
                  {one.reason !== '' && ` · ${one.reason}`}
                </span>
              </span>
              {his && mayArrange && (
                <button
                  type="button"
                  className="btn tight"
                  aria-label={say(w.endThis, { name: name(one.substituteId) })}
                  disabled={change.isPending}
                  onClick={() => change.mutate({ type: 'endSubstitution', id: one.id })}
                >
                  {say(w.end)}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <Refused error={change.error} />
      {mayArrange && <Arrange staffing={staffing} person={person} posts={posts} titleOf={titleOf} />}
    </section>
  );
}

function Arrange({ staffing, person, posts }: Props) {
  const { say } = useSpeech();
  const arrange = useStaffing();
  const today = staffing.days[0] ?? '';
  const start = { substituteId: '', from: today, to: '', reason: '' };
  const [words, setWords] = useState(start);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [own, setOwn] = useState<ReturnType<typeof missing>>({});
  const faults = { ...faultsOf(arrange.error), ...own };
  const put = (name: keyof typeof start) => (value: string) => setWords({ ...words, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { reason: _, ...needed } = words;
    const empty = missing(needed, ['substituteId']);
    setOwn(empty);
    if (Object.keys(empty).length > 0 || arrange.isPending) return;
    arrange.mutate(
      {
        type: 'substitute',
        personId: person.id,
        ...words,
        ...(chosen.length === 0 ? {} : { posts: [...chosen] }),
      },
      {
        onSuccess: () => {
          setWords(start);
          setTyped('');
          setChosen([]);
        },
      },
    );
  };
  return (
    <details className="person-add">
      <summary>{say(w.addSubstitute)}</summary>
      <form className="person-form" noValidate onSubmit={submit}>
        <div className="field">
          <label className="label" htmlFor="substitute">
            {say(w.substitute)}
            <RequiredMark />
          </label>
          <Combobox
            id="substitute"
            words={typed}
            invalid={faults.substituteId !== undefined}
            offers={staffing.people
              .filter((one) => one.id !== person.id && `${one.name} ${one.unit?.zh}`.includes(typed.trim()))
              .map((one) => ({ id: one.id, label: one.name, aside: one.unit ? say(one.unit) : '' }))}
            onWords={(value) => {
              setTyped(value);
              put('substituteId')('');
            }}
            onPick={(id) => {
              put('substituteId')(id);
              setTyped(staffing.people.find((one) => one.id === id)?.name ?? '');
            }}
          />
          {faults.substituteId && <Fault words={faults.substituteId} />}
        </div>
        <TextField label={w.from} type="date" required value={words.from} onChange={put('from')} fault={faults.from} />
        <TextField label={w.to} type="date" required value={words.to} onChange={put('to')} fault={faults.to} />
        <TextField label={w.reason} value={words.reason} onChange={put('reason')} fault={faults.reason} />
        {posts.length > 1 && (
          <fieldset className="field wide">
            <legend className="label">{say(w.whichPosts)}</legend>
            <div className="pick">
              {posts.map(({ code, title }) => (
                <label key={code}>
                  <input
                    type="checkbox"
                    checked={chosen.includes(code)}
                    onChange={({ target }) =>
                      setChosen(target.checked ? [...chosen, code] : chosen.filter((one) => one !== code))
                    }
                  />
                  {title}
                </label>
              ))}
            </div>
          </fieldset>
        )}
        {Object.keys(faults).length === 0 && <Refused error={arrange.error} />}
        <div className="row">
          <button type="submit" className="btn main" disabled={arrange.isPending}>
            {say(w.add)}
          </button>
        </div>
      </form>
    </details>
  );
}

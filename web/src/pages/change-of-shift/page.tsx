import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ShiftList } from '../../api/contract.ts';
import { shiftChangeQuery } from '../../api/shift-lists.ts';
import { at, shortMoment } from '../../time/format.ts';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { Giving } from './giving.tsx';
import { List } from './list.tsx';
import { Rules } from './rules.tsx';
import { w } from './words.ts';
import '../person/person.css';
import './change-of-shift.css';

/** What waits to be taken over, what one would hand over now, and the lists of the last days. */
export default function ChangeOfShiftPage() {
  const { say } = useSpeech();
  const change = useSuspenseQuery(shiftChangeQuery).data;
  const open = (list: ShiftList) => list.waiting > 0;
  const toTake = change.taken.filter(open);
  const groups = [
    { title: w.toTake, lists: toTake, mine: true },
    { title: w.given, lists: change.given, mine: false },
    { title: w.taken, lists: change.taken.filter((list) => !open(list)), mine: true },
    { title: w.led, lists: change.led, mine: false },
  ];
  const [first, ...rest] = groups.map(
    ({ title, lists, mine }) =>
      lists.length > 0 && (
        <section key={title.zh} className="stack">
          <h2>{say(title)}</h2>
          {lists.map((list) => (
            <List key={list.id} list={list} mine={mine} />
          ))}
        </section>
      ),
  );
  return (
    <div className="turn">
      <div className="page-head">
        <h1>{say(w.title)}</h1>
      </div>
      <p className="muted">{say(w.why)}</p>
      {first}
      <section className="card stack">
        <h2>{say(w.mine)}</h2>
        <p className="small">
          {change.shift
            ? say(w.shift, { from: shortMoment(at(change.shift.from)), to: shortMoment(at(change.shift.to)) })
            : say(w.noShift)}
        </p>
        {change.owed && (
          <p>
            <span className={change.owed.late ? 'tag late' : 'tag soon'}>
              {say(change.owed.late ? w.owedLate : w.owed, { at: shortMoment(at(change.owed.dueAt)) })}
            </span>
          </p>
        )}
        <Giving change={change} />
        <Rules rules={change.rules} />
      </section>
      {change.missing.length > 0 && (
        <section className="card stack">
          <h2>{say(w.missing)}</h2>
          <ul>
            {change.missing.map(({ person, endedAt, dueAt, late, held, told }) => (
              <li key={person.id} className={late ? 'fault' : undefined}>
                <Link to="/people/$id" params={{ id: person.id }}>
                  {say(w.missingOne, {
                    name: person.name,
                    at: shortMoment(at(endedAt)),
                    n: held,
                    due: shortMoment(at(dueAt)),
                  })}
                </Link>{' '}
                {told.length > 0 && (
                  <span className="tag late">
                    {say(w.missingTold, {
                      names: join(
                        told.map(({ name }) => name),
                        say,
                      ),
                    })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {rest}
    </div>
  );
}

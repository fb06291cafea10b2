import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { StaffingView } from '../../api/contract.ts';
import { useMe } from '../../api/session.ts';
import { staffingQuery } from '../../api/staffing.ts';
import { useSpeech } from '../../words/lang.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { Patterns } from './patterns.tsx';
import { Plan } from './plan.tsx';
import { Requests } from './requests.tsx';
import { w } from './words.ts';
import '../person/person.css';
import './shifts.css';

type Member = StaffingView['people'][number];

/** This week's shifts and leave: on a desk the whole week, on a phone today and tomorrow. */
export default function ShiftsPage() {
  const { say } = useSpeech();
  const me = useMe();
  const staffing = useSuspenseQuery(staffingQuery('')).data;
  const [away, setAway] = useState<Member | null>(null);
  const led = staffing.people.filter((person) => person.manages);
  const [mine, setMine] = useState(led.length > 0 && !me.administers);
  const people = mine ? led : staffing.people;
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
        <Link to="/change-of-shift" className="btn">
          {say(w.changeOfShift)}
        </Link>
        {led.length > 0 && (
          <label className="row">
            <input type="checkbox" checked={mine} onChange={({ target }) => setMine(target.checked)} />
            {say(w.mine)}
          </label>
        )}
      </div>
      <p className="muted shifts-why">{say(w.why)}</p>
      <Requests staffing={staffing} />
      <section className="card shifts-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{say(w.person)}</th>
              {staffing.days.map((day, i) => (
                <th key={day} scope="col" className={i > 1 ? 'shifts-later' : undefined}>
                  {i === 0 ? say(w.today) : i === 1 ? say(w.tomorrow) : day.slice(5)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.id}>
                <th scope="row">
                  <Link to="/people/$id" params={{ id: person.id }}>
                    {person.name}
                  </Link>
                  {(person.manages || person.id === me.person.id) && (
                    <button
                      type="button"
                      className="btn tight"
                      aria-label={say(w.leaveOf, { name: person.name })}
                      onClick={() => setAway(person)}
                    >
                      {say(w.leave)}
                    </button>
                  )}
                </th>
                {staffing.days.map((day, i) => (
                  <td key={day} className={i > 1 ? 'shifts-later' : undefined}>
                    <Day staffing={staffing} person={person} index={i} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Plan staffing={staffing} />
      <Patterns staffing={staffing} />
      {away && <LeaveDialog person={away} days={staffing.days} onClose={() => setAway(null)} />}
    </>
  );
}

function Day({ staffing, person, index }: { staffing: StaffingView; person: Member; index: number }) {
  const { say } = useSpeech();
  const day = staffing.days[index] ?? '';
  const duties = person.duties[index] ?? [];
  const leave = staffing.leave.find(
    (one) => one.personId === person.id && one.from.slice(0, 10) <= day && one.to > `${day}T00:00:00+08:00`,
  );
  return (
    <>
      {leave && (
        <span className={leave.status === 'granted' ? 'tag late' : 'tag soon'}>
          {leave.status === 'granted' ? say(w[leave.kind === 'other' ? 'onLeave' : leave.kind]) : say(w.asked)}
        </span>
      )}
      {duties.map((duty) => (
        <span key={duty.from} className="shifts-duty">
          {say(duty.title)} {duty.from.slice(11, 16)}–{duty.to.slice(11, 16)}
        </span>
      ))}
      {!leave && duties.length === 0 && <span className="muted">{say(w.off)}</span>}
    </>
  );
}

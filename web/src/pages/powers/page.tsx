import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ExplanationView } from '../../api/contract.ts';
import { peopleQuery } from '../../api/directory.ts';
import { explanationQuery, type PowerQuestion, powersQuery } from '../../api/powers.ts';
import { wordsOf } from '../../api/problem.ts';
import { useMe } from '../../api/session.ts';
import { Fault } from '../../kit/fault.tsx';
import { Icon } from '../../kit/icons.tsx';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';
import './powers.css';

/** Why somebody may or may not do something: every condition with its verdict, clause and ground. */
export default function PowersPage() {
  const { say } = useSpeech();
  const question: PowerQuestion = useSearch({ strict: false });
  const powers = useSuspenseQuery(powersQuery).data;
  const action = question.action ?? powers[0]?.power ?? '';
  // Of a case one is asked about an act of its procedure: the case lists them all.
  const unasked = question.case !== undefined && question.action === undefined;
  const answer = useQuery({ ...explanationQuery({ ...question, action }), enabled: !unasked });
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
      </div>
      <p className="muted powers-lead">{say(w.lead)}</p>
      <Ask question={question} action={action} />
      {unasked && (
        <p className="card">
          {say(w.whichAct)}{' '}
          <Link to="/cases/$id" params={{ id: question.case ?? '' }}>
            {say(w.toCase)}
          </Link>
        </p>
      )}
      {answer.isError && <Fault words={wordsOf(answer.error)} />}
      {answer.data && !answer.isError && <Told told={answer.data} />}
    </>
  );
}

function Ask({ question, action }: { question: PowerQuestion; action: string }) {
  const { say } = useSpeech();
  const { administers } = useMe();
  const people = useSuspenseQuery(peopleQuery()).data;
  const powers = useSuspenseQuery(powersQuery).data;
  const go = useNavigate();
  const change = (more: PowerQuestion) => void go({ to: '/powers', search: { ...question, action, ...more } });
  if (!administers && question.case) return null;
  return (
    <form className="card powers-ask" onSubmit={(event) => event.preventDefault()}>
      {administers && (
        <label className="field">
          <span className="label">{say(w.who)}</span>
          <select
            className="input"
            value={question.person ?? ''}
            onChange={(event) => change({ person: event.target.value || undefined })}
          >
            <option value="">{say(w.me)}</option>
            {people.map((person) => (
              <option key={person.id} value={person.id}>
                {person.name} {person.unit?.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {!question.case && (
        <label className="field">
          <span className="label">{say(w.what)}</span>
          <select className="input" value={action} onChange={(event) => change({ action: event.target.value })}>
            {powers.map((power) => (
              <option key={power.power} value={power.power}>
                {say(power.title)}
              </option>
            ))}
          </select>
        </label>
      )}
    </form>
  );
}

function Told({ told }: { told: ExplanationView }) {
  const { say } = useSpeech();
  const named = { name: told.person.name, what: say(told.action.title) };
  return (
    <section className="card stack" aria-live="polite">
      <h2 className={told.allowed ? 'powers-yes' : 'powers-no'}>
        <Icon name={told.allowed ? 'check' : 'lock'} /> {say(told.allowed ? w.may : w.mayNot, named)}
      </h2>
      {told.case && (
        <p className="muted">
          <Link to="/cases/$id" params={{ id: told.case.id }}>
            {say(w.onCase, { number: told.case.number, state: say(told.case.stateTitle) })}
          </Link>
        </p>
      )}
      <ul className="powers-list">
        {told.conditions.map((one) => (
          <li key={one.code + one.title.zh + one.say.zh} data-holds={one.holds}>
            <Icon name={one.holds ? 'check' : 'cross'} size={16} />
            <div>
              <b>{say(one.title)}</b>{' '}
              <span className={one.holds ? 'tag kept' : 'tag'}>{say(one.holds ? w.holds : w.fails)}</span>{' '}
              {one.clause && <span className="clause">{one.clause}</span>}
              <p className="small muted">{say(one.say)}</p>
              {one.grounds.map((ground) => (
                <p key={`${ground.kind}${ground.role.zh}${ground.unit}`} className="small">
                  {say(w.by, {
                    title: say(ground.title),
                    unit: ground.unit ? ` · ${ground.unit}` : '',
                    since: ground.since?.slice(0, 10) ?? say(w.always),
                    until: ground.until ? say(w.until, { day: ground.until.slice(0, 10) }) : '',
                  })}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <h3>{say(w.posts)}</h3>
      <p className="small">
        {join(
          told.person.posts.map(({ title, unit, from }) => say(w.heldSince, { post: say(title), unit, from })),
          say,
        )}
      </p>
      {told.person.standsInFor.map((one) => (
        <p key={one.name} className="small">
          {say(w.standsIn, one)}
        </p>
      ))}
      {told.recused.length > 0 && (
        <>
          <h3>{say(w.recused)}</h3>
          {told.recused.map((one) => (
            <p key={one.id} className="small">
              {one.name} · {say(one.why)} · {one.since.slice(0, 10)}
            </p>
          ))}
        </>
      )}
      <h3>{say(w.others)}</h3>
      <p className="small">
        {told.others.length === 0
          ? say(w.nobody)
          : join(
              told.others.map(({ name, as }) => say(w.named, { name, as: say(as) })),
              say,
            )}
      </p>
    </section>
  );
}

import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { type CallOutcome, callsQuery, settleCall, takeCall, useCallChange } from '../../api/calls.ts';
import type { CallView } from '../../api/contract.ts';
import { wordsOf } from '../../api/problem.ts';
import { useMe } from '../../api/session.ts';
import { CallLine } from '../../calls/line.tsx';
import { c } from '../../calls/words.ts';
import { Icon } from '../../kit/icons.tsx';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { startFromCall } from '../intake/draft.ts';
import { RingFigures } from './figures.tsx';

const ANSWERED = ['answered', 'wrongNumber', 'silent', 'internal', 'other'] as const;
const MISSED = ['calledBack', 'unreachable', 'wrongNumber', 'internal', 'other'] as const;

/** Calls of which nobody has said yet what became of them: answered ones without a case, and missed ones to call back. */
export default function CallsPage() {
  const { say } = useSpeech();
  const { unsettled, missed, mayAnswer, readsFigures } = useSuspenseQuery(callsQuery).data;
  if (!mayAnswer && !readsFigures)
    return (
      <div className="empty card">
        <Icon name="phone" size={32} />
        <h1>{say(c.notYours)}</h1>
      </div>
    );
  return (
    <>
      <div className="page-head">
        <h1>{say(c.title)}</h1>
      </div>
      <div className="stack">
        {mayAnswer && (
          <section className="card stack" aria-labelledby="calls-missed">
            <h2 id="calls-missed">{say(c.missedTitle)}</h2>
            <p className="muted">{say(missed.length === 0 ? c.none : c.missedWhy)}</p>
            {missed.map((call) => (
              <OpenCall key={call.id} call={call} reasons={MISSED} />
            ))}
          </section>
        )}
        {mayAnswer && (
          <section className="card stack" aria-labelledby="calls-unsettled">
            <h2 id="calls-unsettled">{say(c.unsettled)}</h2>
            <p className="muted">{say(unsettled.length === 0 ? c.none : c.unsettledWhy)}</p>
            {unsettled.map((call) => (
              <OpenCall key={call.id} call={call} reasons={ANSWERED} />
            ))}
          </section>
        )}
        {readsFigures && <RingFigures />}
      </div>
    </>
  );
}

type Reason = NonNullable<CallView['reason']>;

function OpenCall({ call, reasons }: { call: CallView; reasons: readonly Reason[] }) {
  const { say, lang } = useSpeech();
  const me = useMe();
  const navigate = useNavigate();
  const [reason, setReason] = useState<Reason | ''>('');
  const [note, setNote] = useState('');
  const take = useCallChange(takeCall);
  const settle = useCallChange((outcome: CallOutcome) => settleCall(call.id, outcome));
  const error = take.error ?? settle.error;
  const due = call.callBackBy === null ? null : at(call.callBackBy);
  const late = due !== null && due < now();
  const register = () =>
    take.mutate(call.id, {
      onSuccess: (taking) => {
        startFromCall(me.person.id, taking);
        void navigate({ to: '/intake' });
      },
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason !== '') settle.mutate({ reason, note });
  };
  return (
    <form className="stack" onSubmit={submit} aria-label={call.phone ?? say(c.withheld)}>
      <CallLine call={call} />
      {due !== null && (
        <p>
          <span className={late ? 'tag late' : 'tag soon'}>
            {say(late ? c.late : c.by, { at: sayMoment(due, lang, now()) })}
          </span>
        </p>
      )}
      {call.escalations.length > 0 && (
        <p className="small muted">
          {call.escalations
            .map((one) => say(c.climbed, { at: sayMoment(at(one.at), lang, now()), who: join(one.to, say) }))
            .join(' · ')}
          {call.climbsAt !== null &&
            at(call.climbsAt) > now() &&
            ` · ${say(c.climbs, { at: sayMoment(at(call.climbsAt), lang, now()) })}`}
        </p>
      )}
      <div className="row">
        <button type="button" className="btn" disabled={take.isPending} onClick={register}>
          {say(call.phase === 'missed' ? c.callBack : c.register)}
        </button>
        <label className="row">
          <span className="small">{say(c.reason)}</span>
          <select
            className="input"
            style={{ width: 'auto' }}
            value={reason}
            onChange={(event) => setReason(reasons.find((one) => one === event.target.value) ?? '')}
          >
            <option value="">{say(c.choose)}</option>
            {reasons.map((one) => (
              <option key={one} value={one}>
                {say(c[one])}
              </option>
            ))}
          </select>
        </label>
        <label className="row">
          <span className="small">{say(c.note)}</span>
          <input className="input" value={note} maxLength={300} onChange={(event) => setNote(event.target.value)} />
        </label>
        <button type="submit" className="btn" disabled={reason === '' || settle.isPending}>
          {say(c.save)}
        </button>
      </div>
      {error !== null && (
        <p className="note late" role="alert">
          {say(wordsOf(error))}
        </p>
      )}
    </form>
  );
}

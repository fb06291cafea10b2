import { useRef, useState } from 'react';
import type { ShiftList } from '../../api/contract.ts';
import { useAcceptShift, useObjectShift } from '../../api/shift-lists.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { Matter } from './matter.tsx';
import { w } from './words.ts';

type Line = ShiftList['lines'][number];
const toReason = (form: HTMLFormElement | null): void => form?.querySelector('input')?.focus();
const short = (iso: string | null): string => (iso === null ? '' : shortMoment(at(iso)));

/** A confirmed list with what became of each line; whoever comes on duty (`mine`) accepts or objects. */
export function List({ list, mine }: { list: ShiftList; mine: boolean }) {
  const { say } = useSpeech();
  const accept = useAcceptShift(list.id);
  const unseen = list.lines.some(({ fate, at: seen }) => fate === 'kept' && seen === null);
  const place = useRef<HTMLElement>(null);
  // The pressed button goes away with its line; whoever works by keyboard stays where he was.
  const stay = () => place.current?.focus({ preventScroll: true });
  const names = { from: list.from.name, to: list.to.name, at: short(list.confirmedAt) };
  return (
    <section className="card stack" aria-label={say(w.fromTo, names)} tabIndex={-1} ref={place}>
      <h3>
        {say(w.fromTo, names)}
        {list.waiting > 0 && <span className="tag soon">{say(w.acceptBy, { at: short(list.acceptUntil) })}</span>}
      </h3>
      {list.note !== '' && <p>{list.note}</p>}
      <Refused error={accept.error} />
      <ol className="turn-lines">
        {list.lines.map((line) => (
          <li key={line.caseId}>
            <Matter one={line} open={!mine || line.fate !== 'kept'} />
            {line.remark !== '' && <p className="turn-remark">{line.remark}</p>}
            <Fate line={line} mine={mine} />
            {mine && line.fate === 'waiting' && (
              <Answer
                list={list}
                line={line}
                onAccept={() => accept.mutate([line.caseId], { onSuccess: stay })}
                onDone={stay}
                busy={accept.isPending}
              />
            )}
          </li>
        ))}
      </ol>
      {mine && (list.waiting > 0 || unseen) && (
        <div className="row">
          <button
            type="button"
            className="btn main"
            disabled={accept.isPending}
            onClick={() => accept.mutate(null, { onSuccess: () => document.getElementById('main')?.focus() })}
          >
            {list.waiting > 0 ? say(w.acceptAll, { n: list.waiting }) : say(w.seen)}
          </button>
        </div>
      )}
    </section>
  );
}

function Fate({ line: { fate, at: when, reason, late }, mine }: { line: Line; mine: boolean }) {
  const { say } = useSpeech();
  const places = { at: short(when), reason };
  if (fate === 'waiting')
    return (
      <span className={late ? 'tag late' : 'tag soon'}>{say(late ? w.late : mine ? w.waitsForYou : w.waiting)}</span>
    );
  if (fate === 'kept') return <span className="tag">{say(when === null ? w.kept : w.keptSeen, places)}</span>;
  const tone = fate === 'accepted' ? 'tag kept' : fate === 'objected' ? 'tag late' : 'tag';
  return <span className={tone}>{say(w[fate], places)}</span>;
}

/** Taking a line over, or objecting with a reason. */
function Answer({
  list,
  line,
  onAccept,
  onDone,
  busy,
}: {
  list: ShiftList;
  line: Line;
  onAccept(): void;
  onDone(): void;
  busy: boolean;
}) {
  const { say } = useSpeech();
  const object = useObjectShift(list.id);
  const [reason, setReason] = useState<string | null>(null);
  const { caseId, number } = line;
  const faults = faultsOf(object.error);
  if (reason === null)
    return (
      <div className="row">
        <button
          type="button"
          className="btn tight"
          aria-label={say(w.acceptOf, { number })}
          disabled={busy}
          onClick={onAccept}
        >
          {say(w.accept)}
        </button>
        <button
          type="button"
          className="btn tight"
          aria-label={say(w.objectOf, { number })}
          onClick={() => setReason('')}
        >
          {say(w.object)}
        </button>
      </div>
    );
  return (
    <form
      className="stack"
      ref={toReason}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        object.mutate({ caseId, reason }, { onSuccess: onDone });
      }}
    >
      <TextField label={w.reason} required value={reason} onChange={setReason} fault={faults.reason} />
      {!faults.reason && <Refused error={object.error} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={object.isPending}>
          {say(w.send)}
        </button>
        <button type="button" className="btn" onClick={() => setReason(null)}>
          {say(w.back)}
        </button>
      </div>
    </form>
  );
}

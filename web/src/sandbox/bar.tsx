import { formatLocal } from '@room/clock/civil.ts';
import { SECOND } from '@room/kernel/instant.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import type { WorklistPage } from '../api/contract.ts';
import { wordsOf } from '../api/problem.ts';
import { useMoveClock } from '../api/sandbox.ts';
import { Icon } from '../kit/icons.tsx';
import { at, sayMoment } from '../time/format.ts';
import { now } from '../time/now.ts';
import { useTicking } from '../time/ticking.ts';
import { useSpeech } from '../words/lang.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { SwitchPerson } from './switch-person.tsx';
import { w } from './words.ts';
import './bar.css';

/** The demo company's clock and quick change of person. */
export default function SandboxBar() {
  const { lang, say } = useSpeech();
  const client = useQueryClient();
  const move = useMoveClock();
  const [choosing, setChoosing] = useState(false);
  const [idle, setIdle] = useState(false);
  const date = useTicking(() => sayMoment(now(), lang, now()).slice(0, -6));
  const time = useTicking(() => formatLocal(now(), undefined, true).slice(11));
  const toNext = async () => {
    const page = await client.fetchQuery({
      queryKey: ['worklist', 'next-deadline'],
      queryFn: () => ask<WorklistPage>('/worklist?view=all&state=open&limit=200'),
    });
    const due = page.items.flatMap((item) => (item.nextDeadline ? [at(item.nextDeadline.dueAt)] : []));
    const next = Math.min(...due.filter((moment) => moment >= now()));
    setIdle(!Number.isFinite(next));
    // One second past it, so that what the deadline brings about can be seen.
    if (Number.isFinite(next)) move.mutate({ now: new Date(next + SECOND).toISOString() });
  };
  const told = move.isError
    ? say(wordsOf(move.error))
    : idle
      ? say(w.none)
      : move.data?.fired
        ? say(w.fired, { at: sayMoment(at(move.data.now), lang, now()), n: move.data.fired.moments })
        : '';
  return (
    <section className="sandbox" aria-label={say(w.label)} aria-busy={move.isPending}>
      <span className="sandbox-time">
        <b className="sandbox-word">{say(w.sandbox)}</b>
        <Icon name="clock" size={16} />
        <span className="only-read">{say(w.time)}</span>
        <span>{date}</span> <b>{time}</b>
      </span>
      <span className="sandbox-moves">
        <button type="button" disabled={move.isPending} onClick={() => move.mutate({ advance: 'PT1H' })}>
          {say(w.hour)}
        </button>
        <button type="button" disabled={move.isPending} onClick={() => move.mutate({ advance: 'PT24H' })}>
          {say(w.day)}
        </button>
        <button type="button" disabled={move.isPending} onClick={() => void toNext()}>
          {say(w.next)}
        </button>
        <button type="button" disabled={move.isPending} onClick={() => setChoosing(true)}>
          {say(w.custom)}
        </button>
      </span>
      <span className="sandbox-told" role="status">
        {told}
      </span>
      <SwitchPerson />
      {choosing && (
        <MoveDialog
          onMove={(moment) => move.mutate({ now: new Date(moment).toISOString() })}
          onClose={() => setChoosing(false)}
        />
      )}
    </section>
  );
}

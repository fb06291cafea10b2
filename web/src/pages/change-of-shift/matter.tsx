import { Link } from '@tanstack/react-router';
import type { ShiftChange } from '../../api/contract.ts';
import { at, shortMoment } from '../../time/format.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const short = (iso: string): string => shortMoment(at(iso));

/** A case as it stood: number and step, running clocks with their next warning, notes of the shift. */
export function Matter({ one, open = true }: { one: ShiftChange['lines'][number]; open?: boolean }) {
  const { say } = useSpeech();
  return (
    <div className="turn-matter">
      <p>
        {open ? (
          <Link to="/cases/$id" params={{ id: one.caseId }} className="mono">
            {one.number}
          </Link>
        ) : (
          <span className="mono">{one.number}</span>
        )}{' '}
        {say(one.title)} · <b>{say(one.state)}</b>
      </p>
      <ul className="small">
        {one.clocks.map(({ title, dueAt, warnsAt, late }) => (
          <li key={`${title.zh} ${dueAt}`} className={late ? 'fault' : 'muted'}>
            {late
              ? say(w.lateClock, { clock: say(title), at: short(dueAt) })
              : warnsAt === null
                ? say(w.due, { clock: say(title), at: short(dueAt) })
                : say(w.warns, { clock: say(title), at: short(warnsAt), due: short(dueAt) })}
          </li>
        ))}
        {one.notes.map(({ at: when, by, text }) => (
          <li key={`${when} ${text}`}>{say(w.noteSays, { at: short(when), by: say(by), text })}</li>
        ))}
      </ul>
    </div>
  );
}

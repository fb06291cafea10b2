import type { ClockView } from '../../api/contract.ts';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { sayLimit } from '../../pack/limit.ts';
import { Countdown } from '../../time/countdown.tsx';
import { at, sayMoment, saySpan } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import type { Sight } from './sight.ts';
import { w } from './words.ts';

const ENDED: Record<
  Exclude<ClockView['status'], 'running'>,
  { tone: string; icon: IconName; words: { zh: string; en: string } }
> = {
  paused: { tone: 'tag', icon: 'pause', words: w.paused },
  kept: { tone: 'tag kept', icon: 'check', words: w.kept },
  late: { tone: 'tag late', icon: 'alarm', words: w.lateDone },
  cancelled: { tone: 'tag', icon: 'cross', words: w.cancelled },
};
const ORDER = ['running', 'paused', 'late', 'kept', 'cancelled'];

/** What runs, and what was late, is always in view; what was kept can be looked up. */
const speaks = ({ status }: ClockView): boolean => status === 'running' || status === 'paused' || status === 'late';

/** Every promise of the case: those that run first, then how the others ended. */
export function Clocks({ sight }: { sight: Sight }) {
  const { seen, say } = sight;
  const clocks = seen.clocks.toSorted(
    (a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || a.dueAt.localeCompare(b.dueAt),
  );
  const quiet = clocks.filter((clock) => !speaks(clock));
  const list = (shown: readonly ClockView[]) => (
    <ul className="clocks">
      {shown.map((clock) => (
        <Clock key={`${clock.clock}.${clock.run}`} clock={clock} sight={sight} />
      ))}
    </ul>
  );
  return (
    <section className="card stack" aria-labelledby="clocks-title">
      <h2 id="clocks-title">{say(w.clocks)}</h2>
      {clocks.length === 0 && <p className="muted">{say(w.noClocks)}</p>}
      {clocks.length > quiet.length && list(clocks.filter(speaks))}
      {quiet.length > 0 && (
        <details className="blocked" open={clocks.length === quiet.length}>
          <summary>{say(w.clocksDone, { n: quiet.length })}</summary>
          {list(quiet)}
        </details>
      )}
    </section>
  );
}

function Clock({ clock, sight: { pack, procedure, lang, say } }: { clock: ClockView; sight: Sight }) {
  const spec = procedure.clocks[clock.clock];
  const when = (iso: string) => sayMoment(at(iso), lang, now());
  const ended = clock.status === 'running' ? null : ENDED[clock.status];
  return (
    <li className="clock" data-status={clock.status}>
      <span className="clock-title">
        <b>{say(clock.title)}</b> <span className="clause">{clock.clause}</span>
        {clock.run > 1 && <span className="small muted"> {say(w.run, { n: clock.run })}</span>}
      </span>
      {ended ? (
        <span className={ended.tone}>
          <Icon name={ended.icon} size={14} />
          {say(ended.words)}
        </span>
      ) : (
        <Countdown startedAt={at(clock.startedAt)} dueAt={at(clock.dueAt)} />
      )}
      <span className="small muted clock-line">
        {spec && <span>{sayLimit(spec.limit, pack, say)}</span>}
        {clock.targetAt && <span>{say(w.target, { at: when(clock.targetAt) })}</span>}
        <span>{say(w.due, { at: when(clock.dueAt) })}</span>
        {clock.stoppedAt && <span>{say(w.stopped, { at: when(clock.stoppedAt) })}</span>}
        {clock.lateBy !== null && clock.lateBy > 0 && (
          <span>{say(w.lateBy, { span: saySpan(clock.lateBy)[lang] })}</span>
        )}
      </span>
      {/* What has ended no longer changes with the calendar. */}
      {clock.provisional && ended === null && (
        <span className="small clock-line provisional">
          <Icon name="alarm" size={13} />
          {say(clock.provisional)}
        </span>
      )}
    </li>
  );
}

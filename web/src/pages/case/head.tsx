import { Link } from '@tanstack/react-router';
import { Icon } from '../../kit/icons.tsx';
import { Countdown } from '../../time/countdown.tsx';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import type { Sight } from './sight.ts';
import { w } from './words.ts';

/** Number, matter, state, who, and by when. */
export function Head({ sight: { seen, pack, lang, say } }: { sight: Sight }) {
  const deadline = seen.nextDeadline;
  const clock = deadline && seen.clocks.find((each) => each.clock === deadline.clock && each.status === 'running');
  const matter = pack.matters[seen.matter];
  const content = seen.values.content;
  return (
    <header className="case-head">
      <Link to="/" className="back small">
        <Icon name="left" size={15} />
        {say(w.back)}
      </Link>
      <div className="case-title">
        <h1>
          <span className="mono">{seen.number}</span>
        </h1>
        <span className="tag brand">{say(seen.stateTitle)}</span>
        {matter && <span className="tag">{say(matter.title)}</span>}
        {seen.round > 1 && <span className="tag soon">{say(w.round, { n: seen.round })}</span>}
        {seen.clocks.some((each) => each.breachedAt !== null) && (
          <span className="tag late">
            <Icon name="alarm" size={14} />
            {say(w.late)}
          </span>
        )}
      </div>
      {typeof content === 'string' && /^\*+$/.test(content) ? (
        <p className="muted">{say(w.contentHidden)}</p>
      ) : (
        typeof content === 'string' && <p className="case-content">{content}</p>
      )}
      <div className="case-now">
        <span className="row">
          <Icon name="person" size={17} />
          <span className="muted">{say(seen.archivedAt ? w.assignee : w.responsible)}</span>
          <b>{seen.responsible?.name ?? say(w.nobody)}</b>
        </span>
        {deadline && (
          <span className="row">
            <Countdown startedAt={at(clock?.startedAt ?? seen.receivedAt)} dueAt={at(deadline.dueAt)} />
            <span>{say(deadline.title)}</span>
            <span className="clause">{deadline.clause}</span>
            <span className="muted small">{say(w.due, { at: sayMoment(at(deadline.dueAt), lang, now()) })}</span>
          </span>
        )}
      </div>
    </header>
  );
}

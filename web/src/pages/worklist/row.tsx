import { Link } from '@tanstack/react-router';
import type { PackSpec, WorklistItem } from '../../api/contract.ts';
import { Icon } from '../../kit/icons.tsx';
import { matterTitle, termTitle } from '../../pack/titles.ts';
import { Countdown } from '../../time/countdown.tsx';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useTicking } from '../../time/ticking.ts';
import { urgency } from '../../time/urgency.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** One case in the list: how urgent, what, where, who. The whole line is one link. */
export function Row({ item, packs }: { item: WorklistItem; packs: readonly PackSpec[] }) {
  const { lang, say } = useSpeech();
  const deadline = item.nextDeadline;
  const own = packs.filter(({ pack }) => pack === item.pack);
  const startedAt = at(deadline?.startedAt ?? item.registeredAt);
  const tone = useTicking(() => (deadline ? urgency(startedAt, at(deadline.dueAt), now()) : 'none'));
  return (
    <li>
      <Link to="/cases/$id" params={{ id: item.id }} className="line" data-tone={tone}>
        <span className="line-when">
          {deadline ? (
            <>
              <Countdown startedAt={startedAt} dueAt={at(deadline.dueAt)} />
              <span className="small muted">
                {say(deadline.title)} <span className="clause">{deadline.clause}</span>
              </span>
            </>
          ) : (
            <span className="tag">
              <Icon name="check" size={15} />
              {say(w.noDeadline)}
            </span>
          )}
        </span>
        <span className="line-what">
          <span className="line-title">{item.title}</span>
          <span className="line-facts small">
            <span className="mono">{item.number}</span>
            {packs.length > 1 && own[0] && <span>{say(own[0].title)}</span>}
            <span>{matterTitle(own, item.matter, say)}</span>
            {item.category && <span>{termTitle(own, item.category, say)}</span>}
            {item.place && (
              <span className="row" style={{ gap: '0.2rem' }}>
                <Icon name="place" size={14} />
                {item.place}
              </span>
            )}
          </span>
        </span>
        <span className="line-state">
          <span className="tag brand">{say(item.stateTitle)}</span>
          {item.standsInFor !== null && <span className="tag">{say(w.standsInFor, { name: item.standsInFor })}</span>}
          {item.waitsForMe && <span className="waits">{say(w.waits)}</span>}
        </span>
        <span className="line-who small">
          <span className="row" style={{ gap: '0.25rem' }}>
            <Icon name="person" size={15} />
            {item.assignee?.name ?? say(w.nobody)}
          </span>
          {deadline && <span className="muted">{say(w.due, { at: sayMoment(at(deadline.dueAt), lang, now()) })}</span>}
        </span>
      </Link>
    </li>
  );
}

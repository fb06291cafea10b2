import { Link } from '@tanstack/react-router';
import type { OrderRow } from '../../api/contract.ts';
import { Icon } from '../../kit/icons.tsx';
import { whomToAsk } from '../../kit/whom-to-ask.ts';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import type { Sight } from '../case/sight.ts';
import { Values } from '../case/values.tsx';
import { w } from './words.ts';

interface Props {
  sight: Sight;
  chosen: boolean;
  said: OrderRow | undefined;
  onPick(on: boolean): void;
}

/** What one must have read before deciding: the matter, what was entered last, what falls due; then what became of it. */
export function CaseRow({ sight, chosen, said, onPick }: Props) {
  const { seen, lang, say, procedure } = sight;
  const entries = Object.values(seen.entries).flat();
  const last = entries.sort((a, b) => b.seq - a.seq)[0];
  const step = last && procedure.steps[last.step];
  return (
    <li>
      {said?.ok ? (
        <Icon name="check" />
      ) : (
        <input
          type="checkbox"
          aria-label={say(w.select, { number: seen.number })}
          checked={chosen}
          onChange={({ target }) => onPick(target.checked)}
        />
      )}
      <div className="awaiting-case">
        <span className="row">
          <Link to="/cases/$id" params={{ id: seen.id }}>
            {seen.number}
          </Link>
          {seen.nextDeadline && (
            <span className="small muted">
              {say(w.due, {
                title: say(seen.nextDeadline.title),
                at: sayMoment(at(seen.nextDeadline.dueAt), lang, now()),
              })}
            </span>
          )}
        </span>
        <Values sight={sight} step="intake" values={seen.values} />
        {last && step && (
          <div>
            <b className="small">
              {say(step.title)} · {last.by.name}
            </b>
            <Values sight={sight} step={last.step} values={last.values} />
          </div>
        )}
        {said && (
          <span className={said.ok ? 'note kept' : 'note late'} role="status">
            {said.ok
              ? say(w.done, { state: said.state ? say(said.state) : '' })
              : say(w.refused, { why: said.problem ? say(said.problem.message) : '' })}
            {said.problem && whomToAsk(say, said.problem)}
          </span>
        )}
      </div>
    </li>
  );
}

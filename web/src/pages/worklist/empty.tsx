import { Link } from '@tanstack/react-router';
import type { Filter } from '../../api/worklist.ts';
import { Icon } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { noFilter } from './kept.ts';
import { w } from './words.ts';

const WORDS = {
  mine: { title: w.mineEmpty, why: w.mineEmptyWhy },
  role: { title: w.roleEmpty, why: w.roleEmptyWhy },
  standIn: { title: w.standInEmpty, why: w.standInEmptyWhy },
  all: { title: w.allEmpty, why: w.allEmptyWhy },
};

/** An empty list says why and what can be done. */
export function Empty({ filter, onChange }: { filter: Filter; onChange(part: Partial<Filter>): void }) {
  const { say } = useSpeech();
  const narrowed =
    filter.q !== '' || filter.pack !== '' || filter.procedure !== '' || filter.overdue || filter.state !== 'open';
  const words = narrowed ? { title: w.foundNone, why: w.foundNoneWhy } : WORDS[filter.view];
  return (
    <div className="empty card">
      <Icon name={narrowed ? 'search' : 'check'} size={36} />
      <h2>{say(words.title)}</h2>
      <p className="muted">{say(words.why)}</p>
      <div className="row" style={{ justifyContent: 'center' }}>
        {narrowed && (
          <button type="button" className="btn" onClick={() => onChange({ ...noFilter, view: filter.view })}>
            {say(w.clear)}
          </button>
        )}
        {!narrowed && filter.view === 'mine' && (
          <button type="button" className="btn" onClick={() => onChange({ view: 'role' })}>
            {say(w.role)}
          </button>
        )}
        {!narrowed && (
          <Link to="/intake" className="btn main">
            <Icon name="phone" />
            {say(w.newCase)}
          </Link>
        )}
      </div>
    </div>
  );
}

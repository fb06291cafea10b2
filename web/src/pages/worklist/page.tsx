import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useRef, useState } from 'react';
import { useCurrentPacks } from '../../api/packs.ts';
import { wordsOf } from '../../api/problem.ts';
import { type Filter, worklistQuery } from '../../api/worklist.ts';
import { Icon } from '../../kit/icons.tsx';
import { useKeys } from '../../kit/keys.ts';
import { useSpeech } from '../../words/lang.tsx';
import { Empty } from './empty.tsx';
import { Filters } from './filters.tsx';
import { HelpDialog } from './help.tsx';
import { keepFilter, keptFilter } from './kept.ts';
import { Row } from './row.tsx';
import { VIEWS, ViewTabs } from './tabs.tsx';
import { w } from './words.ts';
import './worklist.css';

/** Everything that waits, next deadline first; the hands can stay on the keyboard. */
export default function WorklistPage() {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const [filter, setFilter] = useState<Filter>(keptFilter);
  const [help, setHelp] = useState(false);
  const list = useInfiniteQuery(worklistQuery(useDeferredValue(filter)));
  const packs = useCurrentPacks();
  const search = useRef<HTMLInputElement>(null);
  const rows = useRef<HTMLUListElement>(null);
  const change = (part: Partial<Filter>) => {
    const next = { ...filter, ...part };
    setFilter(next);
    keepFilter(next);
  };
  const move = (by: number) => {
    const links = [...(rows.current?.querySelectorAll<HTMLElement>('a') ?? [])];
    const here = links.indexOf(document.activeElement as HTMLElement);
    links[Math.max(0, Math.min(links.length - 1, here + by))]?.focus();
  };
  const down = () => move(1);
  const up = () => move(-1);
  useKeys({
    j: down,
    ArrowDown: down,
    k: up,
    ArrowUp: up,
    n: () => void navigate({ to: '/intake' }),
    '/': () => search.current?.focus(),
    '?': () => setHelp(true),
    ...Object.fromEntries(VIEWS.map(({ view }, index) => [String(index + 1), () => change({ view })])),
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = list.data?.pages[0]?.counts;
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
        <button type="button" className="btn plain wide-only" onClick={() => setHelp(true)}>
          {say(w.help)} <kbd>?</kbd>
        </button>
        <Link to="/awaiting" className="btn">
          <Icon name="check" size={16} />
          {say(w.awaiting)}
        </Link>
        <Link to="/change-of-shift" className="btn">
          <Icon name="swap" size={16} />
          {say(w.changeOfShift)}
        </Link>
        <Link to="/intake" className="btn main wide-only">
          <Icon name="phone" />
          {say(w.newCase)} <kbd>N</kbd>
        </Link>
      </div>
      <div className="worklist-bar">
        <ViewTabs
          view={filter.view}
          mine={counts?.mine}
          standIn={counts?.standIn}
          onChange={(view) => change({ view })}
        />
        <Filters
          filter={filter}
          packs={packs}
          searchRef={search}
          onChange={change}
          onLeave={down}
          overdue={counts?.overdue}
        />
      </div>
      {list.isError && items.length === 0 ? (
        <div className="note late" role="alert">
          <Icon name="alarm" />
          <div className="stack">
            <b>{say(w.failed)}</b>
            <span>{say(wordsOf(list.error))}</span>
            <button type="button" className="btn tight" onClick={() => list.refetch()}>
              {say(w.again)}
            </button>
          </div>
        </div>
      ) : list.isPending ? (
        <div className="worklist" aria-busy="true">
          {[1, 2, 3, 4, 5].map((n) => (
            <div key={n} className="skeleton" style={{ height: '4.25rem', margin: '0.5rem' }} />
          ))}
        </div>
      ) : items.length === 0 ? (
        <Empty filter={filter} onChange={change} />
      ) : (
        <>
          <ul className="worklist" ref={rows} aria-label={say(w.list)} aria-busy={list.isPlaceholderData}>
            {items.map((item) => (
              <Row key={item.id} item={item} packs={packs} />
            ))}
          </ul>
          <div className="worklist-end">
            {list.hasNextPage ? (
              <button
                type="button"
                className="btn"
                disabled={list.isFetchingNextPage}
                onClick={() => list.fetchNextPage()}
              >
                <Icon name="down" />
                {say(w.more)}
              </button>
            ) : (
              <p className="muted small">{say(w.end, { n: items.length })}</p>
            )}
          </div>
        </>
      )}
      {help && <HelpDialog onClose={() => setHelp(false)} />}
    </>
  );
}

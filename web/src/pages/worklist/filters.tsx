import type { Text } from '@room/kernel/text.ts';
import type { RefObject } from 'react';
import type { PackSpec } from '../../api/contract.ts';
import type { Filter } from '../../api/worklist.ts';
import { Icon } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

interface Props {
  filter: Filter;
  packs: readonly PackSpec[];
  searchRef: RefObject<HTMLInputElement | null>;
  overdue: number | undefined;
  onChange(part: Partial<Filter>): void;
  /** Arrow down in the search box goes on to the list. */
  onLeave(): void;
}

/** Search and the few filters that clerks use. */
export function Filters({ filter, packs, searchRef, overdue, onChange, onLeave }: Props) {
  const { say } = useSpeech();
  const shown = packs.filter(({ pack }) => filter.pack === '' || pack === filter.pack);
  return (
    <search className="filters">
      <label className="search">
        <span className="only-read">{say(w.search)}</span>
        <Icon name="search" />
        <input
          ref={searchRef}
          className="input"
          type="search"
          placeholder={say(w.search)}
          value={filter.q}
          maxLength={100}
          onChange={(event) => onChange({ q: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
            if (event.key === 'ArrowDown' || (event.key === 'Enter' && !event.nativeEvent.isComposing)) {
              event.preventDefault();
              event.currentTarget.blur();
              onLeave();
            }
          }}
        />
      </label>
      {packs.length > 1 && (
        <label>
          <span className="only-read">{say(w.pack)}</span>
          <select
            className="input"
            value={filter.pack}
            onChange={(event) => onChange({ pack: event.target.value, procedure: '' })}
          >
            <option value="">{say(w.everyPack)}</option>
            {packs.map(({ pack, title }) => (
              <option key={pack} value={pack}>
                {say(title)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span className="only-read">{say(w.procedure)}</span>
        <select
          className="input"
          value={filter.procedure}
          onChange={(event) => onChange({ procedure: event.target.value })}
        >
          <option value="">{say(w.everyProcedure)}</option>
          {kindsOf(shown).map(([name, title]) => (
            <option key={name} value={name}>
              {say(title)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="only-read">{say(w.state)}</span>
        <select
          className="input"
          value={filter.state}
          onChange={({ target: { value } }) => onChange({ state: value === 'open' || value === 'closed' ? value : '' })}
        >
          <option value="open">{say(w.open)}</option>
          <option value="closed">{say(w.closed)}</option>
          <option value="">{say(w.everyState)}</option>
        </select>
      </label>
      <button
        type="button"
        className="btn toggle"
        aria-pressed={filter.overdue}
        onClick={() => onChange({ overdue: !filter.overdue })}
      >
        <Icon name="alarm" size={16} />
        {say(w.overdue)}
        {overdue !== undefined && overdue > 0 && <span className="count late">{overdue}</span>}
      </button>
    </search>
  );
}

/** Kinds of case, each name once; of several packs' titles for it the first. */
function kindsOf(packs: readonly PackSpec[]): [string, Text][] {
  const kinds = new Map<string, Text>();
  for (const pack of packs)
    for (const [name, { title }] of Object.entries(pack.procedures)) if (!kinds.has(name)) kinds.set(name, title);
  return [...kinds];
}

import type { Text } from '@room/kernel/text.ts';
import type { ReactNode } from 'react';
import { Icon } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { x } from './exchange-words.ts';

interface Props<T> {
  legend: Text;
  hint?: Text;
  rows: readonly T[];
  /** What a new row begins with. */
  fresh: T;
  adding: Text;
  onChange(rows: T[]): void;
  /** The fields of a row; `put` changes part of it. */
  children(row: T, put: (part: Partial<T>) => void): ReactNode;
}

/** Rows of which there may be any number, each with its fields and a way to take it out. */
export function ExchangeRows<T>({ legend, hint, rows, fresh, adding, onChange, children }: Props<T>) {
  const { say } = useSpeech();
  return (
    <fieldset className="field">
      <legend className="label">{say(legend)}</legend>
      {hint && <span className="hint">{say(hint)}</span>}
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row that is being typed has no other name than its place
        <div className="connect-row" key={i}>
          {children(row, (part) => onChange(rows.map((one, at) => (at === i ? { ...one, ...part } : one))))}
          <button
            type="button"
            className="btn plain icon"
            aria-label={say(x.remove)}
            onClick={() => onChange(rows.filter((_, at) => at !== i))}
          >
            <Icon name="cross" size={16} />
          </button>
        </div>
      ))}
      <button type="button" className="btn tight" onClick={() => onChange([...rows, fresh])}>
        {say(adding)}
      </button>
    </fieldset>
  );
}

import { type Text, text } from '@room/kernel/text.ts';
import { useRef } from 'react';
import type { FieldSpec, WireValue } from '../api/contract.ts';
import { Icon } from '../kit/icons.tsx';
import { useSpeech } from '../words/lang.tsx';
import type { FieldKind, InputProps } from './kind.ts';

const words = {
  what: text('{label}，第 {n} 行项目', '{label}, what is in line {n}'),
  amount: text('{label}，第 {n} 行数额', '{label}, how much is in line {n}'),
  add: text('再加一行', 'Add a line'),
  remove: text('删去第 {n} 行', 'Remove line {n}'),
  total: text('合计 {sum} {unit}', 'Together {sum} {unit}'),
};

interface Line {
  what: string;
  amount: number | null;
}

const empty: Line = { what: '', amount: null };

function linesOf(value: WireValue | undefined): Line[] {
  return (Array.isArray(value) ? value : []).map((line) =>
    line !== null && typeof line === 'object' && !Array.isArray(line)
      ? { what: String(line.what ?? ''), amount: typeof line.amount === 'number' ? line.amount : null }
      : empty,
  );
}

const sumOf = (lines: readonly Line[]): number =>
  Math.round(lines.reduce((sum, { amount }) => sum + (amount ?? 0), 0) * 1e6) / 1e6;
// The compiled pack holds a sentence here or nothing.
const unitOf = (spec: FieldSpec): Text => (spec.unit as Text | undefined) ?? text('', '');

function Lines({ id, spec, value, onChange, invalid, describedBy }: InputProps) {
  const { say } = useSpeech();
  const box = useRef<HTMLOListElement>(null);
  const read = linesOf(value);
  const lines = read.length > 0 ? read : [empty];
  const set = (next: Line[]) =>
    onChange(
      next.some(({ what, amount }) => what !== '' || amount !== null) ? next.map((line) => ({ ...line })) : undefined,
    );
  const grow = () => {
    onChange([...lines, empty].map((line) => ({ ...line })));
    requestAnimationFrame(() => box.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus());
  };
  const common = { className: 'input', 'aria-invalid': invalid, 'aria-describedby': describedBy };
  return (
    <>
      <ol className="lines" ref={box}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
          <li key={index} className="joined">
            <input
              {...common}
              id={index === 0 ? id : undefined}
              aria-label={say(words.what, { label: say(spec.label), n: index + 1 })}
              value={line.what}
              onChange={({ target }) => set(lines.with(index, { ...line, what: target.value }))}
            />
            <input
              {...common}
              className="input amount"
              type="number"
              inputMode="decimal"
              step="any"
              aria-label={say(words.amount, { label: say(spec.label), n: index + 1 })}
              value={line.amount ?? ''}
              onChange={({ target }) =>
                set(
                  lines.with(index, {
                    ...line,
                    amount: Number.isNaN(target.valueAsNumber) ? null : target.valueAsNumber,
                  }),
                )
              }
            />
            {lines.length > 1 && (
              <button
                type="button"
                className="btn icon"
                aria-label={say(words.remove, { n: index + 1 })}
                onClick={() => set(lines.toSpliced(index, 1))}
              >
                <Icon name="cross" size={15} />
              </button>
            )}
          </li>
        ))}
      </ol>
      <span className="joined">
        <button type="button" className="btn tight" onClick={grow}>
          <Icon name="plus" size={15} />
          {say(words.add)}
        </button>
        <output className="unit">{say(words.total, { sum: sumOf(lines), unit: say(unitOf(spec)) })}</output>
      </span>
    </>
  );
}

/** Lines of words with a number each, and what they come to. */
export const amounts: FieldKind = {
  Input: Lines,
  read: (value, spec, { say }) => {
    const lines = linesOf(value);
    return (
      <>
        <ul>
          {lines.map(({ what, amount }) => (
            <li key={what}>
              {what} <b>{amount}</b>
            </li>
          ))}
        </ul>
        {lines.length > 1 && say(words.total, { sum: sumOf(lines), unit: say(unitOf(spec)) })}
      </>
    );
  },
  group: true,
  wide: true,
};

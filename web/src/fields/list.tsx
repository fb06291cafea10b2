import { text } from '@room/kernel/text.ts';
import { useRef } from 'react';
import { Icon } from '../kit/icons.tsx';
import { useSpeech } from '../words/lang.tsx';
import type { FieldKind, InputProps } from './kind.ts';

const item = text('{label}，第 {n} 条', '{label}, item {n}');
const add = text('再加一条', 'Add one');
const remove = text('删去第 {n} 条', 'Remove item {n}');

function Lines({ id, spec, value, onChange, invalid, describedBy }: InputProps) {
  const { say } = useSpeech();
  const box = useRef<HTMLOListElement>(null);
  const lines = Array.isArray(value) && value.length > 0 ? value.map(String) : [''];
  const set = (next: string[]) => onChange(next.some((line) => line.trim() !== '') ? next : undefined);
  const grow = () => {
    onChange([...lines, '']);
    requestAnimationFrame(() => box.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus());
  };
  return (
    <>
      <ol className="lines" ref={box}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
          <li key={index} className="joined">
            <input
              id={index === 0 ? id : undefined}
              className="input"
              aria-label={say(item, { label: say(spec.label), n: index + 1 })}
              aria-invalid={invalid}
              aria-describedby={describedBy}
              value={line}
              onChange={(event) => set(lines.with(index, event.target.value))}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
                event.preventDefault();
                if (line.trim() !== '') grow();
              }}
            />
            {lines.length > 1 && (
              <button
                type="button"
                className="btn icon"
                aria-label={say(remove, { n: index + 1 })}
                onClick={() => set(lines.toSpliced(index, 1))}
              >
                <Icon name="cross" size={15} />
              </button>
            )}
          </li>
        ))}
      </ol>
      <button type="button" className="btn tight" style={{ justifySelf: 'start' }} onClick={grow}>
        <Icon name="plus" size={15} />
        {say(add)}
      </button>
    </>
  );
}

/** Several lines, each an item of its own; Enter begins the next. */
export const list: FieldKind = {
  Input: Lines,
  read: (value) => (
    <ol className="numbered">
      {(Array.isArray(value) ? value : [value]).map((line) => (
        <li key={String(line)}>{String(line)}</li>
      ))}
    </ol>
  ),
  group: true,
  wide: true,
};

import { useEffect, useRef } from 'react';
import { useSpeech } from '../../words/lang.tsx';
import type { MatterChoice } from './matters.ts';
import { w } from './words.ts';

interface Props {
  matters: readonly MatterChoice[];
  value: string;
  onChange(matter: string): void;
}

/** The kind of matter, by number: a digit while the choice has the focus, Alt and the digit from anywhere. */
export function MatterPick({ matters, value, onChange }: Props) {
  const { say } = useSpeech();
  const latest = useRef({ matters, onChange });
  latest.current = { matters, onChange };
  const box = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
      const inside = event.target instanceof Node && box.current?.contains(event.target);
      const picked = digit === undefined ? undefined : latest.current.matters[Number(digit) - 1];
      if (!picked || event.ctrlKey || event.metaKey || (!inside && !event.altKey)) return;
      event.preventDefault();
      latest.current.onChange(picked.matter);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <fieldset className="matters" ref={box}>
      <legend>
        {say(w.matter)} <span className="small muted">{say(w.matterKeys)}</span>
      </legend>
      <span className="pick">
        {matters.map(({ pack, matter, title, spec }, index) => (
          <label
            key={`${pack.pack}.${matter}`}
            className={spec.internal ? 'inside' : undefined}
            title={spec.internal ? say(w.internal) : undefined}
          >
            <input type="radio" name="matter" checked={matter === value} onChange={() => onChange(matter)} />
            {index < 9 && <kbd>{index + 1}</kbd>}
            {say(title)}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

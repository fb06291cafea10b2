import { useSpeech } from '../../words/lang.tsx';
import { useDigits } from './digits.ts';
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
  const box = useDigits({
    shift: false,
    count: matters.length,
    onPick: (n) => onChange(matters[n]?.matter ?? value),
  });
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

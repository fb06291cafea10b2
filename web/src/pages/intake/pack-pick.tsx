import type { PackSpec } from '../../api/contract.ts';
import { useSpeech } from '../../words/lang.tsx';
import { useDigits } from './digits.ts';
import { w } from './words.ts';

interface Props {
  packs: readonly PackSpec[];
  value: string;
  onChange(pack: string): void;
}

/** By which written procedure; asked only where several are in force. */
export function PackPick({ packs, value, onChange }: Props) {
  const { say } = useSpeech();
  const box = useDigits({ shift: true, count: packs.length, onPick: (n) => onChange(packs[n]?.pack ?? value) });
  return (
    <fieldset className="matters" ref={box}>
      <legend>
        {say(w.pack)} <span className="small muted">{say(w.packKeys)}</span>
      </legend>
      <span className="pick">
        {packs.map(({ pack, title, scope }, index) => (
          <label key={pack} title={say(scope)}>
            <input type="radio" name="pack" checked={pack === value} onChange={() => onChange(pack)} />
            {index < 9 && <kbd>{index + 1}</kbd>}
            {say(title)}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

import type { Text } from '@room/kernel/text.ts';
import { Fault } from '../../kit/fault.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** Why somebody passes on, refuses or moves a case; it goes into the journal. */
export function ReasonField({
  value,
  fault,
  onChange,
}: {
  value: string;
  fault: Text | undefined;
  onChange(words: string): void;
}) {
  const { say } = useSpeech();
  return (
    <label className="field">
      <span className="label">{say(w.reason)}</span>
      <textarea
        className="input"
        value={value}
        aria-invalid={fault !== undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {fault && <Fault words={fault} />}
    </label>
  );
}

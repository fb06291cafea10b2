import { wordsOf } from '../../api/problem.ts';
import { Icon } from '../../kit/icons.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

interface Props {
  error: unknown;
  /** The faults stand beside their fields already. */
  placed: boolean;
  pending: boolean;
  onClear(): void;
}

/** What went wrong, the way to send, the way to begin again. */
export function FormEnd({ error, placed, pending, onClear }: Props) {
  const { say } = useSpeech();
  return (
    <div className="intake-end">
      {error !== null && (
        <p className="note late" role="alert">
          <Icon name="alarm" />
          <span>{say(placed ? w.refused : wordsOf(error))}</span>
        </p>
      )}
      <button type="submit" className="btn main big" disabled={pending}>
        {say(pending ? w.sending : w.submit)} <kbd>Ctrl ↵</kbd>
      </button>
      <button type="button" className="btn plain" onClick={onClear}>
        {say(w.clear)}
      </button>
      <span className="small muted">
        {say(w.keys)} · {say(w.kept)}
      </span>
    </div>
  );
}

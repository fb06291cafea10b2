import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** A key that was just made; it is never shown again. */
export function MadeKey({ text }: { text: string }) {
  const { say } = useSpeech();
  return (
    <div className="note kept" role="status">
      <div className="stack">
        <b>{say(w.once)}</b>
        <code className="mono account-link">{text}</code>
        {'clipboard' in navigator && (
          <div className="row">
            <button type="button" className="btn tight" onClick={() => void navigator.clipboard.writeText(text)}>
              {say(w.copy)}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}

import { Dialog } from '../../kit/dialog.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const KEYS = [
  { keys: ['J', 'K', '↓', '↑'], words: w.keyMove },
  { keys: ['Enter'], words: w.keyOpen },
  { keys: ['N'], words: w.keyNew },
  { keys: ['/'], words: w.keySearch },
  { keys: ['1', '2', '3'], words: w.keyViews },
  { keys: ['?'], words: w.keyHelp },
];

/** Which keys do what. */
export function HelpDialog({ onClose }: { onClose(): void }) {
  const { say } = useSpeech();
  return (
    <Dialog title={say(w.help)} onClose={onClose}>
      <dl className="help-keys">
        {KEYS.map(({ keys, words }) => (
          <div key={words.en}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{say(words)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

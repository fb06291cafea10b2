import type { Text } from '@room/kernel/text.ts';
import { useSpeech } from '../words/lang.tsx';
import { Icon } from './icons.tsx';

/** What is wrong, beside the thing that is wrong. */
export function Fault({ words, id }: { words: Text; id?: string }) {
  const { say } = useSpeech();
  return (
    <span className="fault" role="alert" id={id}>
      <Icon name="alarm" size={14} />
      {say(words)}
    </span>
  );
}

import { type Text, text } from '@room/kernel/text.ts';
import type { Say } from '../words/lang.tsx';

const ask = text('请找：{who}', 'Ask: {who}');

/** Follows a refusal: whom to turn to; nothing when the sentence itself already names them. */
export function whomToAsk(say: Say, { message, who }: { message: Text; who?: Text | null | undefined }): string {
  if (!who || say(message).includes(say(who))) return '';
  return ` · ${say(ask, { who: say(who) })}`;
}

/** Where an older message begins that a mail program put below the answer. */
const HISTORY: readonly RegExp[] = [
  /^\s*-{2,}\s*(?:原始邮件|原始信息|回复的原邮件|转发的?邮件|original message|forwarded message)\s*-*/im,
  /^\s*-{2,}\s*(?:Original|原始邮件)\s*-{2,}/im,
  /^.{0,80}(?:写道|的邮件写道|wrote)\s*[：:]\s*$/im,
  /^_{20,}\s*$/m,
  /^\s*(?:发件人|From)\s*[：:].*\n(?:.*\n){0,2}?\s*(?:发送时间|日期|Sent|Date)\s*[：:]/im,
];
/** Where the sender's signature begins. */
const SIGNATURE: readonly RegExp[] = [
  /^-- ?$/m,
  /^\s*(?:发自我的|来自我的|从我的).{0,20}$/m,
  /^\s*(?:Sent from (?:my|Mail for)|Get Outlook for).{0,40}$/im,
  /^\s*发送自 ?.{0,20}(?:邮箱|Outlook|手机).{0,10}$/m,
];

/**
 * What the sender wrote himself. `words` lacks quoted history and signature; `withSignature` only the history, because a
 * telephone number often stands in the signature. When nothing is left the whole text counts: it was passed on as it is.
 */
export function ownWords(text: string): { words: string; withSignature: string } {
  const fresh = cut(text, HISTORY)
    .split('\n')
    .filter((line) => !/^\s*[>＞]/.test(line))
    .join('\n')
    .trim();
  const words = cut(fresh, SIGNATURE).trim();
  if (words !== '') return { words, withSignature: fresh };
  return { words: text.trim(), withSignature: text.trim() };
}

function cut(text: string, marks: readonly RegExp[]): string {
  const places = marks.flatMap((mark) => mark.exec(text)?.index ?? []);
  return text.slice(0, Math.min(text.length, ...places));
}

import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';

/** Bytes of a JSON body; files go through the attachments endpoint, which has limits of its own. */
export const LARGEST_JSON = 1_048_576;
const DEEPEST = 32;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

const broken = refusal(
  'request.brokenText',
  text(
    '内容不是有效的 UTF-8 文字：可能在传输中损坏，请重新提交',
    'The body is not valid UTF-8; it was damaged on the way. Send it again',
  ),
);
const notJson = (at: string): Refusal =>
  refusal('request.notJson', text(`内容不是有效的 JSON${at}`, `The body is not valid JSON${at}`));
const nul = refusal(
  'request.nulCharacter',
  text('文字中含有空字符（U+0000），请删去', 'The text contains the character U+0000; remove it'),
);
const tooDeep = refusal(
  'request.tooDeep',
  text(`内容嵌套超过 ${DEEPEST} 层`, `The body is nested more than ${DEEPEST} levels deep`),
);
const proto = refusal(
  'request.forbiddenKey',
  text('内容中有不允许的键 __proto__', 'The body contains the forbidden key __proto__'),
);

/** Reads a JSON body from its bytes: nothing broken, hidden or bottomless gets past here. */
export function readJson(bytes: Buffer): Result<unknown> {
  let source: string;
  try {
    source = decoder.decode(bytes);
  } catch {
    return refuse(broken);
  }
  if (source === '') return refuse(notJson(''));
  if (tooNested(source)) return refuse(tooDeep);
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (cause) {
    const place = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined;
    return refuse(notJson(place === undefined ? '' : ` (${place})`));
  }
  // Only escapes and this key can hide anything: the walk is spared for everybody else.
  const suspicious = source.includes('\\u') || source.includes('__proto__');
  const fault = suspicious ? faultIn(value) : undefined;
  return fault ? refuse(fault) : accept(value);
}

function tooNested(source: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < source.length; i++) {
    const c = source.charCodeAt(i);
    if (quoted) {
      if (c === 92) i += 1;
      else if (c === 34) quoted = false;
    } else if (c === 34) quoted = true;
    else if (c === 123 || c === 91) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (c === 125 || c === 93) depth -= 1;
  }
  return false;
}

function faultIn(value: unknown): Refusal | undefined {
  if (typeof value === 'string') return faultInText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return firstFault(value, faultIn);
  return firstFault(Object.entries(value), ([key, inner]) =>
    key === '__proto__' ? proto : (faultInText(key) ?? faultIn(inner)),
  );
}

function faultInText(words: string): Refusal | undefined {
  if (words.includes('\0')) return nul;
  return words.isWellFormed() ? undefined : broken;
}

function firstFault<T>(items: readonly T[], look: (item: T) => Refusal | undefined): Refusal | undefined {
  for (const item of items) {
    const fault = look(item);
    if (fault) return fault;
  }
  return undefined;
}

import type { z } from 'zod';
import { type Text, text } from '#kernel/text.ts';
import { nearest } from './problem.ts';

const KINDS: { [kind: string]: Text } = {
  string: text('一段文字', 'words'),
  number: text('一个数字', 'a number'),
  int: text('一个整数', 'a whole number'),
  boolean: text('true 或 false', 'true or false'),
  array: text('一个列表，写在 [ ] 里，或每行以 - 开头', 'a list: in [ ], or each line with a - before it'),
  object: text('若干项“名称: 内容”', 'keys with their values'),
  record: text('若干项“名称: 内容”', 'names with what belongs to them'),
};

/** What is wrong with a value, said after its name, for whoever wrote it. @param value what stands there; undefined where nothing does. */
export function faultWords(issue: z.core.$ZodIssue, value: unknown): Text {
  const said = text(`的内容不对：${issue.message}`, `is wrong: ${issue.message}`);
  if (issue.code === 'invalid_type' || (issue.code === 'invalid_union' && value === undefined)) {
    if (value === undefined) return text('没有写', 'is missing');
    const kind = issue.code === 'invalid_type' ? KINDS[issue.expected] : undefined;
    return kind ? text(`应为${kind.zh}`, `must be ${kind.en}`) : said;
  }
  if (issue.code === 'invalid_union') {
    const known = [...issue.message.matchAll(/'([^']*)'/g)].map(([, one = '']) => one);
    return known.length > 0 ? oneOf(known, value) : said;
  }
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String), value);
  if (issue.code === 'invalid_key')
    return text(
      '名称须以小写字母开头，只用字母和数字，如 firstContact',
      'must be a name of letters and digits, such as firstContact',
    );
  const unit = (issue.code === 'too_small' || issue.code === 'too_big') && issue.origin === 'array' ? ' 项' : '';
  if (issue.code === 'too_small') return text(`至少要 ${issue.minimum}${unit}`, `needs at least ${issue.minimum}`);
  if (issue.code === 'too_big') return text(`最多 ${issue.maximum}${unit}`, `may be at most ${issue.maximum}`);
  const such = /^expected .* such as (.*)$/.exec(issue.message)?.[1];
  return such === undefined
    ? said
    : text(`应写成 ${such.replaceAll(' or ', ' 或 ')} 这样`, `is wrong: ${issue.message}`);
}

function oneOf(known: readonly string[], value: unknown): Text {
  const close = typeof value === 'string' ? nearest(value, known) : undefined;
  return text(
    `只能是 ${known.join('、')}${close === undefined ? '' : `；是不是“${close}”？`}`,
    `must be one of ${known.join(', ')}${close === undefined ? '' : `; did you mean "${close}"?`}`,
  );
}

/** What stands at a path of the text as it was read. */
export const valueAt = (whole: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    whole,
  );

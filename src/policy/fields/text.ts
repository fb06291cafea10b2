import { z } from 'zod';
import { bad, type FieldType, good } from './field-type.ts';

// ASCII, Chinese characters and their punctuation: such words are well formed, normal and visible as they stand.
const EVERYDAY = /^[ -~\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]*$/;
const CONTROL = /[^\P{Cc}\n\t\r]|[\ufffe\uffff]/u;

/** A number that no other case may have: within a series of the pack, for ever or anew each year. Checked when it is written. */
export const uniqueSchema = z.strictObject({
  series: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]*$/)
    .describe('Name of the series.'),
  every: z.enum(['year']).optional().describe('Begins anew each year.'),
});
export type Unique = z.infer<typeof uniqueSchema>;

export const text: FieldType<{ max?: number; long?: boolean; min?: number; unique?: Unique }> = {
  meaning: 'Words: one line, or several when `long`; length is counted in characters as people count them.',
  options: {
    max: z.number().int().positive().optional().describe('At most so much, or so many.'),
    min: z.number().int().optional().describe('At least so much, or so many.'),
    long: z.boolean().optional().describe('Several lines.'),
    unique: uniqueSchema
      .optional()
      .describe('A number that no other case may have: within a series of the pack, for ever or anew each year.'),
  },
  parse(raw, { max = 2000, min = 1, long }) {
    if (typeof raw !== 'string') return bad('field.notText', '请填写文字', 'Enter words');
    const everyday = EVERYDAY.test(raw);
    const value = (everyday ? raw : raw.normalize('NFC')).trim();
    if (!everyday && !value.isWellFormed())
      return bad('field.brokenText', '文字编码有误，请重新输入', 'The text is broken; please type it again');
    if (!everyday && CONTROL.test(value))
      return bad(
        'field.controlCharacter',
        '含有不可见的控制字符，请删去',
        'It contains invisible control characters; remove them',
      );
    if (!long && value.includes('\n')) return bad('field.oneLine', '请只填一行', 'Use a single line');
    // There are never more characters than code units, so a short text need not be counted.
    const length = value.length <= max && min <= 1 ? value.length : [...value].length;
    if (length > max)
      return bad(
        'field.tooLong',
        `最多 ${max} 个字，现有 ${length} 个`,
        `At most ${max} characters; there are ${length}`,
      );
    if (length === 0 && min > 0) return bad('field.required', '不能只填空格或换行', 'Blank; please write something');
    if (length < min) return bad('field.tooShort', `至少 ${min} 个字`, `At least ${min} characters`);
    return good(value);
  },
};

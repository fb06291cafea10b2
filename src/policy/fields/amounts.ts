import { z } from 'zod';
import { textSchema } from '../language/text.ts';
import { number } from './amount.ts';
import { bad, type FieldType, good } from './field-type.ts';
import { text } from './text.ts';

/** One line: what it is for, and how much. */
export interface Amount {
  what: string;
  amount: number;
}

const isLine = (raw: unknown): raw is { what?: unknown; amount?: unknown } =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

export const amounts: FieldType<{ min?: number; max?: number; unit?: { zh: string; en: string } }> = {
  meaning: 'Lines of words with a number each, added up by `sum.` paths: items of a quotation.',
  options: {
    min: z.number().optional().describe('At least so much, or so many.'),
    max: z.number().optional().describe('At most so much, or so many.'),
    unit: textSchema.optional().describe('What is counted, beside the number.'),
  },
  parse(raw, { min = 0, max = Number.MAX_SAFE_INTEGER }, around) {
    if (!Array.isArray(raw) || raw.length === 0 || raw.length > 50 || !raw.every(isLine))
      return bad('field.notAmounts', '请逐行填写项目和数额', 'Enter what and how much, line by line');
    const lines: Amount[] = [];
    for (const [index, line] of raw.entries()) {
      const what = text.parse(line.what ?? '', { max: 200 }, around);
      const amount = number.parse(line.amount, { min, max }, around);
      const wrong = what.ok ? amount : what;
      if (!wrong.ok)
        return bad(wrong.code, `第 ${index + 1} 行：${wrong.message.zh}`, `Line ${index + 1}: ${wrong.message.en}`);
      lines.push({ what: String(what.ok && what.value), amount: Number(amount.ok && amount.value) });
    }
    if (new Set(lines.map(({ what }) => what)).size < lines.length)
      return bad('field.sameTwice', '有两行相同，请合并', 'Two lines are the same; merge them');
    return good(lines);
  },
};

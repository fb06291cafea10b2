import { z } from 'zod';
import { textSchema } from '../language/text.ts';
import { bad, type FieldType, good } from './field-type.ts';

export const number: FieldType<{ min?: number; max?: number; whole?: boolean; unit?: { zh: string; en: string } }> = {
  meaning: 'A number.',
  options: {
    min: z.number().optional().describe('At least so much, or so many.'),
    max: z.number().optional().describe('At most so much, or so many.'),
    whole: z.boolean().optional().describe('Only whole numbers.'),
    unit: textSchema.optional().describe('What is counted, beside the number.'),
  },
  parse(raw, { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, whole }) {
    if (typeof raw !== 'number' || !Number.isFinite(raw)) return bad('field.notNumber', '请填写数字', 'Enter a number');
    if (whole && !Number.isInteger(raw)) return bad('field.notWhole', '请填写整数', 'Enter a whole number');
    if (raw < min || raw > max)
      return bad('field.outOfRange', `请填写 ${min} 到 ${max} 之间的数`, `Enter a number from ${min} to ${max}`);
    return good(raw);
  },
};

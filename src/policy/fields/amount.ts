import { z } from 'zod';
import { bad, type FieldType, good } from './field-type.ts';

/** A number, with bounds. */
export const number: FieldType<{ min?: number; max?: number; whole?: boolean; unit?: { zh: string; en: string } }> = {
  options: {
    min: z.number().optional(),
    max: z.number().optional(),
    whole: z.boolean().optional(),
    unit: z.strictObject({ zh: z.string(), en: z.string() }).optional(),
  },
  parse(raw, { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, whole }) {
    if (typeof raw !== 'number' || !Number.isFinite(raw)) return bad('field.notNumber', '请填写数字', 'Enter a number');
    if (whole && !Number.isInteger(raw)) return bad('field.notWhole', '请填写整数', 'Enter a whole number');
    if (raw < min || raw > max)
      return bad('field.outOfRange', `请填写 ${min} 到 ${max} 之间的数`, `Enter a number from ${min} to ${max}`);
    return good(raw);
  },
};

import { z } from 'zod';
import { bad, type FieldType, good } from './field-type.ts';
import { text } from './text.ts';

export const list: FieldType<{ min?: number; max?: number }> = {
  meaning: 'Several lines of words, each an item of its own: measures of a plan, topics of a meeting.',
  options: {
    min: z.number().int().optional().describe('At least so much, or so many.'),
    max: z.number().int().optional().describe('At most so much, or so many.'),
  },
  parse(raw, { min = 1, max = 50 }, around) {
    if (!Array.isArray(raw)) return bad('field.notList', '请逐条填写', 'Enter one item a line');
    const items: unknown[] = [];
    for (const [index, item] of raw.entries()) {
      // An empty line is one begun and not used.
      if (typeof item === 'string' && item.trim() === '') continue;
      const read = text.parse(item, { max: 500 }, around);
      if (!read.ok)
        return bad(read.code, `第 ${index + 1} 条：${read.message.zh}`, `Item ${index + 1}: ${read.message.en}`);
      items.push(read.value);
    }
    if (new Set(items).size < items.length)
      return bad('field.sameTwice', '有两条相同，请合并', 'Two items are the same; merge them');
    if (items.length < min) return bad('field.tooFew', `至少 ${min} 条`, `At least ${min} items`);
    if (items.length > max) return bad('field.tooMany', `最多 ${max} 条`, `At most ${max} items`);
    return good(items);
  },
};

import { z } from 'zod';
import { textSchema } from '../language/text.ts';
import { bad, type FieldType, good } from './field-type.ts';

type Offered = { options: { value: string; label: { zh: string; en: string } }[] };

export const choice: FieldType<Offered> = {
  meaning: 'One of a short list.',
  options: {
    options: z
      .array(z.strictObject({ value: z.string().describe('What is stored.'), label: textSchema }))
      .min(1)
      .describe('What can be chosen.'),
  },
  parse(raw, { options }) {
    if (typeof raw === 'string' && options.some((option) => option.value === raw)) return good(raw);
    const zh = options.map((option) => option.label.zh).join('、');
    const en = options.map((option) => option.value).join(', ');
    return bad('field.notOffered', `请从中选一项：${zh}`, `Choose one of: ${en}`);
  },
};

export const choices: FieldType<Offered & { min?: number; max?: number }> = {
  meaning: 'Several of a short list.',
  options: {
    ...choice.options,
    min: z.number().int().optional().describe('At least so much, or so many.'),
    max: z.number().int().optional().describe('At most so much, or so many.'),
  },
  parse(raw, { options, min = 1, max = options.length }, around) {
    if (!Array.isArray(raw)) return bad('field.notList', '请勾选', 'Tick what applies');
    for (const value of raw) {
      const read = choice.parse(value, { options }, around);
      if (!read.ok) return read;
    }
    const chosen = options.map(({ value }) => value).filter((value) => raw.includes(value));
    if (chosen.length < min) return bad('field.tooFew', `至少选 ${min} 项`, `Choose at least ${min}`);
    if (chosen.length > max) return bad('field.tooMany', `最多选 ${max} 项`, `Choose at most ${max}`);
    return good(chosen);
  },
};

export const category: FieldType<{ of: string }> = {
  meaning: 'A term of a taxonomy, by its path such as `valuables/phone`.',
  options: { of: z.string().describe('The taxonomy.') },
  parse(raw, { of }, around) {
    if (typeof raw === 'string' && around.taxonomies.get(of)?.has(raw)) return good(raw);
    return bad('field.unknownCategory', '请从分类表中选一类', 'Choose a category from the list');
  },
};

export const oneOf: FieldType<{ from: string }> = {
  meaning: 'An item of a list that the case already holds, e.g. a measure of the plan.',
  options: { from: z.string().describe('A path of a list on the case.') },
  parse(raw, { from }, around) {
    const items = around.listAt(from);
    if (items.includes(raw)) return good(raw);
    return bad('field.notOffered', `请从中选一项：${items.join('、')}`, `Choose one of: ${items.join(', ')}`);
  },
};

export const confirmed: FieldType<object> = {
  meaning: 'A box that must be ticked to mean anything.',
  options: {},
  parse: (raw) =>
    raw === true ? good(true) : bad('field.notConfirmed', '请确认后勾选', 'Confirm it and tick the box'),
};

export const flag: FieldType<object> = {
  meaning: 'Yes or no.',
  options: {},
  parse: (raw) => (typeof raw === 'boolean' ? good(raw) : bad('field.notYesNo', '请选择是或否', 'Choose yes or no')),
};

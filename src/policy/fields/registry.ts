import { z } from 'zod';
import { guardSchema } from '../language/guard.ts';
import { textSchema } from '../language/text.ts';
import { number } from './amount.ts';
import { amounts } from './amounts.ts';
import { category, choice, choices, confirmed, flag, oneOf } from './choice.ts';
import { email, phone } from './contact.ts';
import type { FieldType } from './field-type.ts';
import { list } from './list.ts';
import { date, instant } from './moment.ts';
import { attachments, person, place, unit } from './reference.ts';
import { figures, signature } from './signature.ts';
import { text } from './text.ts';

/** Every kind of field a form may have. A new kind is one file and one name here. */
export const fieldTypes = {
  text,
  phone,
  email,
  choice,
  choices,
  category,
  oneOf,
  confirmed,
  flag,
  instant,
  date,
  person,
  unit,
  place,
  attachments,
  number,
  amounts,
  list,
  signature,
  figures,
} satisfies Record<string, FieldType<never>>;
export type FieldTypeName = keyof typeof fieldTypes;

const common = {
  label: textSchema.describe('What the page calls it.'),
  hint: textSchema.optional().describe('A line that helps to fill it in.'),
  required: z
    .union([z.boolean(), guardSchema])
    .default(false)
    .describe('It must be filled in; or a condition that says when.'),
  shown: guardSchema.optional().describe('Shown only while this holds; a hidden field takes no value.'),
  personal: z.boolean().default(false).describe('Names, numbers, rooms: masked by default, kept apart in the journal.'),
  visible: z.boolean().default(false).describe('Shown to the owner on the page of the case.'),
};

const variants = Object.entries<FieldType<never>>(fieldTypes).map(([name, kind]) =>
  z
    .strictObject({ type: z.literal(name).describe('The kind of field.'), ...common, ...kind.options })
    .describe(kind.meaning),
);

/** A field as written in a pack; the kind decides which further options it takes. */
export interface FieldSpec {
  type: FieldTypeName;
  label: { zh: string; en: string };
  hint?: { zh: string; en: string };
  required: boolean | z.infer<typeof guardSchema>;
  shown?: z.infer<typeof guardSchema>;
  personal: boolean;
  visible: boolean;
  [option: string]: unknown;
}

export const fieldSchema = z.discriminatedUnion(
  'type',
  variants as unknown as [(typeof variants)[number]],
) as unknown as z.ZodType<FieldSpec>;

/** Reads one value by the kind of its field. */
export function parseField(
  spec: FieldSpec,
  raw: unknown,
  around: Parameters<FieldType<never>['parse']>[2],
): ReturnType<FieldType<never>['parse']> {
  // The compiled spec carries exactly the options of its own kind, so the cast only forgets which kind it is.
  return fieldTypes[spec.type].parse(raw, spec as never, around);
}

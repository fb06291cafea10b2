import { z } from 'zod';

/** A sentence in both languages; packs must speak both. */
export const textSchema = z
  .strictObject({ zh: z.string().min(1).describe('In Chinese.'), en: z.string().min(1).describe('In English.') })
  .meta({ title: 'words', description: 'Words a person reads, in both languages.' });

/** The clause of the written procedure, e.g. 三.1.3. */
export const clauseSchema = z.string().min(1).max(40).describe('The clause of the written procedure, e.g. 三.1.3.');

/** Catalogue ids of the rules that this part of the pack carries out. */
export const rulesSchema = z
  .array(z.string().regex(/^S\d+-\d+$/, 'expected an id such as S1-11'))
  .default([])
  .describe('Ids of the catalogue’s rules that this part carries out.');

/** How firmly the text supports this: its own words, our reading of vague words, or a default of ours. */
export const basisSchema = z
  .enum(['text', 'interpretation', 'default'])
  .default('text')
  .describe('How firmly the text supports it: its own words, our reading of vague words, or a default of ours.');

export const nameSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, 'expected a name such as firstContact')
  .meta({ title: 'name' });

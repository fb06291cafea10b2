import type { FieldTypeName } from '#policy/fields/registry.ts';
import { amounts } from './amounts.ts';
import { attachments } from './attachments.ts';
import { category, choice, choices, flag, oneOf } from './choice.ts';
import { confirmed } from './confirmed.ts';
import { figures, person, unit } from './internal.ts';
import { list } from './list.ts';
import { date, instant } from './moment.ts';
import { number } from './number.ts';
import type { OwnerField } from './owner-field.ts';
import { place } from './place.ts';
import { signature } from './signature.ts';
import { email, phone, text } from './text.ts';

/** How each kind of field of the pack language looks to the person who asked. A new kind is one file and one name here. */
export const ownerFields: { [T in FieldTypeName]: OwnerField } = {
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
};

const HOUSE_ONLY: readonly FieldTypeName[] = ['person', 'unit', 'figures'];

/** Whether a person outside can fill in such a field at all. */
export const isOffered = (type: FieldTypeName): boolean => !HOUSE_ONLY.includes(type);

import type { FieldTypeName } from '../api/contract.ts';
import { amounts } from './amounts.tsx';
import { attachments } from './attachments.tsx';
import { category } from './category.tsx';
import { choice, choices } from './choice.tsx';
import { confirmed } from './confirmed.tsx';
import { email } from './email.tsx';
import { figures } from './figures.tsx';
import { flag } from './flag.tsx';
import type { FieldKind } from './kind.ts';
import { list } from './list.tsx';
import { date, instant } from './moments.tsx';
import { number } from './number.tsx';
import { oneOf } from './one-of.tsx';
import { person } from './person.tsx';
import { phone } from './phone.tsx';
import { place } from './place.tsx';
import { signature } from './signature.tsx';
import { text } from './text.tsx';
import { unit } from './unit.tsx';

/** Every kind of field the pack language knows; the compiler sees to it that none is missing. */
export const fieldKinds: Record<FieldTypeName, FieldKind> = {
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

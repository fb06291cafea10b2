import { mask, maskInText, type PersonalKind } from '#directory/mask.ts';
import type { ImportRowView } from './contract/list.ts';

/** What in a list is personal, by column: it is shown masked, and in clear only on a reason that is written down. */
export const PERSONAL_COLUMNS: { readonly [kind: string]: { readonly [column: string]: PersonalKind } } = {
  residents: { name: 'name', phone: 'phone', email: 'email' },
  // Names of colleagues are no secret inside the company.
  people: { phone: 'phone', email: 'email' },
};

interface Heading {
  column: string | null;
}

/** A row as whoever states no reason sees it. Columns the list does not know may hold anything: they are hidden whole. */
export function maskRow(kind: string, headings: readonly Heading[], row: ImportRowView): ImportRowView {
  const personal = PERSONAL_COLUMNS[kind];
  if (!personal) return row;
  const kindAt = (index: number): PersonalKind | undefined => {
    const column = headings[index]?.column ?? null;
    return column === null ? 'text' : personal[column];
  };
  const hidden = row.cells.flatMap((cell, index): [string, string][] => {
    const how = kindAt(index);
    return how && cell.trim() !== '' ? [[cell.trim(), mask(how, cell)]] : [];
  });
  // A fault repeats what stands in the cell.
  const inWords = (words: string): string =>
    maskInText(hidden.reduce((said, [clear, masked]) => said.replaceAll(clear, masked), words));
  return {
    ...row,
    cells: row.cells.map((cell, index) => {
      const how = kindAt(index);
      return how ? mask(how, cell) : maskInText(cell);
    }),
    said: row.said.map(({ before, after, message, ...one }) => {
      const how = personal[one.column];
      const own = (value: string): string => (how ? mask(how, value) : inWords(value));
      return {
        ...one,
        ...(before === undefined ? {} : { before: own(before) }),
        ...(after === undefined ? {} : { after: own(after) }),
        ...(message ? { message: { zh: inWords(message.zh), en: inWords(message.en) } } : {}),
      };
    }),
  };
}

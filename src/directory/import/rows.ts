import type { Text } from '#kernel/text.ts';
import { text } from '#kernel/text.ts';
import { columnLetters, type SheetRow } from '#sheets/sheet.ts';
import type { Heading } from './headings.ts';
import type { Judgement, ListKind, ListRow } from './kind.ts';

export const verdicts = ['new', 'changed', 'unchanged', 'faulty'] as const;
export type RowVerdict = (typeof verdicts)[number];

/** What is said of a row: of a changed one what becomes what, of a faulty one where and what to do. */
export interface Said {
  column: string;
  title: Text;
  /** The cell's name in the file, e.g. C7; empty where the file has no such column. */
  cell: string;
  before?: string;
  after?: string;
  message?: Text;
}
/** A row with its verdict, as it is kept. */
export interface JudgedRow {
  number: number;
  verdict: RowVerdict;
  key: string | null;
  cells: string[];
  said: Said[];
}

/** A row of the file by the columns of the list; what cannot be taken at face value is said at once. */
export function toListRow(row: SheetRow, headings: readonly Heading[]): { row: ListRow; odd: Said[] } {
  const values: { [column: string]: string } = {};
  const odd: Said[] = [];
  for (const [i, { column, title }] of headings.entries()) {
    const cell = row.cells[i];
    if (column === null || !cell) continue;
    if (cell.text !== '') values[column] = cell.text;
    if (cell.odd !== undefined)
      odd.push({
        column,
        title: text(title, title),
        cell: `${columnLetters(i)}${row.number}`,
        message:
          cell.odd === 'formula'
            ? text(
                '这是公式：请复制整列，选择性粘贴为“数值”',
                'This is a formula: copy the column and paste it as values',
              )
            : text('单元格有错误值：请改正', 'The cell holds an error: correct it'),
      });
  }
  return { row: { number: row.number, values }, odd };
}

/** The verdict on a row. A column is named as the file heads it. */
export function verdictOn(
  kind: ListKind,
  headings: readonly Heading[],
  { row, odd }: { row: ListRow; odd: readonly Said[] },
  judgement: Judgement,
): JudgedRow {
  const place = (column: string): Pick<Said, 'column' | 'title' | 'cell'> => {
    const heading = headings.find((one) => one.column === column);
    const title = kind.columns.find((one) => one.key === column)?.title ?? text(column, column);
    return { column, title, cell: heading ? `${heading.letters}${row.number}` : '' };
  };
  const faults = [
    ...odd,
    ...judgement.faults
      .filter((one) => !odd.some((other) => other.column === one.column))
      .map(({ column, message }): Said => ({ ...place(column), message })),
  ];
  const verdict: RowVerdict =
    faults.length > 0 ? 'faulty' : judgement.isNew ? 'new' : judgement.differences.length > 0 ? 'changed' : 'unchanged';
  return {
    number: row.number,
    verdict,
    key: judgement.key,
    cells: headings.map(({ column }) => (column === null ? '' : (row.values[column] ?? ''))),
    said:
      faults.length > 0
        ? faults
        : judgement.differences.map(({ column, before, after }): Said => ({ ...place(column), before, after })),
  };
}

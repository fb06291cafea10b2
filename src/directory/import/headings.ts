import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { columnLetters, type OpenSheet, type SheetRow } from '#sheets/sheet.ts';
import type { Column, ListKind } from './kind.ts';

/** A column of the file: its letters, what it is headed, and the column of the list it stands for (null: none, passed over). */
export interface Heading {
  letters: string;
  title: string;
  column: string | null;
}

/** Rows above the headings: a title, who made the list, an empty line. */
const MOST_ABOVE = 10;

const plain = (words: string): string =>
  words
    .normalize('NFKC')
    .replace(/[\s*＊:：]|[(（][^)）]*[)）]/g, '')
    .toLowerCase();

/** Finds the row of headings and leaves the sheet standing behind it. Refuses with list.headings, naming what is missing. */
export async function readHeadings(
  rows: AsyncGenerator<SheetRow>,
  kind: ListKind,
): Promise<Result<{ headings: Heading[]; row: number }>> {
  let best: Heading[] = [];
  for (let n = 0; n < MOST_ABOVE; n += 1) {
    const { value: row, done } = await rows.next();
    if (done) break;
    const headings = match(row, kind.columns);
    if (missing(headings, kind.columns).length === 0) return accept({ headings, row: row.number });
    if (known(headings) > known(best)) best = headings;
  }
  return refuse(wrongColumns(best, kind));
}

const known = (headings: readonly Heading[]): number => headings.filter((one) => one.column !== null).length;

function match(row: SheetRow, columns: readonly Column[]): Heading[] {
  const taken = new Set<string>();
  return row.cells.map(({ text: title }, i) => {
    const words = plain(title);
    const found = columns.find(
      (one) =>
        !taken.has(one.key) &&
        words !== '' &&
        [one.title.zh, one.title.en, one.key, ...(one.also ?? [])].some((name) => plain(name) === words),
    );
    if (found) taken.add(found.key);
    return { letters: columnLetters(i), title, column: found?.key ?? null };
  });
}

const missing = (headings: readonly Heading[], columns: readonly Column[]): Column[] =>
  columns.filter((one) => one.required && !headings.some((heading) => heading.column === one.key));

function wrongColumns(best: readonly Heading[], kind: ListKind): Refusal {
  const lost = missing(best, kind.columns);
  const list = (lang: 'zh' | 'en'): string => lost.map(({ title }) => title[lang]).join(lang === 'zh' ? '、' : ', ');
  const found = best.filter((one) => one.title !== '').map((one) => one.title);
  const has = found.length === 0 ? '' : `（找到的表头：${found.slice(0, 12).join('、')}）`;
  return refusal(
    'list.headings',
    text(
      `缺少列：${list('zh')}${has}。请下载“${kind.title.zh}”模板，按模板的表头填写`,
      `Columns are missing: ${list('en')}. Download the template “${kind.title.en}” and use its headings`,
    ),
    { field: 'file' },
  );
}

/** Rows that a merged cell runs through: of merged cells only the first holds anything. */
export function mergedRows(sheet: OpenSheet, below: number): { name: string; fromRow: number; toRow: number }[] {
  return sheet.merges().filter(({ toRow }) => toRow > below);
}

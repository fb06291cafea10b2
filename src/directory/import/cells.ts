import { parseDate } from '#clock/civil.ts';
import { type Text, text } from '#kernel/text.ts';
import type { Choice, Column, ListRow, RowFault } from './kind.ts';

/** Reads the cells of one row and gathers what is wrong with them. */
export interface CellReader {
  faults: RowFault[];
  fault(column: string, message: Text): void;
  /** Empty when the cell is. */
  text(column: string, longest?: number): string;
  date(column: string): string | null;
  phone(column: string): string | null;
  choice(column: string, choices: readonly Choice[]): string | null;
}

/** Begins to read a row: what is required and missing is at fault at once. */
export function readCells(row: ListRow, columns: readonly Column[]): CellReader {
  const faults: RowFault[] = [];
  const fault = (column: string, message: Text): void => {
    faults.push({ column, message });
  };
  for (const column of columns)
    if (column.required && (row.values[column.key] ?? '') === '')
      fault(column.key, text(`请填写${column.title.zh}`, `Fill in: ${column.title.en}`));
  const of = (column: string): string => (row.values[column] ?? '').normalize('NFKC').trim();
  return {
    faults,
    fault,
    text: (column, longest = 60) => {
      const words = of(column);
      if ([...words].length > longest) fault(column, text(`不能超过 ${longest} 字`, `At most ${longest} characters`));
      return words;
    },
    date: (column) => {
      const words = of(column);
      if (words === '') return null;
      const date = dateOfWords(words);
      if (date === null)
        fault(column, text(`“${words}”不是日期，请写成 2026-03-05`, `“${words}” is no date: write 2026-03-05`));
      return date;
    },
    phone: (column) => {
      const words = of(column)
        .replace(/[ -]/g, '')
        .replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
      if (words === '') return null;
      if (!/^(?:1[3-9]\d{9}|0\d{9,11}|\d{5,12})$/.test(words))
        fault(column, text(`“${words}”不是电话号码`, `“${words}” is no telephone number`));
      return words;
    },
    choice: (column, choices) => {
      const words = of(column);
      if (words === '') return null;
      const found = choices.find(({ value, title }) => [value, title.zh, title.en].some((one) => same(one, words)));
      if (found) return found.value;
      const offered = (lang: 'zh' | 'en'): string =>
        choices
          .slice(0, 12)
          .map(({ title }) => title[lang])
          .join(lang === 'zh' ? '、' : ', ');
      fault(
        column,
        text(`没有“${words}”，请从中选：${offered('zh')}`, `There is no “${words}”: choose ${offered('en')}`),
      );
      return null;
    },
  };
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** 2026-03-05 from what people write: 2026/3/5, 2026.3.5, 2026年3月5日, 20260305; null when it is no date. */
export function dateOfWords(words: string): string | null {
  const parts =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:\s+00:00(?::00)?)?$/.exec(words) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(words);
  if (!parts) return null;
  const date = `${parts[1]}-${(parts[2] ?? '').padStart(2, '0')}-${(parts[3] ?? '').padStart(2, '0')}`;
  return parseDate(date) === null ? null : date;
}

/** A cell as a person sees it: dates as 2026-03-05 (with time if it has one), numbers without grouping. Empty text: empty. */
export interface Cell {
  text: string;
  /** What the cell holds that must not be taken at face value. */
  odd?: 'formula' | 'error';
}

/** A row of a sheet; `number` is what the program that made the file shows, from 1. */
export interface SheetRow {
  number: number;
  cells: readonly Cell[];
}

/** Cells that were merged into one, as rows and columns from 1, all inclusive. */
export interface Merge {
  name: string;
  fromRow: number;
  toRow: number;
}

/** A sheet that is read row by row. */
export interface OpenSheet {
  rows(): AsyncGenerator<SheetRow>;
  /** Known only when the last row has been read: it stands behind them in the file. */
  merges(): readonly Merge[];
  close(): void;
}

/** Most rows and columns that are read; a longer list is sent in parts. */
export const MOST_ROWS = 200_000;
export const MOST_COLUMNS = 100;

/** The letters of a column, from 0: A, B … Z, AA. */
export function columnLetters(index: number): string {
  const rest = index % 26;
  const before = Math.floor(index / 26);
  return (before > 0 ? columnLetters(before - 1) : '') + String.fromCharCode(65 + rest);
}

/** The column of a cell's name (`AB12` → 27), from 0. */
export function columnOf(reference: string): number {
  let index = 0;
  for (const letter of reference) {
    if (letter < 'A' || letter > 'Z') break;
    index = index * 26 + letter.charCodeAt(0) - 64;
  }
  return index - 1;
}

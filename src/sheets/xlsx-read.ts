import { dateOf } from '#clock/civil.ts';
import { faults, SheetFault } from './faults.ts';
import { type Cell, columnOf, type Merge, MOST_COLUMNS, MOST_ROWS, type OpenSheet, type SheetRow } from './sheet.ts';
import { type Book, readBook } from './xlsx-book.ts';
import { hear } from './xml.ts';
import { openZip } from './zip.ts';

const SHEET = 2_000 * 1_048_576;
/** Day 0 of a workbook, in days since 1970; the 29th of February 1900, which never was, is counted in. */
const EPOCH = { 1900: -25_569, 1904: -24_107 };

/** Opens the first visible sheet of an Excel workbook. Throws SheetFault. */
export async function openXlsx(path: string): Promise<OpenSheet> {
  const zip = await openZip(path);
  const merges: Merge[] = [];
  try {
    const book = await readBook(zip);
    return {
      rows: async function* () {
        yield* readRows(book, await zip.open(book.sheet, SHEET), merges);
      },
      merges: () => merges,
      close: () => zip.close(),
    };
  } catch (cause) {
    zip.close();
    throw cause;
  }
}

async function* readRows(book: Book, stream: Parameters<typeof hear>[0], merges: Merge[]): AsyncGenerator<SheetRow> {
  let ready: SheetRow[] = [];
  let number = 0;
  let cells: Cell[] = [];
  let column = -1;
  let type = '';
  let style = 0;
  let odd: Cell['odd'];
  let words = '';
  let listening = false;
  const pieces = hear(stream, {
    open: (name, said) => {
      if (name === 'row') {
        number = said.r === undefined ? number + 1 : Number(said.r);
        cells = [];
        column = -1;
        if (number > MOST_ROWS + 100) throw new SheetFault(faults.tooManyRows);
      } else if (name === 'c') {
        column = said.r === undefined ? column + 1 : columnOf(said.r);
        type = said.t ?? 'n';
        style = Number(said.s ?? 0);
        odd = undefined;
        words = '';
      } else if (name === 'f') odd = 'formula';
      else if (name === 'v' || name === 't') listening = true;
      else if (name === 'mergeCell') merges.push(mergeOf(said.ref ?? ''));
    },
    text: (piece) => {
      if (listening) words += piece;
    },
    close: (name) => {
      if (name === 'v' || name === 't') listening = false;
      else if (name === 'c' && column < MOST_COLUMNS) {
        while (cells.length < column) cells.push({ text: '' });
        const flaw = type === 'e' ? 'error' : odd;
        const shown = { text: show(book, type, style, words) };
        cells.push(flaw === undefined ? shown : { ...shown, odd: flaw });
      } else if (name === 'row' && cells.some((cell) => cell.text !== '' || cell.odd !== undefined))
        ready.push({ number, cells });
    },
  });
  for await (const _piece of pieces) {
    void _piece;
    yield* ready;
    ready = [];
  }
}

function show(book: Book, type: string, style: number, words: string): string {
  if (type === 's') return clean(book.strings[Number(words)] ?? '');
  if (type === 'b') return words === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n') return clean(words);
  if (words === '') return '';
  const value = Number(words);
  if (!Number.isFinite(value)) return clean(words);
  if (book.dateStyles.has(style)) return showDate(value, book.since1904);
  // Sixteen digits are what a double can hold; 0.30000000000000004 was typed as 0.3.
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
}

function showDate(value: number, since1904: boolean): string {
  const day = Math.floor(value);
  const minutes = Math.round((value - day) * 1_440);
  const date = dateOf(day + EPOCH[since1904 ? 1904 : 1900] + Math.floor(minutes / 1_440));
  const rest = minutes % 1_440;
  if (rest === 0) return date;
  const clock = `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`;
  return day === 0 ? clock : `${date} ${clock}`;
}

const clean = (words: string): string => words.replace(/_x000D_/g, '').trim();

function mergeOf(name: string): Merge {
  const [from = '', to = from] = name.split(':');
  const row = (reference: string): number => Number(reference.replace(/^[A-Z$]+/, '')) || 0;
  return { name, fromRow: row(from), toRow: row(to) };
}

import { createReadStream } from 'node:fs';
import { faults, SheetFault } from './faults.ts';
import { MOST_COLUMNS, MOST_ROWS, type OpenSheet, type SheetRow } from './sheet.ts';

const LONGEST_CELL = 32_767;

/** Opens a file of comma (or tab, or semicolon) separated values in UTF-8, UTF-16 or GB18030. Throws SheetFault. */
export async function openCsv(path: string): Promise<OpenSheet> {
  const { encoding, separator } = await look(path);
  return { rows: () => readRows(path, encoding, separator), merges: () => [], close: () => undefined };
}

/** Chinese Excel saves GB18030, other programs UTF-8: whoever is not valid UTF-8 is taken for the former. */
async function look(path: string): Promise<{ encoding: string; separator: string }> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let encoding = 'utf-8';
  let first: Buffer | undefined;
  for await (const bytes of createReadStream(path)) {
    first ??= bytes as Buffer;
    if (first[0] === 0xff && first[1] === 0xfe) {
      encoding = 'utf-16le';
      break;
    }
    try {
      strict.decode(bytes as Buffer, { stream: true });
    } catch {
      encoding = 'gb18030';
      break;
    }
  }
  if (first === undefined) throw new SheetFault(faults.empty);
  const head = new TextDecoder(encoding).decode(first).split(/\r?\n/, 1)[0] ?? '';
  if (head.includes('\0')) throw new SheetFault(faults.notSheet);
  const [separator = ','] = [',', '\t', ';'].sort((a, b) => head.split(b).length - head.split(a).length);
  return { encoding, separator };
}

async function* readRows(path: string, encoding: string, separator: string): AsyncGenerator<SheetRow> {
  const decoder = new TextDecoder(encoding);
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  // A quote inside quotes may be the first half of an escaped one that the next piece completes.
  let pending = false;
  let number = 1;
  const ready: SheetRow[] = [];
  const endRow = (): void => {
    cells.push(cell.trim());
    cell = '';
    if (cells.some((one) => one !== ''))
      ready.push({
        number,
        cells: cells.slice(0, MOST_COLUMNS).map((text) => ({ text: text.replace(/^'(?=[=+\-@\t])/, '') })),
      });
    cells = [];
    number += 1;
    if (number > MOST_ROWS + 100) throw new SheetFault(faults.tooManyRows);
  };
  const hear = (words: string): void => {
    for (const sign of words) {
      if (pending) {
        pending = false;
        if (sign === '"') {
          cell += '"';
          continue;
        }
        quoted = false;
      }
      if (quoted) {
        if (sign === '"') pending = true;
        else cell += sign;
        if (cell.length > LONGEST_CELL) throw new SheetFault(faults.notSheet);
      } else if (sign === '"' && cell.trim() === '') {
        cell = '';
        quoted = true;
      } else if (sign === separator) {
        cells.push(cell.trim());
        cell = '';
      } else if (sign === '\n') endRow();
      else if (sign !== '\r') cell += sign;
    }
  };
  for await (const bytes of createReadStream(path)) {
    hear(decoder.decode(bytes as Buffer, { stream: true }));
    yield* ready.splice(0);
  }
  hear(decoder.decode());
  if (cell !== '' || cells.length > 0) endRow();
  yield* ready.splice(0);
}

import { faults, SheetFault } from './faults.ts';
import { hearAll } from './xml.ts';
import type { Zip } from './zip.ts';

/** What has to be known of a workbook before its first sheet can be read. */
export interface Book {
  /** Part of the zip file. */
  sheet: string;
  strings: readonly string[];
  /** Styles that show a number as a date, by their index. */
  dateStyles: ReadonlySet<number>;
  /** Days are counted from 1904 instead of 1900. */
  since1904: boolean;
}

const PART = 400 * 1_048_576;
const HEAD = 20 * 1_048_576;
// Formats of the file's own language that show dates; the others are said in the workbook.
const builtIn = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
const showsDate = (format: string): boolean =>
  /[ymdhs年月日]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')) && !/general/i.test(format);

/** Reads a workbook up to its first visible sheet. Throws SheetFault. */
export async function readBook(zip: Zip): Promise<Book> {
  if (!zip.names.includes('xl/workbook.xml')) throw new SheetFault(faults.notSheet);
  if (zip.names.some((name) => /vbaProject\.bin$/i.test(name))) throw new SheetFault(faults.macros);
  let since1904 = false;
  let relation = '';
  await hearAll(await zip.open('xl/workbook.xml', HEAD), {
    open: (name, said) => {
      if (name === 'workbookPr') since1904 = said.date1904 === '1' || said.date1904 === 'true';
      if (name === 'sheet' && relation === '' && (said.state ?? 'visible') === 'visible') relation = said['r:id'] ?? '';
    },
  });
  let sheet = '';
  await hearAll(await zip.open('xl/_rels/workbook.xml.rels', HEAD), {
    open: (name, said) => {
      if (name !== 'Relationship' || said.Id !== relation) return;
      const target = said.Target ?? '';
      sheet = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    },
  });
  return { sheet, since1904, strings: await readStrings(zip), dateStyles: await readStyles(zip) };
}

async function readStrings(zip: Zip): Promise<string[]> {
  const strings: string[] = [];
  if (!zip.names.includes('xl/sharedStrings.xml')) return strings;
  let words = '';
  let inside = false;
  let phonetic = false;
  await hearAll(await zip.open('xl/sharedStrings.xml', PART), {
    open: (name) => {
      if (name === 'si') words = '';
      // Excel keeps how a word is pronounced beside it.
      if (name === 'rPh') phonetic = true;
      inside = name === 't';
    },
    text: (piece) => {
      if (inside && !phonetic) words += piece;
    },
    close: (name) => {
      if (name === 'rPh') phonetic = false;
      if (name === 't') inside = false;
      if (name === 'si') strings.push(words);
    },
  });
  return strings;
}

async function readStyles(zip: Zip): Promise<Set<number>> {
  const own = new Map<number, string>();
  const dates = new Set<number>();
  if (!zip.names.includes('xl/styles.xml')) return dates;
  let inCells = false;
  let index = 0;
  await hearAll(await zip.open('xl/styles.xml', HEAD), {
    open: (name, said) => {
      if (name === 'numFmt') own.set(Number(said.numFmtId), said.formatCode ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const id = Number(said.numFmtId ?? 0);
      const format = own.get(id);
      if (format === undefined ? builtIn(id) : showsDate(format)) dates.add(index);
      index += 1;
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
}

import { Zip, ZipDeflate } from 'fflate';
import { columnLetters } from './sheet.ts';

/** A column to be written: its heading, its width in characters, and what may be chosen. */
export interface WrittenColumn {
  title: string;
  width: number;
  choices?: readonly string[];
  required?: boolean;
}

const escaped = (words: string): string =>
  words
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold them
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
// Cells are text, so that telephone numbers keep their zeros and rooms do not turn into dates.
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="2" applyFont="1" applyFill="1" applyNumberFormat="1"/></cellXfs></styleSheet>`;

const fixed = (title: string): [string, string][] => [
  [
    '[Content_Types].xml',
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${KIND}.styles+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(title.slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  ],
  ['xl/styles.xml', STYLES],
];

/** Writes one sheet as an Excel workbook, piece by piece: as little is kept in memory as one batch of rows. */
export async function* writeXlsx(
  title: string,
  columns: readonly WrittenColumn[],
  batches: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let fault: Error | undefined;
  const zip = new Zip((cause, bytes) => {
    if (cause) fault = cause;
    else ready.push(bytes);
  });
  const encoder = new TextEncoder();
  const begin = (name: string): ZipDeflate => {
    const part = new ZipDeflate(name, { level: 6 });
    // The same rows give the same file.
    part.mtime = new Date(2020, 0, 1);
    zip.add(part);
    return part;
  };
  for (const [name, words] of fixed(title)) begin(name).push(encoder.encode(words), true);
  const sheet = begin('xl/worksheets/sheet1.xml');
  sheet.push(encoder.encode(opening(columns)));
  let number = 2;
  for await (const batch of batches) {
    const rows = batch.map((cells) => {
      const row = rowOf(number, cells, 1);
      number += 1;
      return row;
    });
    sheet.push(encoder.encode(rows.join('')));
    if (fault) throw fault;
    yield* ready;
    ready = [];
  }
  sheet.push(encoder.encode(closing(columns, number)), true);
  zip.end();
  if (fault) throw fault;
  yield* ready;
}

function opening(columns: readonly WrittenColumn[]): string {
  const widths = columns.map(
    ({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" style="1" customWidth="1"/>`,
  );
  const titles = columns.map(({ title, required }) => (required ? `${title}*` : title));
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>${rowOf(1, titles, 2)}`;
}

function closing(columns: readonly WrittenColumn[], number: number): string {
  const lists = columns.flatMap(({ choices }, i) => {
    const formula = choices === undefined ? '' : choices.join(',');
    // Excel takes at most 255 characters of a list written into the cell.
    if (formula === '' || formula.length > 250 || choices?.some((one) => /[",]/.test(one))) return [];
    const letters = columnLetters(i);
    return `<dataValidation type="list" allowBlank="1" sqref="${letters}2:${letters}${Math.max(number, 1_000)}"><formula1>"${escaped(formula)}"</formula1></dataValidation>`;
  });
  const rules =
    lists.length === 0 ? '' : `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>`;
  return `</sheetData>${rules}</worksheet>`;
}

const rowOf = (number: number, cells: readonly string[], style: number): string =>
  `<row r="${number}">${cells
    .map((words, i) =>
      words === ''
        ? ''
        : `<c r="${columnLetters(i)}${number}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(words)}</t></is></c>`,
    )
    .join('')}</row>`;

import { strToU8, zipSync } from 'fflate';
import { writeXlsx } from '#sheets/xlsx-write.ts';

/** A workbook with these rows, the first of them the headings. */
export async function workbook(rows: readonly (readonly string[])[]): Promise<Uint8Array<ArrayBuffer>> {
  const [head = [], ...rest] = rows;
  const columns = head.map((title) => ({ title, width: 12 }));
  const batches = (async function* () {
    yield rest;
  })();
  const pieces: Uint8Array[] = [];
  for await (const piece of writeXlsx('表', columns, batches)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

/** A workbook of another program, as raw parts: `rows` is what stands inside sheetData, `after` behind it. */
export function rawWorkbook(
  rows: string,
  { after = '', more = {} as Record<string, string>, dates = false } = {},
): Uint8Array<ArrayBuffer> {
  const parts: Record<string, string> = {
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`,
    ...(dates
      ? { 'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>' }
      : {}),
    ...more,
  };
  return new Uint8Array(zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]))));
}

/** One row of raw cells: a text, or the inside and attributes of a cell. */
export const rawRow = (number: number, ...cells: (string | [attributes: string, inside: string])[]): string =>
  `<row r="${number}">${cells
    .map((cell, i) => {
      const name = `${String.fromCharCode(65 + i)}${number}`;
      return typeof cell === 'string'
        ? `<c r="${name}" t="inlineStr"><is><t>${cell}</t></is></c>`
        : `<c r="${name}" ${cell[0]}>${cell[1]}</c>`;
    })
    .join('')}</row>`;

/** A file as a browser sends it. */
export function sending(bytes: Uint8Array<ArrayBuffer> | string, name = '清单.xlsx'): FormData {
  const form = new FormData();
  form.append('file', new Blob([bytes]), name);
  return form;
}

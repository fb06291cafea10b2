import { open } from 'node:fs/promises';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { openCsv } from './csv.ts';
import { faults, LARGEST_FILE, SheetFault } from './faults.ts';
import type { OpenSheet } from './sheet.ts';
import { openXlsx } from './xlsx-read.ts';

const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const ZIP = Buffer.from('PK');
// The directory of an encrypted workbook names its content so, in UTF-16.
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** Opens the file of a list by what is in it, not by its name. Refuses with sheet.* and says what to do. */
export async function openSheet(path: string): Promise<Result<OpenSheet>> {
  const file = await open(path);
  let head: Buffer;
  try {
    const { size } = await file.stat();
    if (size > LARGEST_FILE) return refuse(faults.tooLarge);
    if (size === 0) return refuse(faults.empty);
    head = Buffer.alloc(Math.min(size, 1_048_576));
    await file.read(head, 0, head.length, 0);
  } finally {
    await file.close();
  }
  try {
    if (head.subarray(0, 4).equals(OLE)) return refuse(head.includes(ENCRYPTED) ? faults.encrypted : faults.oldExcel);
    return accept(head.subarray(0, 2).equals(ZIP) ? await openXlsx(path) : await openCsv(path));
  } catch (cause) {
    if (cause instanceof SheetFault) return refuse(cause.refusal);
    throw cause;
  }
}

import { unzipSync, type Zippable, zipSync } from 'fflate';

export type Members = Map<string, Uint8Array>;

// The earliest date a ZIP can say; local parts, so that the machine's time zone does not matter.
const DATE = new Date(1980, 0, 1);

/** Packs members sorted by name, uncompressed and undated: equal members give equal bytes with any version of any tool. */
export function pack(members: Members): Uint8Array {
  const files: Zippable = {};
  for (const [path, bytes] of [...members].sort(([a], [b]) => (a < b ? -1 : 1)))
    files[path] = [bytes, { level: 0, mtime: DATE }];
  return zipSync(files);
}

/** Unpacks a ZIP, or null when it is none. */
export function unpack(bytes: Uint8Array): Members | null {
  try {
    return new Map(Object.entries(unzipSync(bytes)));
  } catch {
    return null;
  }
}

/** How many entries the archive's own directory counts: more than `unpack` finds means two of one name. */
export function memberCount(bytes: Uint8Array): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = view.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  return end < 0 || end + 12 > view.length ? -1 : view.readUInt16LE(end + 10);
}

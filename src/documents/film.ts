const HIDDEN = new Set(['udta', 'meta', 'uuid']);
const INSIDE = new Set(['moov', 'trak']);

/**
 * Blanks the hidden data of an MP4, MOV or M4A (place, device, owner) by turning those boxes into empty space of the same
 * size, so no offset moves. Answers a copy. Throws RangeError when the boxes do not fit into each other: a damaged file.
 */
export function withoutHiddenData(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  blank(copy, 0, copy.length);
  return copy;
}

function blank(film: Buffer, from: number, to: number): void {
  let at = from;
  // Four zero bytes may end a list of boxes in QuickTime files.
  while (at + 8 <= to) {
    const short = film.readUInt32BE(at);
    const type = film.toString('latin1', at + 4, at + 8);
    const head = short === 1 ? 16 : 8;
    if (short === 1 && at + 16 > to) throw new RangeError('a box is cut off');
    const size = short === 1 ? Number(film.readBigUInt64BE(at + 8)) : short === 0 ? to - at : short;
    if (size < head || at + size > to) throw new RangeError('a box is larger than its container');
    if (HIDDEN.has(type)) {
      film.write('free', at + 4, 'latin1');
      film.fill(0, at + head, at + size);
    } else if (INSIDE.has(type)) blank(film, at + head, at + size);
    at += size;
  }
}

/** As much of the words as fits into so many bytes of UTF-8, cut between signs and marked by an ellipsis. */
export function clip(words: string, bytes: number): string {
  if (Buffer.byteLength(words) <= bytes) return words;
  let room = bytes - Buffer.byteLength('…');
  let kept = '';
  for (const sign of words) {
    room -= Buffer.byteLength(sign);
    if (room < 0) break;
    kept += sign;
  }
  return `${kept}…`;
}

/** Words and under them their link, together within so many bytes: it is the words that are cut, never the link. */
export const withLink = (words: string, link: string | null, bytes: number): string =>
  link === null ? clip(words, bytes) : `${clip(words, bytes - Buffer.byteLength(link) - 1)}\n${link}`;

// Excel takes a file without this mark for the machine's own encoding.
const MARK = '\ufeff';
// A leading sign would make Excel compute the cell instead of showing it.
const harmless = (words: string): string =>
  /^[=+\-@\t]/.test(words) && !/^[+-]?[\d. -]+$/.test(words) ? `'${words}` : words;
const quoted = (words: string): string => (/[",\r\n]/.test(words) ? `"${words.replace(/"/g, '""')}"` : words);

/** Writes rows as comma separated values in UTF-8, piece by piece. */
export async function* writeCsv(
  titles: readonly string[],
  batches: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const line = (cells: readonly string[]): string => `${cells.map((words) => quoted(harmless(words))).join(',')}\r\n`;
  yield encoder.encode(MARK + line(titles));
  for await (const batch of batches) yield encoder.encode(batch.map(line).join(''));
}

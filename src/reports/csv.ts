/** Marks the file as UTF-8; without it spreadsheets read Chinese as something else. */
const MARK = '\uFEFF';

/**
 * Rows as a table for spreadsheets: UTF-8 with its mark, lines end with CR LF. Words that a spreadsheet would take for a
 * formula get an apostrophe in front; numbers stay numbers.
 */
export function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  return MARK + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

import type { Change, Row, Table } from './changes.ts';
import type { Difference } from './kind.ts';

/** What of a wish is not so yet: as differences to show and as one change to write. `columnOf` names the list's columns. */
export function differ(
  table: Table,
  key: string,
  now: Row,
  wish: Row,
  columnOf: { readonly [column: string]: string },
  show: (column: string, value: Row[string]) => string = (_, value) => (value === null ? '' : String(value)),
): { differences: Difference[]; changes: Change[] } {
  const changed = Object.keys(wish).filter((column) => (wish[column] ?? null) !== (now[column] ?? null));
  const pick = (from: Row): Row => Object.fromEntries(changed.map((column) => [column, from[column] ?? null]));
  return {
    differences: changed.map((column) => ({
      column: columnOf[column] ?? column,
      before: show(column, now[column] ?? null),
      after: show(column, wish[column] ?? null),
    })),
    changes: changed.length === 0 ? [] : [{ table, key, before: pick(now), after: pick(wish) }],
  };
}

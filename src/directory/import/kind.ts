import type { PoolClient } from 'pg';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { Change } from './changes.ts';

/** One column of a list: how it is headed, what it must look like, and what stands in the template beside it. */
export interface Column {
  key: string;
  title: Text;
  /** Other words people head it with. */
  also?: readonly string[];
  required?: true;
  width: number;
  example: string;
  /** Says in the faults what is expected. */
  note: Text;
  choices?: readonly Choice[];
}
/** A value that is chosen, with the words for it. */
export interface Choice {
  value: string;
  title: Text;
}

/** A row of the file by column; a column that is missing or empty is absent, and what is absent changes nothing. */
export interface ListRow {
  number: number;
  values: { readonly [column: string]: string };
}

/** Something wrong with a row, in which column, and what to do. */
export interface RowFault {
  column: string;
  message: Text;
}
/** A value that would become another. */
export interface Difference {
  column: string;
  before: string;
  after: string;
}

/** What a row would do. `key` names the thing it is about, so that a second row about it can be told. */
export interface Judgement {
  key: string | null;
  faults: readonly RowFault[];
  isNew: boolean;
  differences: readonly Difference[];
  /** What is written, in the order of the rows; empty while anything is at fault. */
  changes: readonly Change[];
}

/** What a list is judged by besides the tables. */
export interface ListContext {
  tenant: string;
  now: Instant;
  /** Posts that can be given. */
  posts: readonly Choice[];
}

/** A kind of list: its columns, what its rows mean, and how it is written out again. */
export interface ListKind {
  name: string;
  title: Text;
  columns: readonly Column[];
  /** Judges some rows against the tables as they are; the order of the answers is that of the rows. */
  judge(client: PoolClient, context: ListContext, rows: readonly ListRow[]): Promise<Judgement[]>;
  /** The present state as rows of this list, `size` at a time, each in the order of the columns. */
  export(client: PoolClient, context: ListContext, size: number): AsyncGenerator<string[][]>;
}

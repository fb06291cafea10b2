import type { Pool } from 'pg';
import type { z } from 'zod';
import type { Value, Values } from '#case/event.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { Text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';

/** Published procedures; the handling room keeps them. */
export interface PackBook {
  version(tenant: string, pack: string, version: string): Promise<CompiledPack>;
  list(tenant: string): Promise<readonly { pack: string; version: string; current: boolean }[]>;
}

/** Somebody who asks for figures. Null asks on behalf of the procedure itself: a step that runs a report. */
export interface Reader {
  personId: string | null;
  posts: readonly string[];
}

/** What a report is computed from. */
export interface Source {
  pool: Pool;
  tenant: string;
  now: Instant;
  pack: CompiledPack;
  reader: Reader | null;
}

/** One report: its name in packs and addresses, what it takes, who may read it, and how it is computed. */
export interface ReportSpec<P> {
  name: string;
  title: Text;
  params: z.ZodType<P>;
  /** Undefined when the reader may; never asked for the procedure itself. */
  refuses(source: Source & { reader: Reader }, params: P): Promise<Refusal | undefined> | Refusal | undefined;
  compute(source: Source, params: P): Promise<Values>;
}

/** Plain data as a value of a form: whatever JSON can say, nothing else. */
export const plain = (data: object): Values => JSON.parse(JSON.stringify(data));

/** Figures of a step's field: plain data with the lines that are printed on paper. */
export const figures = (data: object, lines: readonly string[]): Value => plain({ ...data, lines });

import type { z } from 'zod';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { Taxonomies } from './taxonomies.ts';

/** What a value is checked against besides its own shape. */
export interface FieldSurroundings {
  now: Instant;
  taxonomies: Taxonomies;
  /** The values already entered on the case, for choices drawn from them. */
  listAt(path: string): readonly unknown[];
  knowsPerson(id: string): boolean;
  knowsUnit(id: string): boolean;
}

export type Parsed = { ok: true; value: unknown } | { ok: false; code: string; message: Text };

export const good = (value: unknown): Parsed => ({ ok: true, value });
export const bad = (code: string, zh: string, en: string): Parsed => ({ ok: false, code, message: { zh, en } });

/** One kind of form field: its options in the pack and how a value on the wire is read. */
export interface FieldType<Options> {
  /** What it holds, for whoever writes a pack. */
  meaning: string;
  /** Options besides the common ones; a key names the option, the value its schema. */
  options: Record<string, z.ZodType>;
  parse(raw: unknown, options: Options, around: FieldSurroundings): Parsed;
}

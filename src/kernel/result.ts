import type { Refusal } from './refusal.ts';

/** The answer of every decision: a value, or a refusal that says what is missing. */
export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export const accept = <T>(value: T): Result<T> => ({ ok: true, value });
export const refuse = <T = never>(refusal: Refusal): Result<T> => ({ ok: false, refusal });

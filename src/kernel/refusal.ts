import type { Text } from './text.ts';

/**
 * Why something cannot be done now. `code` is stable and machine-readable; `message` tells a person what is missing,
 * who can supply it and by when.
 */
export interface Refusal {
  code: string;
  message: Text;
  /** The field at fault, as a path into the command's values. */
  field?: string;
  /** The clause of the written procedure that demands it. */
  clause?: string;
  /** Every further fault found in the same look, so that a form is corrected once. */
  also?: Refusal[];
  /** Who can supply what is missing: roles of the pack, or people by name. */
  who?: Text;
}

/** Makes a refusal. */
export function refusal(code: string, message: Text, rest: Omit<Refusal, 'code' | 'message'> = {}): Refusal {
  return { code, message, ...rest };
}

import type { Text } from '#kernel/text.ts';

/**
 * Something outside the program prevents it from going on: a full disk, a foreign database, a missing tool.
 * Carries one line for a person in each language; whoever runs the command prints it without a stack trace.
 */
export class Trouble extends Error {
  readonly code: string;
  readonly text: Text;

  constructor(code: string, zh: string, en: string, cause?: unknown) {
    super(en, cause === undefined ? undefined : { cause });
    this.name = 'Trouble';
    this.code = code;
    this.text = { zh, en };
  }
}

/** The system's error code (`ENOENT`, `EACCES`, …) of a caught value, or undefined when it carries none. */
export function errorCode(cause: unknown): string | undefined {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

/** The one-line message of a caught value. */
export function errorMessage(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

import type { Refusal } from '#kernel/refusal.ts';
import type { CallCommand } from './context.ts';
import { type Draft, emit } from './draft.ts';

/** Keeps a telephone call with the case. A sealed case stays as it is: the call itself still says where it belongs. */
export function call(draft: Draft, { call }: CallCommand): Refusal | undefined {
  if (draft.state.archivedAt === null) emit(draft, 'callKept', call);
  return undefined;
}

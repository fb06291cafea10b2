import type { Refusal } from '#kernel/refusal.ts';
import type { LinkedEndCommand } from './context.ts';
import { type Draft, emit } from './draft.ts';

/** Writes down, once, how a case ended that was opened from this one, so that steps here can wait for it. */
export function linkedEnd(draft: Draft, command: LinkedEndCommand): Refusal | undefined {
  const link = draft.state.links.find((item) => item.caseId === command.caseId);
  if (!link || link.outcome !== null) return undefined;
  const { caseId, outcome, failed } = command;
  emit(draft, 'linkedCaseEnded', { caseId, relation: link.relation, outcome, ...(failed ? { failed } : {}) });
  return undefined;
}

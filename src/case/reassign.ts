import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { ReassignCommand } from './context.ts';
import type { Draft } from './draft.ts';
import { passOn } from './hand-over.ts';
import { inWhoseName } from './in-whose-name.ts';
import { describeRoles } from './roles.ts';

/** Passes a duty to another person. Somebody always holds it: there is no way to lay it down without a successor. */
export function reassign(draft: Draft, command: ReassignCommand): Refusal | undefined {
  const { ctx, state } = draft;
  const procedure = ctx.pack.procedures[state.procedure];
  if (!procedure) throw new Error(`Pack ${ctx.pack.pack} has no procedure ${state.procedure}`);
  const clause = procedure.clause;
  if (state.archivedAt !== null || procedure.states[state.state]?.end)
    return refusal(
      'case.archived',
      { zh: '已归档，不再改派', en: 'The case has ended; duties no longer change hands' },
      { clause },
    );
  if (!inWhoseName(procedure.reassignedBy, ctx.actor, state, ctx)) {
    const who = describeRoles(procedure.reassignedBy, state, ctx);
    return refusal(
      'role.notYours',
      { zh: `改派由${who.zh}办理`, en: `Duties are reassigned by: ${who.en}` },
      { clause, who },
    );
  }
  if (command.reason.trim() === '')
    return refusal(
      'assign.withoutReason',
      { zh: '请写明改派理由', en: 'Say why it changes hands' },
      { field: 'reason', clause },
    );
  return passOn(draft, command.duty, command.personId, command.reason.trim(), clause);
}

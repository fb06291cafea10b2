import type { Directory } from '#case/context.ts';
import { responsible } from '#case/next-moment.ts';
import { actsAs, recused } from '#case/roles.ts';
import type { CaseState } from '#case/state.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import type { Viewer } from './who.ts';

/** What somebody may see of a case: all of it (masked), all but who asked, or nothing. */
export type Sight = 'case' | 'withoutAsker' | 'none';

/** Every role that has something to do in a procedure: who acts, who is told, who reassigns. */
export function rolesAtWork(procedure: ProcedureSpec): readonly string[] {
  const known = kept.get(procedure);
  if (known) return known;
  const steps = Object.values(procedure.steps);
  // Whoever may register a case need not be concerned with every other one.
  const roles = new Set([
    ...procedure.intake.notifies.flatMap((notice) => notice.to),
    ...steps.flatMap((step) => [...step.by, ...step.notifies.flatMap((notice) => notice.to)]),
    ...Object.values(procedure.clocks).flatMap((clock) => [
      clock.responsible,
      ...clock.ladder.flatMap((level) => level.tells),
    ]),
    ...procedure.reassignedBy,
  ]);
  const list = [...roles];
  kept.set(procedure, list);
  return list;
}
const kept = new WeakMap<ProcedureSpec, readonly string[]>();

const holdsDuty = (state: CaseState, personId: string | null): boolean =>
  personId !== null && Object.values(state.duties).some((holder) => holder?.id === personId);

/**
 * What a member of staff may see of a case. Where the procedure names its readers, nobody else but those who hold a duty
 * on it; elsewhere everybody whose work it is, by post, duty, unit, or as the head above. Whoever it complains of never
 * learns who complained.
 */
export function sightOf(
  state: CaseState,
  viewer: Pick<Viewer, 'actor'>,
  pack: CompiledPack,
  directory: Directory,
): Sight {
  const procedure = pack.procedures[state.procedure];
  if (!procedure) return 'none';
  const { actor } = viewer;
  const around = { pack, directory };
  const accused = actor.personId !== null && recused(state, pack).includes(actor.personId);
  if (procedure.readers) {
    if (accused) return 'none';
    const reads = procedure.readers.some((role) => actsAs(role, actor, state, around));
    return reads || holdsDuty(state, actor.personId) ? 'case' : 'none';
  }
  const own =
    holdsDuty(state, actor.personId) ||
    rolesAtWork(procedure).some((role) => actsAs(role, actor, state, around)) ||
    ofOwnUnit(state, actor.personId, directory);
  if (!own) return 'none';
  return accused ? 'withoutAsker' : 'case';
}

/** Whether the case lies with the viewer's unit, or with somebody he is the superior of. */
function ofOwnUnit(state: CaseState, personId: string | null, directory: Directory): boolean {
  const holder = responsible(state);
  if (personId === null || holder === null) return false;
  const me = directory.person(personId);
  if (me?.unitId != null && me.unitId === holder.unitId) return true;
  return directory.superior(holder.id)?.id === personId;
}

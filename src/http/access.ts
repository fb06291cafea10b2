import type { Actor, Directory } from '#case/context.ts';
import { isOffered } from '#case/dispatch/orders.ts';
import { isAsked } from '#case/hand-over.ts';
import { inWhoseName, principalsOf } from '#case/in-whose-name.ts';
import { responsible } from '#case/next-moment.ts';
import { recused } from '#case/roles.ts';
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

/** Whoever is asked to take it must be able to look at it. */
const holdsDuty = (state: CaseState, personId: string | null): boolean =>
  personId !== null &&
  (Object.values(state.duties).some((holder) => holder?.id === personId) ||
    isOffered(state, personId) ||
    isAsked(state, personId));

/** Those for whom the actor stands in with their duties, who hold one on the case and need not stand aside from it. */
function lentBy(state: CaseState, pack: CompiledPack, actor: Actor, directory: Directory): string[] {
  const aside = recused(state, pack);
  return principalsOf(actor, directory)
    .filter(({ whole, actor: { personId } }) => whole && holdsDuty(state, personId) && !aside.includes(personId ?? ''))
    .map((one) => one.actor.name);
}

/**
 * What a member of staff may see of a case. Where the procedure names its readers, nobody else but those who hold a duty
 * on it; elsewhere everybody whose work it is, by post, duty, unit, or as the head above. Whoever it complains of never
 * learns who complained, nor do those below him, whom he could ask, unless a duty on the case is theirs.
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
  const line = !holdsDuty(state, actor.personId) && isBelowAccused(state, procedure, actor.personId, directory);
  if (procedure.readers) {
    if (accused) return 'none';
    const reads = inWhoseName(procedure.readers, actor, state, around) !== undefined;
    const duty = holdsDuty(state, actor.personId) || lentBy(state, pack, actor, directory).length > 0;
    if (line && reads) return 'withoutAsker';
    return reads || duty ? 'case' : 'none';
  }
  const own =
    holdsDuty(state, actor.personId) ||
    lentBy(state, pack, actor, directory).length > 0 ||
    inWhoseName(rolesAtWork(procedure), actor, state, around) !== undefined ||
    ofOwnUnit(state, actor.personId, directory);
  if (!own) return 'none';
  return accused || line ? 'withoutAsker' : 'case';
}

/** Whether somebody answers to a person of whom the case complains. */
function isBelowAccused(
  state: CaseState,
  { recusal }: ProcedureSpec,
  personId: string | null,
  directory: Directory,
): boolean {
  const accused = recusal.filter((name) => !name.includes(':')).flatMap((field) => [state.values[field]].flat());
  const named = new Set(accused.filter((id) => typeof id === 'string'));
  if (personId === null || named.size === 0) return false;
  const seen = new Set([personId]);
  for (let at = directory.superior(personId); at && !seen.has(at.id); at = directory.superior(at.id)) {
    if (named.has(at.id)) return true;
    seen.add(at.id);
  }
  return false;
}

/** Whether the case lies with the viewer's unit, or with somebody he is the superior of. */
function ofOwnUnit(state: CaseState, personId: string | null, directory: Directory): boolean {
  const holder = responsible(state);
  if (personId === null || holder === null) return false;
  const me = directory.person(personId);
  if (me?.unitId != null && me.unitId === holder.unitId) return true;
  return directory.superior(holder.id)?.id === personId;
}

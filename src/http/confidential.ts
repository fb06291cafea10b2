import type { Directory } from '#case/context.ts';
import { inWhoseName } from '#case/in-whose-name.ts';
import type { CaseState } from '#case/state.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { Viewer } from './who.ts';

/** What of a case a viewer is not shown: entries of steps with readers of their own, and links to cases he may not see. */
export interface Hidden {
  entry(step: string, by: { personId: string | null }): boolean;
  link(procedure: string): boolean;
}

export const NOTHING_HIDDEN: Hidden = { entry: () => false, link: () => false };

/** Confidential steps and procedures of a case, for one viewer. */
export function hiddenFrom(viewer: Viewer, state: CaseState, pack: CompiledPack, directory: Directory): Hidden {
  const procedure = pack.procedures[state.procedure];
  const { actor } = viewer;
  const reads = (roles: readonly string[] | undefined): boolean =>
    roles === undefined || inWhoseName(roles, actor, state, { pack, directory }) !== undefined;
  return {
    entry: (step, by) =>
      !reads(procedure?.steps[step]?.readers) && !(by.personId !== null && by.personId === actor.personId),
    link: (name) => !reads(pack.procedures[name]?.readers),
  };
}

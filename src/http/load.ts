import type { Directory } from '#case/context.ts';
import type { CaseState } from '#case/state.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { type Sight, sightOf } from './access.ts';
import { type Hidden, hiddenFrom } from './confidential.ts';
import type { HttpDeps } from './deps.ts';
import type { Show } from './masking.ts';
import { isThere } from './site.ts';
import type { Viewer } from './who.ts';

/** What is not there and what is not yours are told apart by nobody. */
export const unknownCase = refusal(
  'case.unknown',
  text('没有这个案件，或您无权查看', 'There is no such case, or it is not yours to see'),
);

export interface Seen {
  state: CaseState;
  pack: CompiledPack;
  directory: Directory;
  sight: Exclude<Sight, 'none'>;
  /** What is kept from this viewer for the sake of others. */
  hidden: Hidden;
}

/** A case with all that is needed to show it; refuses with case.unknown when the viewer must not know of it. */
export async function loadCase(deps: HttpDeps, viewer: Viewer, id: string): Promise<Result<Seen>> {
  const file = await deps.handling.caseById(viewer.tenant, id);
  if (!file) return refuse(unknownCase);
  return see(deps, viewer, file.state);
}

/** The same for a state already at hand. */
export async function see(deps: HttpDeps, viewer: Viewer, state: CaseState): Promise<Result<Seen>> {
  if (!(await isThere(deps, viewer, state.values.place))) return refuse(unknownCase);
  const pack = await deps.handling.packs.version(viewer.tenant, state.pack, state.packVersion);
  const directory = await deps.directory.at(viewer.tenant, deps.time.now());
  const sight = sightOf(state, viewer, pack, directory);
  return sight === 'none'
    ? refuse(unknownCase)
    : accept({ state, pack, directory, sight, hidden: hiddenFrom(viewer, state, pack, directory) });
}

export const showFor = (sight: Seen['sight']): Show => (sight === 'withoutAsker' ? 'without' : 'masked');

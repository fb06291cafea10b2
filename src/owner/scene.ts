import { blank } from '#case/blank.ts';
import type { CaseState } from '#case/state.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { OwnerDeps } from './deps.ts';
import type { FieldScene, Whereabouts } from './fields/owner-field.ts';
import type { Visit } from './visit.ts';

/** What fields are drawn with while a matter is being reported. */
export async function reportScene(
  deps: OwnerDeps,
  visit: Visit,
  pack: CompiledPack,
  procedure: string,
  where: Whereabouts,
): Promise<FieldScene> {
  const { tenant, lang, speak, now } = visit;
  return {
    lang,
    speak,
    now,
    pack,
    where,
    directory: await deps.directory.at(tenant, now),
    state: { ...blank, procedure },
    fileHref: (id) => `/o/u/${tenant}/${id}`,
  };
}

/** What fields are drawn and shown with on the page of a case. */
export async function caseScene(
  deps: OwnerDeps,
  visit: Visit,
  pack: CompiledPack,
  state: CaseState,
  token: string,
): Promise<FieldScene> {
  const { tenant, lang, speak, now } = visit;
  return {
    lang,
    speak,
    now,
    pack,
    state,
    where: { here: null, estates: [] },
    directory: await deps.directory.at(tenant, now),
    fileHref: (id, small) => `/o/c/${token}/a/${id}${small ? '?small=1' : ''}`,
  };
}

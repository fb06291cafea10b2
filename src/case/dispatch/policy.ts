import type { DispatchSpec } from '#policy/language/dispatch.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import type { CaseState } from '../state.ts';

export interface NamedPolicy {
  name: string;
  spec: DispatchSpec;
}

/** The policy that finds somebody for a field of a step; without a field, for the step's one person. */
export function policyFor(
  pack: PackSpec,
  state: CaseState,
  step: string | undefined,
  field?: string | undefined,
): NamedPolicy | undefined {
  for (const [name, spec] of Object.entries(pack.dispatch))
    if (spec.procedure === state.procedure && spec.step === step && (!field || spec.field === field))
      return { name, spec };
  return undefined;
}

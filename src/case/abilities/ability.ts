import type { Refusal } from '#kernel/refusal.ts';
import type { IntakeSpec, ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import type { Draft } from '../draft.ts';
import type { Values } from '../event.ts';
import type { Scope } from '../paths.ts';

/** One step being taken. */
export interface Act {
  /** Name of the step; `intake` for the registration. */
  step: string;
  spec: StepSpec | IntakeSpec;
  procedure: ProcedureSpec;
  values: Values;
}

/** Carries out one key of a step. What it adds goes into the draft; what stands in its way comes back. */
export type Ability = (draft: Draft, act: Act) => Refusal | undefined;

export const scopeOf = (draft: Draft, act: Act): Scope => ({
  state: draft.state,
  values: act.values,
  pack: draft.ctx.pack,
});

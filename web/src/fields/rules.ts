import { holds } from '@room/case/guard.ts';
import type { Scope } from '@room/case/paths.ts';
import type { FieldSpec } from '../api/contract.ts';

/** Whether the field is on the form as it stands now; the server judges the same way. */
export const isShown = (spec: FieldSpec, scope: Scope): boolean => spec.shown === undefined || holds(spec.shown, scope);
export const isRequired = (spec: FieldSpec, scope: Scope): boolean =>
  typeof spec.required === 'boolean' ? spec.required : holds(spec.required, scope);

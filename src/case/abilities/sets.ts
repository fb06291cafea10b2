import { emit } from '../draft.ts';
import type { Values } from '../event.ts';
import { splitPersonal } from '../values.ts';
import type { Ability } from './ability.ts';

/** Corrects fields of the case from what was entered; the earlier wording stays in the journal. */
export const sets: Ability = (draft, { spec, step, procedure, values }) => {
  const after: Values = {};
  for (const [field, source] of Object.entries(spec.sets)) {
    const value = values[source];
    if (value !== undefined && value !== null && JSON.stringify(value) !== JSON.stringify(draft.state.values[field]))
      after[field] = value;
  }
  if (Object.keys(after).length === 0) return undefined;
  const { plain, personal } = splitPersonal(procedure.intake.fields, after);
  const changes = Object.entries(plain).map(([field, value]) => ({
    field,
    before: draft.state.values[field] ?? null,
    after: value,
  }));
  // A personal field leaves only its name in the lasting part; its wordings lie in the part that can be erased.
  emit(draft, 'fieldsChanged', { step, changes }, personal);
  return undefined;
};

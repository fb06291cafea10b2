import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { StepSpec } from '#policy/language/procedure.ts';
import type { CaseEvent } from './event.ts';
import type { CaseState } from './state.ts';

/** Code of the refusal of an act that would change nothing. */
export const CHANGES_NOTHING = 'step.changesNothing';

/** Whether an event leaves the case otherwise than it was: to have told somebody, or to have looked at a table, does not. */
const lasting = ({ type, data }: CaseEvent): boolean =>
  type !== 'stepTaken' && type !== 'noticeIssued' && !(type === 'tableDecided' && data.changes.length === 0);

/**
 * Refuses an act that would change nothing: the case stays where it is, nothing follows, and either nothing was entered
 * or only what the case says already. The first time, an act without a correction is a fact by itself: somebody did it.
 * @param before the case as it was.
 * @param facts what doing it would bring about, beginning with that it was done.
 */
export function forNothing(
  before: CaseState,
  step: string,
  spec: StepSpec,
  facts: readonly CaseEvent[],
): Refusal | undefined {
  const [taken] = facts;
  if (taken?.type !== 'stepTaken' || taken.data.to !== before.state || spec.runs || facts.some(lasting))
    return undefined;
  const again = before.entries[step]?.some(({ round }) => round === before.round) ?? false;
  const correcting = new Set(Object.values(spec.sets));
  const entered = [...Object.keys(taken.data.values), ...Object.keys(taken.personal ?? {})];
  // Without an event no correction came about: what was entered under these names stands on the case already.
  const said = entered.some((name) => !correcting.has(name));
  const corrects = correcting.size > 0;
  if (said || !(again || (entered.length === 0 && corrects))) return undefined;
  return nothingSaid(spec);
}

function nothingSaid({ title, clause, fields }: StepSpec): Refusal {
  const names = Object.keys(fields);
  const labels = names.flatMap((name) => fields[name]?.label ?? []);
  const fill =
    labels.length === 0
      ? { zh: '', en: '' }
      : {
          zh: `。请至少改动一项：${labels.map(({ zh }) => zh).join('、')}`,
          en: `. Change at least one of: ${labels.map(({ en }) => en).join(', ')}`,
        };
  return refusal(
    CHANGES_NOTHING,
    {
      zh: `“${title.zh}”这样办不会有任何变化，所以没有办理${fill.zh}`,
      en: `“${title.en}” done like this changes nothing, so it was not done${fill.en}`,
    },
    { clause, ...(names[0] !== undefined ? { field: names[0] } : {}) },
  );
}

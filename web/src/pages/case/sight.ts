import type { Disclosure } from '../../api/case.ts';
import type { CaseView, FieldSpec, PackSpec, ProcedureSpec, WireValues } from '../../api/contract.ts';
import type { Around } from '../../fields/kind.ts';
import { scopeOf } from '../../pack/scope.ts';
import type { Lang, Say } from '../../words/lang.tsx';

/** What every part of the page looks at. */
export interface Sight {
  seen: CaseView;
  pack: PackSpec;
  procedure: ProcedureSpec;
  /** Personal values in clear, once a reason was given. */
  clear: Disclosure | null;
  lang: Lang;
  say: Say;
}

/** What a field of this case may look at, given what is being entered. */
export const aroundOf = ({ seen, pack, lang, say }: Sight, step: string | null, values: WireValues): Around => ({
  pack,
  procedure: seen.procedure,
  caseId: seen.id,
  step,
  scope: scopeOf(pack, seen, values),
  lang,
  say,
});

/** Fields of a step, or of the intake. */
export const fieldsOf = ({ procedure }: Sight, step: string): { [name: string]: FieldSpec } =>
  step === 'intake' ? procedure.intake.fields : (procedure.steps[step]?.fields ?? {});

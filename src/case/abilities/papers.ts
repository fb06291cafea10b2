import { refusal } from '#kernel/refusal.ts';
import { signatureShape } from '#policy/fields/signature.ts';
import { type Draft, emit } from '../draft.ts';
import type { Value } from '../event.ts';
import { holds } from '../guard.ts';
import { readPath } from '../paths.ts';
import { type Paper, renderForm } from '../render-form.ts';
import type { CaseState } from '../state.ts';
import { type Ability, scopeOf } from './ability.ts';

/** Freezes a form as it stands; one already frozen with the same content is not issued twice. */
export function issue(draft: Draft, form: string): Paper {
  const paper = renderForm(form, draft.state, draft.ctx);
  if (paper.issued) return paper;
  const { number, title, digest, clause, sections } = paper;
  // Sections are plain data made of strings and lists, which is what Value means.
  emit(draft, 'documentIssued', { form, number, title, digest, clause }, { sections: sections as unknown as Value });
  return paper;
}

export const issues: Ability = (draft, { spec }) => {
  for (const form of spec.issues) issue(draft, form);
  return undefined;
};

/** Binds a signature to the very content that was shown: if the form has changed since, it must be shown again. */
export const signs: Ability = (draft, act) => {
  const { signs: spec, clause } = act.spec;
  if (!spec || (spec.when && !holds(spec.when, scopeOf(draft, act)))) return undefined;
  const read = signatureShape.safeParse(act.values[spec.from]);
  if (!read.success)
    return refusal(
      'signature.missing',
      {
        zh: '还没有签字。请业主在表上签字，或注明见证、送达',
        en: 'It is not signed yet. Let the owner sign the form, or record a witness or delivery',
      },
      { field: spec.from, clause },
    );
  const shown = signedContent(draft, act.step, spec.form);
  if (read.data.digest !== shown.digest)
    return refusal(
      'signature.formChanged',
      {
        zh: '表单内容在签字前已变化，请重新查看后再签',
        en: 'The form has changed since it was shown; look at it again and sign',
      },
      { field: spec.from, clause },
    );
  const paper = issue(draft, spec.form);
  const { signer, method, attachment, witness } = read.data;
  emit(draft, 'documentSigned', { form: spec.form, digest: paper.digest, signer, method, attachment, witness, clause });
  return undefined;
};

/** The form as it stood before the signing step itself was entered: what the signer saw. */
function signedContent(draft: Draft, step: string, form: string): Paper {
  const before = {
    ...draft.state,
    entries: { ...draft.state.entries, [step]: (draft.state.entries[step] ?? []).slice(0, -1) },
  };
  return renderForm(form, before, draft.ctx);
}

/** A signature holds for what was signed. When a later change alters the form, it falls, and everybody can see that. */
export function voidOutdatedSignatures(draft: Draft, before: CaseState): void {
  for (const paper of draft.state.documents) {
    if (!paper.signature || paper.voided || readsTheSame(paper.form, before, draft)) continue;
    const now = renderForm(paper.form, draft.state, draft.ctx);
    if (now.issued?.digest === paper.digest) continue;
    emit(draft, 'signatureVoided', {
      form: paper.form,
      digest: paper.digest,
      reason: {
        zh: '签字后表单内容有变动，原签字失效，需重新签字',
        en: 'The form changed after it was signed; it must be signed again',
      },
    });
  }
}

/** Whether nothing that a form reads has changed: then there is no need to fill it again to see that. */
function readsTheSame(form: string, before: CaseState, { state, ctx: { pack } }: Draft): boolean {
  if (state.documents !== before.documents) return false;
  const then = { state: before, values: {}, pack };
  const now = { state, values: {}, pack };
  const sections = pack.procedures[state.procedure]?.forms[form]?.sections ?? [];
  return sections.every(({ rows }) => rows.every(({ from }) => readPath(from, then) === readPath(from, now)));
}

import type { Directory } from '#case/context.ts';
import type { CaseEvent, DocumentSection, Value } from '#case/event.ts';
import { replay } from '#case/evolve.ts';
import { holds } from '#case/guard.ts';
import { isUsed, renderForm } from '#case/render-form.ts';
import type { CaseState, SignedDocument } from '#case/state.ts';
import { digestText } from '#journal/chain.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { FormSpec } from '#policy/language/form.ts';
import { guardPaths } from '#policy/language/guard.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import type { ArchivedCase } from './read.ts';

type Around = { pack: CompiledPack; directory: Directory };
type Issued = Extract<CaseEvent, { type: 'documentIssued' }>;

/** Papers that are missing, unsigned or at odds with the journal. `unsound` are attachments that are gone or changed. */
export function checkPapers({ state, events }: ArchivedCase, around: Around, unsound: ReadonlySet<string>): string[] {
  const procedure = around.pack.procedures[state.procedure];
  if (!procedure) return [];
  const faults: string[] = [];
  const sealed = events.findLastIndex(({ type }) => type === 'caseArchived');
  const unsealed = replay(state.id, events.slice(0, sealed));
  const context = { ...around, digest: digestText };
  const signed = signedForms(procedure, state, events, around.pack);
  for (const [name, form] of Object.entries(procedure.forms)) {
    if (!form.inDossier) continue;
    const paper = state.documents.findLast((one) => one.form === name);
    const index = paper ? events.findIndex((event) => isIssue(event, paper)) : -1;
    const issue = events[index];
    if (!paper || issue?.type !== 'documentIssued') {
      // What never came about, such as a meeting, has no paper.
      if (isUsed(name, unsealed, context)) faults.push(`缺件：${form.title.zh}`);
      continue;
    }
    if (signed.has(name)) faults.push(...checkSignature(paper, form, unsound));
    // A case that follows another version of the procedure is not measured by the forms of this one.
    const comparable = state.packVersion === around.pack.version;
    faults.push(
      ...checkContent(
        issue,
        comparable ? { form, name, before: replay(state.id, events.slice(0, index)), procedure } : null,
        around,
      ),
    );
  }
  return faults;
}

const isIssue = (event: CaseEvent, paper: SignedDocument): boolean =>
  event.type === 'documentIssued' && event.data.form === paper.form && event.data.digest === paper.digest;

/** Forms that the step which sealed the case could not do without a signature under, on this case's way. */
function signedForms(
  procedure: ProcedureSpec,
  state: CaseState,
  events: readonly CaseEvent[],
  pack: CompiledPack,
): Set<string> {
  const at = events.findLastIndex((event) => event.type === 'stepTaken' && procedure.steps[event.data.step]?.archives);
  const sealing = events[at];
  if (sealing?.type !== 'stepTaken') return new Set();
  const scope = { state: replay(state.id, events.slice(0, at)), values: sealing.data.values, pack };
  const needs = procedure.steps[sealing.data.step]?.needs ?? [];
  return new Set(
    needs
      .filter((need) => need.when === undefined || holds(need.when, scope))
      .flatMap((need) => guardPaths(need.that))
      .flatMap((path) => (path.startsWith('signed.') ? [path.slice('signed.'.length)] : [])),
  );
}

function checkSignature({ signature, voided }: SignedDocument, form: FormSpec, unsound: ReadonlySet<string>): string[] {
  if (signature === null) return [`缺签：${form.title.zh}`];
  if (voided) return [`缺签：${form.title.zh}（签后有改动，签字已失效）`];
  if (signature.attachment !== null && unsound.has(signature.attachment))
    return [`缺签：${form.title.zh}（签名页不在或被改动）`];
  return [];
}

/** Whether the paper says what its digest stands for, and what the journal says up to the moment it was issued. */
function checkContent(
  { data, personal }: Issued,
  against: { form: FormSpec; name: string; before: CaseState; procedure: ProcedureSpec } | null,
  around: Around,
): string[] {
  const shown = personal?.sections;
  // Erased by law: the chain still vouches for the digest, and nothing is left to compare.
  if (shown === undefined) return [];
  if (digestText(JSON.stringify([data.form, data.number, shown])) !== data.digest)
    return [`不一致：${data.title.zh}（内容与签发时的摘要不符）`];
  if (against === null) return [];
  const { form, name, before, procedure } = against;
  const { sections } = renderForm(name, before, { ...around, digest: digestText });
  const actual = valuesOf(shown);
  return sections.flatMap((section, s) =>
    section.rows.flatMap((row, r) => {
      const from = form.sections[s]?.rows[r]?.from ?? '';
      const same = namesSomebody(from, procedure) || actual[s]?.[r] === row.value;
      return same ? [] : [`不一致：${form.title.zh}“${row.label.zh}”`];
    }),
  );
}

// People and units may have been renamed since; the paper keeps the name of its day.
function namesSomebody(path: string, procedure: ProcedureSpec): boolean {
  const [root = '', name = '', field = ''] = path.split('.');
  const spec = root === 'case' ? procedure.intake.fields[name] : procedure.steps[name]?.fields[field];
  return spec?.type === 'person' || spec?.type === 'unit';
}

function valuesOf(shown: Value): string[][] {
  // Sections were written by the engine and their digest has just been checked.
  const sections = (Array.isArray(shown) ? shown : []) as unknown as DocumentSection[];
  return sections.map((section) => section.rows.map((row) => row.value));
}

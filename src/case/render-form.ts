import type { Text } from '#kernel/text.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import type { Context } from './context.ts';
import type { DocumentSection, Value } from './event.ts';
import { formatValue } from './format-value.ts';
import { partsOf, readPath } from './paths.ts';
import type { CaseState, SignedDocument } from './state.ts';

export interface Paper {
  form: string;
  title: Text;
  number: string;
  sections: DocumentSection[];
  digest: string;
  clause: string;
  /** The paper already issued with exactly this content, if there is one. */
  issued: SignedDocument | null;
}

const MOMENTS = new Set(['receivedAt', 'registeredAt', 'closedAt', 'at', 'dueAt']);

function fieldAt(procedure: ProcedureSpec, root: string, name: string, field: string): FieldSpec | undefined {
  if (root === 'case') return procedure.intake.fields[name];
  return procedure.steps[name]?.fields[field];
}

/** What stands at a path of a case, as it is written on paper. */
export function writeAt(path: string, state: CaseState, ctx: Pick<Context, 'pack' | 'directory'>): string {
  const procedure = ctx.pack.procedures[state.procedure];
  if (!procedure) throw new Error(`Pack ${ctx.pack.pack} has no procedure ${state.procedure}`);
  return write(path, readPath(path, { state, values: {}, pack: ctx.pack }), procedure, ctx, state);
}

function write(
  path: string,
  value: Value,
  procedure: ProcedureSpec,
  ctx: Pick<Context, 'pack' | 'directory'>,
  state: CaseState,
): string {
  const { root, name, field } = partsOf(path);
  if (typeof value === 'number' && MOMENTS.has(field || name))
    return formatValue(value, { type: 'instant' } as FieldSpec, ctx);
  if (root === 'case' && name === 'channel')
    return state.via?.title.zh ?? ctx.pack.channels[state.channel]?.title.zh ?? state.channel;
  if (root === 'case' && name === 'matter') return ctx.pack.matters[state.matter]?.title.zh ?? state.matter;
  if (root === 'case' && name === 'state') return procedure.states[state.state]?.title.zh ?? state.state;
  const spec = fieldAt(procedure, root, name, field);
  if ((root === 'all' || root === 'each') && Array.isArray(value))
    return value
      .map((item, i) => `${i + 1}. ${formatValue(item, spec?.type === 'list' ? undefined : spec, ctx)}`)
      .join('\n');
  return formatValue(value, spec, ctx);
}

/** A form of the pack, filled from the case as it stands. The same content always gives the same digest. */
export function renderForm(form: string, state: CaseState, ctx: Pick<Context, 'pack' | 'directory' | 'digest'>): Paper {
  const procedure = ctx.pack.procedures[state.procedure];
  const spec = procedure?.forms[form];
  if (!procedure || !spec) throw new Error(`The pack of ${state.number} has no form ${form}`);
  const scope = { state, values: {}, pack: ctx.pack };
  const sections = spec.sections.map((section) => ({
    title: section.title,
    rows: section.rows.map((row) => {
      const value = readPath(row.from, scope);
      const { root, name, field } = partsOf(row.from);
      const files =
        fieldAt(procedure, root, name, field)?.type === 'attachments' && Array.isArray(value)
          ? value.filter((id) => typeof id === 'string')
          : [];
      return {
        label: row.label,
        value: write(row.from, value, procedure, ctx, state),
        ...(files.length > 0 ? { attachments: files } : {}),
      };
    }),
  }));
  const earlier = state.documents.filter((paper) => paper.form === form);
  const content = JSON.stringify(sections);
  // As the list of name, number and content is written in JSON; the content, which is long, is put in once written.
  const numbered = (n: number): { number: string; digest: string } => {
    const number = spec.number.replace('{case}', state.number).replace('{n}', String(n));
    return { number, digest: ctx.digest(`[${JSON.stringify(form)},${JSON.stringify(number)},${content}]`) };
  };
  const last = earlier.at(-1);
  const same = last && !last.voided && numbered(earlier.length).digest === last.digest ? last : null;
  const next = same ? { number: same.number, digest: same.digest } : numbered(earlier.length + 1);
  return { form, title: spec.title, sections, clause: spec.clause, issued: same, ...next };
}

/** Whether something stands on a form, or did when it was issued: one for what never came about stays blank. */
export const isUsed = (form: string, state: CaseState, ctx: Pick<Context, 'pack' | 'directory' | 'digest'>): boolean =>
  state.documents.some((paper) => paper.form === form) ||
  renderForm(form, state, ctx).sections.some(({ rows }) => rows.some(({ value }) => value !== ''));

import type { DocumentSection } from '#case/event.ts';
import { mask, maskInText, maskRoom } from '#directory/mask.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import type { FormSpec } from '#policy/language/form.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import type { Seen } from './load.ts';
import { maskValue } from './masking.ts';

/** A printed form's sections with every personal value masked, found by the paths the form is filled from. */
export function maskSections(
  sections: readonly DocumentSection[],
  form: FormSpec,
  procedure: ProcedureSpec,
  sight: Seen['sight'],
): DocumentSection[] {
  return sections.map((section, i) => ({
    title: section.title,
    rows: section.rows.map((row, j) => {
      const from = form.sections[i]?.rows[j]?.from;
      const spec = from === undefined ? undefined : fieldAt(procedure, from);
      const name = from?.split('.').at(-1) ?? '';
      if (from !== undefined && !spec?.spec.personal) return { ...row, value: maskInText(row.value) };
      if (sight === 'withoutAsker' || from === undefined || !spec) return { label: row.label, value: '' };
      return { label: row.label, value: maskWritten(row.value, spec.spec, name) };
    }),
  }));
}

function maskWritten(written: string, spec: FieldSpec, name: string): string {
  if (written === '') return '';
  if (spec.type === 'place') return maskRoom(written);
  if (spec.type === 'signature') return mask('name', written);
  return String(maskValue(written, spec, name) ?? '');
}

function fieldAt(procedure: ProcedureSpec, path: string): { spec: FieldSpec } | undefined {
  const [root = '', name = '', field = ''] = path.split('.');
  const spec = root === 'case' ? procedure.intake.fields[name] : procedure.steps[name]?.fields[field];
  return spec && { spec };
}

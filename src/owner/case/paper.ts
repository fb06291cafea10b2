import type { DocumentSection } from '#case/event.ts';
import { maskInText } from '#directory/mask.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { type Html, html, lines } from '../html.ts';
import type { Held } from './held.ts';

/** The rows of a paper, with pictures. */
export const drawSections = (sections: readonly DocumentSection[], { visit, scene }: Held): Html[] =>
  sections.map(
    (section) =>
      html`<h3>${section.title[visit.lang]}</h3><dl>${section.rows.map(
        (row) =>
          html`<dt>${row.label[visit.lang]}</dt><dd>${row.value === '' ? '—' : lines(row.value)}${
            row.attachments &&
            html`<ul class="photos">${row.attachments.map(
              (id, i) =>
                html`<li><img src="${scene.fileHref(id, true)}" alt="${visit.speak('photo', { n: i + 1 })}" width="96" height="96"></li>`,
            )}</ul>`
          }</dd>`,
      )}</dl>`,
  );

/** The same paper without anything personal, for readers to whom the owner is nobody's business. */
export function publicSections(
  sections: readonly DocumentSection[],
  form: string,
  procedure: ProcedureSpec,
): DocumentSection[] {
  return sections.map((section, i) => ({
    title: section.title,
    rows: section.rows.map((row, j) =>
      isPersonal(procedure, procedure.forms[form]?.sections[i]?.rows[j]?.from)
        ? { label: row.label, value: '***' }
        : { ...row, value: maskInText(row.value) },
    ),
  }));
}

/** Whether a path of a form leads to something personal; one that leads nowhere known counts as such. */
function isPersonal(procedure: ProcedureSpec, path: string | undefined): boolean {
  if (path === undefined) return true;
  const [root = '', name = '', field = ''] = path.split('.');
  const spec = root === 'case' ? procedure.intake.fields[name] : procedure.steps[name]?.fields[field];
  return spec?.personal === true;
}

import { controlOf, drawFaults, drawFields, type Faults, type Fields } from '../form.ts';
import { type Html, html } from '../html.ts';
import { Posted } from '../posted.ts';
import type { Held } from './held.ts';

const files: Fields[string] = {
  type: 'attachments',
  label: { zh: '照片或文件', en: 'Photos or files' },
  required: false,
  personal: false,
  visible: true,
  max: 9,
};
/** What can be added to a case besides words. */
export const noteFields: Fields = { files };
export const noteFiles = files;
export const FILES = `${controlOf('files')}.kept`;

/** What was being added when something was in the way of it. */
export interface NoteDraft {
  text: string;
  typed: Posted;
  faults: Faults;
}
export const noDraft: NoteDraft = { text: '', typed: new Posted(), faults: new Map() };

/** The form for adding words and photos. */
export function drawAdd({ visit, token, scene }: Held, key: string, { text, typed, faults }: NoteDraft): Html {
  const { speak, href } = visit;
  return html`<h2 id="add">${speak('addTitle')}</h2>${drawFaults(faults, scene)}<form method="post" action="${href(`/o/c/${token}/note`)}" enctype="multipart/form-data" data-keep="note" novalidate>
<input type="hidden" name="key" value="${key}">
<label for="text" class="hint">${speak('addLabel')}</label><textarea id="text" name="text" rows="3">${`\n${text}`}</textarea>
${drawFields(noteFields, { typed, faults, scene })}
<button data-busy="${speak('sending')}">${speak('addSend')}</button></form>`;
}

import { html } from '../html.ts';
import { asText, type OwnerField } from './owner-field.ts';

// What a form offers when the pack sets no limit of its own.
const USUAL_MOST = 9;

/** Kept uploads travel as ids in the form, so a fault elsewhere in it never costs a photo. */
export const attachments: OwnerField = {
  group: true,
  draw: ({ name, spec, typed, described, scene }) => {
    const { speak } = scene;
    const kept = typed.all(`${name}.kept`);
    return html`${
      kept.length > 0 &&
      html`<p class="hint">${speak('photosKept')}</p><ul class="photos">${kept.map(
        (id, i) => html`<li><input type="hidden" name="${name}.kept" value="${id}">
          <img src="${scene.fileHref(id, true)}" alt="${speak('photo', { n: i + 1 })}" width="96" height="96">
          <label class="small"><input type="checkbox" name="${name}.drop" value="${id}">${speak('removePhoto')}</label></li>`,
      )}</ul>`
    }<div class="files"><label class="file camera">${speak('takePhoto')}<input type="file" name="${name}" accept="image/*" capture="environment" data-photos></label>
      <label class="file">${speak('choosePhoto')}<input id="${name}" type="file" name="${name}" accept="image/*,application/pdf" multiple data-photos${described}></label></div>
      <ul class="photos new" hidden></ul>
      <p class="hint">${speak('photoHint', { n: typeof spec.max === 'number' ? spec.max : USUAL_MOST })}</p>`;
  },
  read: (name, _spec, posted) => {
    const dropped = posted.all(`${name}.drop`);
    const ids = posted.all(`${name}.kept`).filter((id) => !dropped.includes(id));
    return ids.length > 0 ? ids : undefined;
  },
  fill: (name, value) => (Array.isArray(value) ? value.map((id) => [`${name}.kept`, asText(id)]) : []),
  show: (value, _spec, scene) =>
    Array.isArray(value) && value.length > 0
      ? html`<ul class="photos">${value.map(
          (id, i) =>
            html`<li><a href="${scene.fileHref(asText(id), false)}"><img src="${scene.fileHref(asText(id), true)}" alt="${scene.speak('photo', { n: i + 1 })}" width="96" height="96" loading="lazy"></a></li>`,
        )}</ul>`
      : '',
};

import { html, when } from '../html.ts';
import type { OwnerField } from './owner-field.ts';

/** A box that must be ticked; its label stands beside it. */
export const confirmed: OwnerField = {
  group: true,
  draw: ({ name, spec, typed, described, scene }) =>
    html`<label class="pick"><input type="checkbox" id="${name}" name="${name}" value="yes"${when(
      typed.text(name) === 'yes',
      'checked',
    )}${described}><span>${spec.label[scene.lang]}</span></label>`,
  read: (name, _spec, posted) => (posted.text(name) === 'yes' ? true : undefined),
  fill: (name, value) => (value === true ? [[name, 'yes']] : []),
  show: (value, _spec, { speak }) => (value === true ? speak('yes') : ''),
};

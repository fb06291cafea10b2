import { html, lines, when } from '../html.ts';
import { asText, type OwnerField } from './owner-field.ts';

/** Several items, one a line. */
export const list: OwnerField = {
  group: false,
  draw: ({ name, required, typed, described, scene }) =>
    html`<textarea id="${name}" name="${name}" rows="4" placeholder="${scene.speak('oneALine')}"${when(
      required,
      'aria-required="true"',
    )}${described}>${`\n${typed.text(name)}`}</textarea>`,
  read: (name, _spec, posted) => {
    const items = posted
      .text(name)
      .split('\n')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    return items.length > 0 ? items : undefined;
  },
  fill: (name, value) => [[name, Array.isArray(value) ? value.map(asText).join('\n') : asText(value)]],
  show: (value) =>
    Array.isArray(value) ? html`<ol>${value.map((item) => html`<li>${asText(item)}</li>`)}</ol>` : lines(asText(value)),
};

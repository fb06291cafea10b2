import { html, lines, when } from '../html.ts';
import { asText, given, type OwnerField } from './owner-field.ts';

// What browsers may offer from the person's own address book.
const KNOWN: Record<string, string> = { contactName: 'name', email: 'email', phone: 'tel' };

/** One line of words, or several. */
export const text: OwnerField = {
  group: false,
  draw: ({ name, spec, required, typed, described }) => {
    const must = when(required, 'aria-required="true"');
    if (spec.long === true)
      return html`<textarea id="${name}" name="${name}" rows="5"${must}${described}>${`\n${typed.text(name)}`}</textarea>`;
    const known = KNOWN[name.replace(/^f\./, '')];
    return html`<input id="${name}" name="${name}" type="text" value="${typed.text(name)}"${
      known ? html` autocomplete="${known}"` : ''
    }${must}${described}>`;
  },
  read: (name, _spec, posted) => given(posted.text(name)),
  fill: (name, value) => [[name, asText(value)]],
  show: (value) => lines(asText(value)),
};

const line = (type: string, known: string): OwnerField => ({
  ...text,
  draw: ({ name, required, typed, described }) =>
    html`<input id="${name}" name="${name}" type="${type}" inputmode="${type}" autocomplete="${known}" value="${typed.text(name)}"${when(
      required,
      'aria-required="true"',
    )}${described}>`,
});

/** A telephone number. */
export const phone = line('tel', 'tel');

/** An e-mail address. Browsers must not refuse it in their own words, so forms carry `novalidate`. */
export const email = line('email', 'email');

import type { Value } from '#case/event.ts';
import type { Text } from '#kernel/text.ts';
import { html, when } from '../html.ts';
import { asText, type OwnerField } from './owner-field.ts';

const isLine = (value: Value): value is { what: Value; amount: Value } =>
  typeof value === 'object' && value !== null && 'what' in value && 'amount' in value;
const linesOf = (value: Value): { what: Value; amount: Value }[] => (Array.isArray(value) ? value : []).filter(isLine);

/** Lines of words with a number each, one a line, the number last: 更换水嘴 35. */
export const amounts: OwnerField = {
  group: false,
  draw: ({ name, required, typed, described, scene }) =>
    html`<textarea id="${name}" name="${name}" rows="4" placeholder="${scene.speak('amountALine')}"${when(
      required,
      'aria-required="true"',
    )}${described}>${`\n${typed.text(name)}`}</textarea>`,
  read: (name, _spec, posted) => {
    const lines = posted
      .text(name)
      .normalize('NFKC')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length === 0) return undefined;
    return lines.map((line) => {
      const cut = /^(.*\S)\s+(-?\d+(?:\.\d+)?)$/.exec(line);
      // A line without a number goes on as typed, so that the engine can say what is missing.
      return cut ? { what: cut[1] ?? '', amount: Number(cut[2]) } : { what: line, amount: null };
    });
  },
  fill: (name, value) => [
    [
      name,
      linesOf(value)
        .map(({ what, amount }) => `${asText(what)} ${asText(amount)}`)
        .join('\n'),
    ],
  ],
  show: (value, spec, { lang }) => {
    // The pack's schema admits nothing else as a unit.
    const unit = (spec.unit as Text | undefined)?.[lang] ?? '';
    return html`<ul>${linesOf(value).map(
      ({ what, amount }) => html`<li>${asText(what)}${lang === 'zh' ? '：' : ': '}${asText(amount)} ${unit}</li>`,
    )}</ul>`;
  },
};

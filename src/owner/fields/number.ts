import type { Text } from '#kernel/text.ts';
import { html, when } from '../html.ts';
import { asText, given, type OwnerField } from './owner-field.ts';

const unitOf = (unit: unknown): Text | undefined =>
  typeof unit === 'object' && unit !== null && 'zh' in unit && 'en' in unit
    ? { zh: String(unit.zh), en: String(unit.en) }
    : undefined;

/** A number with its unit. What is no number goes on as typed, so that the engine can say so. */
export const number: OwnerField = {
  group: false,
  draw: ({
    name,
    spec,
    required,
    typed,
    described,
    scene,
  }) => html`<span class="unit"><input id="${name}" name="${name}"
    type="text" inputmode="decimal" value="${typed.text(name)}"${when(required, 'aria-required="true"')}${described}>
    ${unitOf(spec.unit)?.[scene.lang]}</span>`,
  read: (name, _spec, posted) => {
    const typed = given(posted.text(name).normalize('NFKC'));
    return typed === undefined ? undefined : Number.isFinite(Number(typed)) ? Number(typed) : typed;
  },
  fill: (name, value) => [[name, asText(value)]],
  show: (value, spec, { lang }) => `${asText(value)} ${unitOf(spec.unit)?.[lang] ?? ''}`.trim(),
};

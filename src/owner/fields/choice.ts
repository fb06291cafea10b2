import { readPath } from '#case/paths.ts';
import { titleOfTerm } from '#case/values.ts';
import type { Text } from '#kernel/text.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import { flatten } from '#policy/language/taxonomy.ts';
import { type Html, html, when } from '../html.ts';
import { asText, type Drawn, type FieldScene, given, type OwnerField } from './owner-field.ts';

interface Option {
  value: string;
  label: string;
}

// Labels that leave room for two beside each other on a phone.
const SHORT = 9;

/** Large touchable circles. */
export const radios = ({ name, typed, described }: Drawn, options: readonly Option[]): Html =>
  html`<div class="picks${options.every(({ label }) => label.length <= SHORT) ? ' short' : ''}"${described}>${options.map(
    ({ value, label }, i) =>
      html`<label class="pick"><input type="radio" name="${name}" value="${value}"${
        i === 0 ? html` id="${name}"` : ''
      }${when(typed.text(name) === value, 'checked')}><span>${label}</span></label>`,
  )}</div>`;

// The pack's schema guarantees this shape for fields of type choice.
const optionsOf = (spec: FieldSpec): { value: string; label: Text }[] =>
  spec.options as { value: string; label: Text }[];

/** One of a short list. */
export const choice: OwnerField = {
  group: true,
  draw: (field) =>
    radios(
      field,
      optionsOf(field.spec).map(({ value, label }) => ({ value, label: label[field.scene.lang] })),
    ),
  read: (name, _spec, posted) => given(posted.text(name)),
  fill: (name, value) => [[name, asText(value)]],
  show: (value, spec, { lang }) =>
    optionsOf(spec).find((option) => option.value === value)?.label[lang] ?? asText(value),
};

/** Several of a short list: boxes to tick. */
export const choices: OwnerField = {
  group: true,
  draw: ({ name, spec, typed, described, scene }) =>
    html`<div class="picks"${described}>${optionsOf(spec).map(
      ({ value, label }, i) =>
        html`<label class="pick"><input type="checkbox" name="${name}" value="${value}"${
          i === 0 ? html` id="${name}"` : ''
        }${when(typed.all(name).includes(value), 'checked')}><span>${label[scene.lang]}</span></label>`,
    )}</div>`,
  read: (name, _spec, posted) => (posted.has(name) ? [...posted.all(name)] : undefined),
  fill: (name, value) => (Array.isArray(value) ? value.map((one): [string, string] => [name, asText(one)]) : []),
  show: (value, spec, scene) =>
    (Array.isArray(value) ? value : [value])
      .map((one) => choice.show(one, spec, scene))
      .join(scene.lang === 'zh' ? '、' : ', '),
};

/** A term of a taxonomy, offered under the terms it belongs to. */
export const category: OwnerField = {
  group: false,
  draw: ({ name, spec, typed, described, scene }) => {
    const terms = scene.pack.taxonomies[String(spec.of)]?.terms ?? [];
    const option = (path: string, label: string): Html =>
      html`<option value="${path}"${when(typed.text(name) === path, 'selected')}>${label}</option>`;
    return html`<select id="${name}" name="${name}"${described}><option value="">${scene.speak('please')}</option>${terms.map(
      (term) =>
        term.terms.length === 0
          ? option(term.id, term.title[scene.lang])
          : html`<optgroup label="${term.title[scene.lang]}">${flatten(term.terms, `${term.id}/`).map(
              ({ path, term: inner }) => option(path, inner.title[scene.lang]),
            )}</optgroup>`,
    )}</select>`;
  },
  read: (name, _spec, posted) => given(posted.text(name)),
  fill: (name, value) => [[name, asText(value)]],
  show: (value, spec, scene) => titleOfTerm(scene, String(spec.of), asText(value))[scene.lang],
};

const itemsAt = (spec: FieldSpec, { state, pack }: FieldScene): string[] => {
  const items = readPath(String(spec.from), { state, pack, values: {} });
  return Array.isArray(items) ? items.map(asText) : [];
};

/** An item of a list that the case already holds. */
export const oneOf: OwnerField = {
  ...choice,
  draw: (field) =>
    radios(
      field,
      itemsAt(field.spec, field.scene).map((item) => ({ value: item, label: item })),
    ),
  show: asText,
};

/** Yes or no. */
export const flag: OwnerField = {
  group: true,
  draw: (field) =>
    radios(field, [
      { value: 'yes', label: field.scene.speak('yes') },
      { value: 'no', label: field.scene.speak('no') },
    ]),
  read: (name, _spec, posted) => {
    const said = posted.text(name);
    return said === 'yes' ? true : said === 'no' ? false : undefined;
  },
  fill: (name, value) => [[name, value === true ? 'yes' : 'no']],
  show: (value, _spec, { speak }) => speak(value === true ? 'yes' : 'no'),
};

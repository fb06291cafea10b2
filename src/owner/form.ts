import type { Value, Values } from '#case/event.ts';
import { holds } from '#case/guard.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import { type Guard, guardPaths } from '#policy/language/guard.ts';
import type { FieldScene } from './fields/owner-field.ts';
import { isOffered, ownerFields } from './fields/registry.ts';
import { type Html, html } from './html.ts';
import type { Posted } from './posted.ts';

export type Fields = { [name: string]: FieldSpec };

/** Name of the control of a field; controls of the page itself begin otherwise. */
export const controlOf = (field: string): string => `f.${field}`;

/** What is wrong, in the reader's language, by field; faults of no field stand under ''. */
export type Faults = ReadonlyMap<string, readonly string[]>;

/** Every fault of a refusal by the field it names. */
export function faultsOf(
  refusal: Refusal,
  fields: Fields,
  { lang, speak }: Pick<FieldScene, 'lang' | 'speak'>,
): Faults {
  const faults = new Map<string, string[]>();
  for (const { code, field: named = '', message } of [refusal, ...(refusal.also ?? [])]) {
    const field = fields[named] ? named : '';
    const unsigned = code === 'field.required' && fields[named]?.type === 'signature';
    faults.set(field, [...(faults.get(field) ?? []), unsigned ? speak('signMissing') : message[lang]]);
  }
  return faults;
}

/** Two lists of faults as one. */
export const together = (a: Faults, b: Faults): Faults =>
  new Map(
    [...new Set([...a.keys(), ...b.keys()])].map((field) => [
      field,
      [...(a.get(field) ?? []), ...(b.get(field) ?? [])],
    ]),
  );

/** The list of faults above a form, each leading to its field. */
export function drawFaults(faults: Faults, scene: FieldScene): Html {
  if (faults.size === 0) return html``;
  const n = [...faults.values()].flat().length;
  return html`<div class="faults" role="alert" tabindex="-1" id="faults"><h2>${scene.speak('faultsTitle')}</h2>
    <p>${scene.speak('faults', { n })}</p><ul>${[...faults].flatMap(([field, messages]) =>
      messages.map((message) =>
        field === '' ? html`<li>${message}</li>` : html`<li><a href="#${controlOf(field)}">${message}</a></li>`,
      ),
    )}</ul></div>`;
}

/** Which fields are drawn, and whether they must be filled: conditions that look at other fields of the same form are left open. */
export interface FormState {
  typed: Posted;
  faults: Faults;
  scene: FieldScene;
  /** Values chosen before the form was opened, which settle conditions. */
  chosen?: Values;
}

/** Draws the fields a person outside can fill in. */
export function drawFields(fields: Fields, form: FormState): Html {
  return html`${Object.entries(fields).map(([name, spec]) => drawField(name, spec, form))}`;
}

function drawField(field: string, spec: FieldSpec, form: FormState): Html | null {
  const { scene, typed, faults, chosen = {} } = form;
  if (!isOffered(spec.type) || chosen[field] !== undefined) return null;
  const shown = settled(spec.shown, scene, chosen);
  if (shown === false) return null;
  const must = typeof spec.required === 'boolean' ? spec.required : settled(spec.required, scene, chosen);
  const required = must === true;
  const name = controlOf(field);
  const kind = ownerFields[spec.type];
  const { lang, speak } = scene;
  const wrong = faults.get(field) ?? [];
  const hint = spec.hint?.[lang];
  const ids = [hint !== undefined && `${name}.hint`, wrong.length > 0 && `${name}.fault`].filter((id) => id !== false);
  const described = html`${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}${wrong.length > 0 && html` aria-invalid="true"`}`;
  const heading = html`${spec.label[lang]}${must === false && html` <small>${speak('optional')}</small>`}`;
  const below = html`${shown === undefined && html`<p class="hint">${speak('onlyIf')}</p>`}${hint !== undefined && html`<p class="hint" id="${name}.hint">${hint}</p>`}${
    wrong.length > 0 && html`<p class="fault" id="${name}.fault">${wrong.join(' ')}</p>`
  }`;
  const bad = wrong.length > 0 ? ' bad' : '';
  const drawn = { name, spec, required, typed, scene };
  if (kind.group)
    return html`<fieldset class="field${bad}"${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}><legend>${heading}</legend>${below}${kind.draw(
      { ...drawn, described: html`` },
    )}</fieldset>`;
  return html`<div class="field${bad}"><label for="${name}">${heading}</label>${below}${kind.draw({ ...drawn, described })}</div>`;
}

/** Whether a condition holds; undefined while it still depends on what is being typed. */
function settled(guard: Guard | undefined, scene: FieldScene, chosen: Values): boolean | undefined {
  if (guard === undefined) return true;
  const open = guardPaths(guard).some((path) => path.startsWith('values.') && chosen[path.slice(7)] === undefined);
  return open ? undefined : holds(guard, { state: scene.state, values: chosen, pack: scene.pack });
}

/** What was entered, field by field, for the engine to judge. */
export function readFields(fields: Fields, posted: Posted, scene: FieldScene): Values {
  const values: Values = {};
  for (const [field, spec] of Object.entries(fields)) {
    const value: Value | undefined = ownerFields[spec.type].read(controlOf(field), spec, posted, scene);
    if (value !== undefined) values[field] = value;
  }
  return values;
}

/** Values the case already has, as if they had been typed. */
export const fillFields = (fields: Fields, values: Values): [string, string][] =>
  Object.entries(values).flatMap(([field, value]) => {
    const spec = fields[field];
    return spec ? ownerFields[spec.type].fill(controlOf(field), value, spec) : [];
  });

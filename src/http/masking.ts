import type { Value, Values } from '#case/event.ts';
import { mask, maskInText, type PersonalKind } from '#directory/mask.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import type { WireValue, WireValues } from './contract/common.ts';
import { wire } from './moment.ts';

export type Fields = { [name: string]: FieldSpec };

/** How values are shown: masked; in clear after a disclosure; or with everything personal left out. */
export type Show = 'masked' | 'clear' | 'without';

const KINDS: { [type: string]: PersonalKind } = { phone: 'phone', email: 'email', place: 'room' };

/** Values of form fields as they travel, with the names of those that were masked or left out. */
export function wireValues(values: Values, fields: Fields, show: Show): { values: WireValues; masked: string[] } {
  const shown: WireValues = {};
  const masked: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const spec = fields[name];
    if (value === null || value === undefined) continue;
    // A signature carries the name of whoever signed, whatever the pack says.
    if (!(spec?.personal || spec?.type === 'signature') || show === 'clear') {
      shown[name] = show === 'clear' ? wireValue(value, spec) : hidePhones(wireValue(value, spec));
      continue;
    }
    masked.push(name);
    if (show === 'masked') shown[name] = maskValue(value, spec, name);
  }
  return { values: shown, masked };
}

function wireValue(value: Value, spec: FieldSpec | undefined): WireValue {
  return spec?.type === 'instant' && typeof value === 'number' ? wire(value) : value;
}

/** Telephone numbers that people write into free text. */
function hidePhones(value: WireValue): WireValue {
  if (typeof value === 'string') return maskInText(value);
  return Array.isArray(value) ? value.map(hidePhones) : value;
}

/** One personal value, masked by what it is; what it is not made of words is hidden whole. */
export function maskValue(value: Value, spec: FieldSpec, name: string): WireValue {
  if (typeof value === 'string') {
    const kind = KINDS[spec.type] ?? (spec.type === 'text' && /name$/i.test(name) ? 'name' : 'text');
    return mask(kind, value);
  }
  if (spec.type === 'place' && isRecord(value))
    return { premisesId: null, text: mask('room', String(value.text ?? '')) };
  if (spec.type === 'signature' && isRecord(value))
    return { ...value, signer: mask('name', String(value.signer ?? '')), witness: null, attachment: null };
  return null;
}

const isRecord = (value: Value): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

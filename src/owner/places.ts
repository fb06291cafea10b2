import type { Values } from '#case/event.ts';
import { placeOfDoor, placesUnder, searchPlaces } from '#directory/premises.ts';
import { type Whereto, whichCompany } from '#directory/which-company.ts';
import type { OwnerDeps } from './deps.ts';
import type { Whereabouts } from './fields/owner-field.ts';
import type { Fields } from './form.ts';

/** Where somebody reports from, and to which company. */
export interface Entrance {
  tenant: string;
  where: Whereabouts;
  /** Whether a code at a door led here. */
  scanned: boolean;
}

/** The door, lobby or machine whose code was scanned; null when nobody knows the code. */
export async function entranceOfDoor(deps: OwnerDeps, code: string): Promise<Entrance | null> {
  const found = await placeOfDoor(deps.pool, code);
  if (!found) return null;
  const { tenant, place, equipment } = found;
  const text = equipment ? `${place.fullName} ${equipment.name}` : place.fullName;
  return { tenant, scanned: true, where: { here: { premisesId: place.id, text }, estates: [] } };
}

/** The company's own address: see `whichCompany`. Null when nothing says which company is meant. */
export async function entranceOfCompany(deps: OwnerDeps, to: Whereto): Promise<Entrance | null> {
  const company = await whichCompany(deps.pool, to);
  if (!company) return null;
  const estates = await placesUnder(deps.pool, company.tenant, null);
  return {
    tenant: company.tenant,
    scanned: false,
    where: { here: null, estates: estates.map(({ id, name }) => ({ id, name })) },
  };
}

/** Finds the premises row behind a place that was given in words. Only one that fits is taken: a wrong room is worse than none. */
export async function locate(deps: OwnerDeps, tenant: string, fields: Fields, values: Values): Promise<Values> {
  const found: Values = { ...values };
  for (const [field, spec] of Object.entries(fields)) {
    const value = values[field];
    if (spec.type !== 'place' || typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    if (value.premisesId !== null || typeof value.text !== 'string') continue;
    const [first, second] = await searchPlaces(deps.pool, tenant, value.text, 2);
    const exact = first && (!second || plain(first.fullName) === plain(value.text));
    if (exact) found[field] = { ...value, premisesId: first.id };
  }
  return found;
}

/** 锦绣花园 3栋 2-502 and 锦绣花园3栋2单元502 name the same room. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s单元室号楼栋幢座-]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replaceAll(' ', '');

import type { Pool } from 'pg';
import type { Values } from '#case/event.ts';
import { withTenant } from '#db/pool.ts';
import { searchPlaces } from '#directory/premises.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { attributeFields, isPast, placeField, readAttribute } from './attributes.ts';
import type { Service } from './services.ts';

/** Characters of a description, by the specification. */
const LONGEST = 4000;

/** Where the answer is looked for and what is known besides the request itself. */
export interface Around {
  pool: Pool;
  tenant: string;
  estate: { id: string; name: string } | null;
  receivedAt: Instant;
}

/** Turns the arguments of a request into the intake fields of its service. Refuses with open311.*, naming the argument. */
export async function toValues(sent: URLSearchParams, service: Service, around: Around): Promise<Result<Values>> {
  const { fields } = service.procedure.intake;
  const values: Values = {};
  const given = (name: string): string => (sent.get(name) ?? '').trim();
  const set = (field: string, words: string): void => {
    if (fields[field] && words !== '') values[field] = words;
  };
  if ([...given('description')].length > LONGEST) return refuse(tooLong);
  const place = await placeOf(given, around);
  if (!place.ok) return place;
  const field = placeField(fields);
  if (field !== undefined) values[field] = place.value;
  const media = given('media_url');
  set(
    'content',
    [given('description') || service.name.zh, ...(media === '' ? [] : [`（照片链接：${media}）`])].join('\n'),
  );
  set('contactName', nameOf(given('first_name'), given('last_name')));
  set('contactPhone', given('phone'));
  set('contactEmail', given('email'));
  if (service.category) values[service.category.field] = service.category.path;
  const offered = new Map(attributeFields(fields, service.category?.field));
  for (const [code, all] of attributesIn(sent)) {
    const spec = offered.get(code);
    if (!spec) return refuse(unknownAttribute(code, [...offered.keys()]));
    const value = readAttribute(spec, all);
    if (value !== undefined) values[code] = value;
  }
  for (const [name, spec] of offered)
    if (isPast(spec) && spec.required === true && values[name] === undefined) values[name] = around.receivedAt;
  return accept(values);
}

/** attribute[code]=value, and attribute[code][]=value several times. */
export function attributesIn(sent: URLSearchParams): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of sent) {
    const code = /^attribute\[([^\]]+)\](?:\[\])?$/.exec(name)?.[1];
    if (code !== undefined) found.set(code, [...(found.get(code) ?? []), value]);
  }
  return found;
}

/** Chinese names are written in one, the family name first. */
const nameOf = (first: string, last: string): string =>
  /\p{Script=Han}/u.test(first + last) ? `${last}${first}` : [first, last].filter(Boolean).join(' ');

async function placeOf(
  given: (name: string) => string,
  around: Around,
): Promise<Result<{ premisesId: string | null; text: string }>> {
  const { pool, tenant, estate } = around;
  const id = given('address_id');
  if (id !== '') {
    const found = await placeWithin(pool, tenant, id);
    if (!found || (estate && found.estateId !== estate.id)) return refuse(unknownAddress(id));
    return accept({ premisesId: found.id, text: found.fullName });
  }
  const said = given('address_string');
  const [lat, long] = [given('lat'), given('long')];
  if (said !== '') {
    const whole = estate && !said.includes(estate.name) ? `${estate.name}${said}` : said;
    const [first, second] = await searchPlaces(pool, tenant, whole, 2);
    // A wrong room is worse than none.
    const exact = first && (!second || first.fullName.length < second.fullName.length);
    return accept({ premisesId: exact ? first.id : null, text: first && exact ? first.fullName : whole });
  }
  if (lat === '' && long === '') return refuse(noPlace);
  if (!isCoordinate(lat, 90) || !isCoordinate(long, 180)) return refuse(badPlace);
  return accept({ premisesId: estate?.id ?? null, text: `${estate?.name ?? ''}坐标 ${lat}, ${long}` });
}

const isCoordinate = (words: string, most: number): boolean =>
  /^-?\d{1,3}(\.\d{1,12})?$/.test(words) && Math.abs(Number(words)) <= most;

/** A place by its id or its code, and the estate it lies in. */
async function placeWithin(
  pool: Pool,
  tenant: string,
  id: string,
): Promise<{ id: string; fullName: string; estateId: string } | undefined> {
  return withTenant(pool, tenant, async (client) => {
    const found = await client.query<{ id: string; fullName: string; estateId: string }>(
      `with recursive above as (
         select premises_id, parent_id, premises_id as start, full_name from huiyin.premises
          where tenant_id = $1 and (premises_id::text = $2 or code = $2)
         union all
         select m.premises_id, m.parent_id, a.start, a.full_name from huiyin.premises m
           join above a on m.premises_id = a.parent_id where m.tenant_id = $1)
       select start as id, full_name as "fullName", premises_id as "estateId" from above where parent_id is null`,
      [tenant, id],
    );
    return found.rows[0];
  });
}

const noPlace = refusal(
  'open311.noLocation',
  text('请给出 address_id、address_string 或 lat 与 long', 'Send address_id, address_string, or lat and long'),
);
const badPlace = refusal(
  'open311.badLocation',
  text('lat 与 long 须是 WGS84 坐标', 'lat and long must be WGS84 coordinates'),
);
const tooLong = refusal(
  'open311.tooLong',
  text(`description 最多 ${LONGEST} 个字`, `description has at most ${LONGEST} characters`),
);
const unknownAddress = (id: string): Refusal =>
  refusal('open311.unknownAddress', text(`没有 address_id ${id} 这个地点`, `There is no place with address_id ${id}`));
const unknownAttribute = (code: string, known: readonly string[]): Refusal =>
  refusal(
    'open311.unknownAttribute',
    text(
      `没有 attribute[${code}]；可填：${known.join('、')}`,
      `There is no attribute[${code}]; there are: ${known.join(', ')}`,
    ),
  );

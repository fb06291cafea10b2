import type { Pool } from 'pg';
import type { CaseState } from '#case/state.ts';
import { withTenant } from '#db/pool.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import { parseIso } from '#policy/fields/moment.ts';
import type { Fault } from './answers.ts';
import type { Jurisdiction } from './jurisdiction.ts';
import type { Service } from './services.ts';

/** Days a query may span and requests it may answer, whichever is less. */
export const MOST_DAYS = 90;
export const MOST_REQUESTS = 1000;

/** Which requests were asked for. */
export interface Query {
  /** Case numbers; when given nothing else counts. */
  ids: readonly string[] | null;
  codes: readonly string[] | null;
  from: Instant;
  to: Instant;
  statuses: readonly string[] | null;
  page: number;
  size: number;
}

/** A request that was found. */
export interface Found {
  state: CaseState;
  open: boolean;
  category: string | null;
  changedAt: Instant;
  /** The building it lies in, or the place itself where it lies in none; null when it is not known. */
  place: { id: string; name: string } | null;
  estate: string | null;
}

const commaList = (words: string | null): string[] | null => {
  const parts = (words ?? '').split(',').flatMap((part) => part.trim() || []);
  return parts.length === 0 ? null : parts;
};
const fault = (zh: string, en: string): Fault => ({ code: 400, description: `${zh} / ${en}` });

/** Reads the arguments of a query. An empty one is the same as one that was not sent. */
export function readQuery(sent: URLSearchParams, now: Instant): Query | Fault[] {
  const faults: Fault[] = [];
  const moment = (name: string): Instant | null => {
    const words = sent.get(name)?.trim() ?? '';
    if (words === '') return null;
    const at = /(Z|[+-]\d\d:?\d\d)$/.test(words) ? parseIso(words) : Number.NaN;
    if (Number.isNaN(at))
      faults.push(fault(`${name} 应形如 2026-01-01T00:00:00Z`, `${name} must look like 2026-01-01T00:00:00Z`));
    return at;
  };
  const count = (name: string, usual: number, most: number): number => {
    const words = sent.get(name)?.trim() ?? '';
    if (words === '') return usual;
    const n = /^\d{1,6}$/.test(words) ? Number(words) : 0;
    if (n < 1 || n > most) faults.push(fault(`${name} 应为 1–${most}`, `${name} must be 1–${most}`));
    return n;
  };
  const span = MOST_DAYS * DAY;
  const [start, end] = [moment('start_date'), moment('end_date')];
  const to = end ?? (start === null ? now : Math.min(now, start + span));
  const from = start ?? to - span;
  if (to - from > span) faults.push(fault(`一次最多 ${MOST_DAYS} 天`, `A query spans at most ${MOST_DAYS} days`));
  const statuses = commaList(sent.get('status'));
  if (statuses?.some((status) => status !== 'open' && status !== 'closed'))
    faults.push(fault('status 只有 open 和 closed', 'status is open or closed'));
  const page = count('page', 1, 100_000);
  const size = count('page_size', MOST_REQUESTS, MOST_REQUESTS);
  if (faults.length > 0) return faults;
  const ids = commaList(sent.get('service_request_id'));
  return {
    ids: ids?.slice(0, MOST_REQUESTS) ?? null,
    codes: commaList(sent.get('service_code')),
    from,
    to,
    statuses,
    page,
    size,
  };
}

interface Row extends Omit<Found, 'place'> {
  placeId: string | null;
  placeName: string | null;
}

/**
 * The requests of a jurisdiction that fit, newest first. `own` leaves only what came by Open311 itself: all that
 * somebody without a key may ask about.
 */
export async function findRequests(
  pool: Pool,
  { tenant, estate }: Jurisdiction,
  query: Query,
  services: readonly Service[],
  own: boolean,
): Promise<Found[]> {
  const asked = query.codes === null ? services : services.filter(({ code }) => query.codes?.includes(code));
  const open = query.statuses === null ? null : [query.statuses.includes('open'), query.statuses.includes('closed')];
  const found = await withTenant(pool, tenant, (client) =>
    client.query<Row>(
      `with found as materialized (
         select c.id, c.state, c.open, c.category, c.changed_at, c.premises_id, c.received_at from huiyin.case_file c
         where c.tenant_id = $1
           and (c.pack, c.matter) in (select * from unnest($2::text[], $3::text[]))
           and ($4::text[] is null or c.number = any ($4))
           and ($4::text[] is not null or (c.received_at between huiyin.instant($5) and huiyin.instant($6)
             and ($7::boolean is null or ($7 and c.open) or ($8 and not c.open))
             and ($9::text[] is null or (c.pack || '.' || c.matter || coalesce('.' || replace(c.category, '/', '.'), '')) = any ($9))))
           and (not $10 or exists (select from huiyin.open311_request r where r.tenant_id = $1 and r.new_case_id = c.id))
       ), up as (
         with recursive above as (
           select premises_id as start, premises_id, parent_id, kind, full_name, 0 as height from huiyin.premises
            where tenant_id = $1 and premises_id::text in (select premises_id from found)
           union all
           select a.start, m.premises_id, m.parent_id, m.kind, m.full_name, a.height + 1 from huiyin.premises m
             join above a on m.premises_id = a.parent_id where m.tenant_id = $1)
         select start::text,
           (array_agg(full_name) filter (where parent_id is null))[1] as estate,
           (array_agg(premises_id) filter (where parent_id is null))[1] as estate_id,
           (array_agg(premises_id order by height desc) filter (where kind in ('building', 'place', 'estate') and (kind <> 'estate' or height = 0)))[1] as id,
           (array_agg(full_name order by height desc) filter (where kind in ('building', 'place', 'estate') and (kind <> 'estate' or height = 0)))[1] as name
         from above group by start)
       select f.state, f.open, f.category, f.changed_at as "changedAt", up.estate, up.id as "placeId", up.name as "placeName"
       from found f left join up on up.start = f.premises_id
       where $11::uuid is null or up.estate_id = $11
       order by f.received_at desc, f.id limit $12 offset $13`,
      [
        tenant,
        asked.map(({ pack }) => pack.pack),
        asked.map(({ matter }) => matter),
        query.ids,
        query.from,
        query.to,
        open?.[0] ?? null,
        open?.[1] ?? null,
        query.codes,
        own,
        estate?.id ?? null,
        query.size,
        (query.page - 1) * query.size,
      ],
    ),
  );
  return found.rows.map(({ placeId, placeName, ...rest }) => ({
    ...rest,
    place: placeId === null || placeName === null ? null : { id: placeId, name: placeName },
  }));
}

import type { PoolClient } from 'pg';
import type { Staffing } from './rows.ts';

const epoch = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;
const list = (fields: string, from: string, order: string): string =>
  `(select coalesce(json_agg(json_build_object(${fields}) order by ${order}), '[]') from huiyin.${from} where tenant_id = $1)`;

// One round trip, because it runs again after every change of the organisation.
const ALL = `select
  ${list(`'code', code, 'kind', kind, 'name', name_zh, 'nameEn', name_en, 'retired', retired_at is not null`, 'skill', 'kind, code')} as skills,
  ${list(
    `'id', person_skill_id, 'personId', person_id, 'skill', skill, 'certificateNumber', certificate_number,
      'from', from_date, 'expiresOn', expires_on`,
    'person_skill',
    'skill, from_date, person_skill_id',
  )} as held,
  ${list(
    `'id', pattern_id, 'name', name_zh, 'nameEn', name_en, 'cycleDays', cycle_days, 'retired', retired_at is not null,
      'parts', (select coalesce(json_agg(json_build_object('day', p.day, 'fromMinute', p.from_minute, 'toMinute', p.to_minute,
        'name', p.name_zh, 'nameEn', p.name_en) order by p.day, p.from_minute), '[]')
        from huiyin.shift_pattern_part p where p.tenant_id = $1 and p.pattern_id = shift_pattern.pattern_id)`,
    'shift_pattern',
    'name_zh',
  )} as patterns,
  ${list(
    `'id', assignment_id, 'personId', person_id, 'patternId', pattern_id, 'from', from_date, 'to', to_date, 'anchor', anchor_date`,
    'shift_assignment',
    'from_date, assignment_id',
  )} as assignments,
  ${list(
    `'id', swap_id, 'giverId', giver_id, 'takerId', taker_id, 'on', on_date, 'inReturnOn', in_return_on, 'status', status`,
    'shift_swap',
    'asked_at, swap_id',
  )} as swaps,
  ${list(
    `'id', absence_id, 'personId', person_id, 'kind', kind, 'from', ${epoch('from_at')}, 'to', ${epoch('to_at')},
      'reason', reason, 'status', status`,
    'absence',
    'from_at, absence_id',
  )} as absences,
  ${list(
    `'id', substitution_id, 'personId', person_id, 'substituteId', substitute_id, 'posts', posts, 'from', from_date,
      'to', to_date, 'reason', reason, 'ended', ended_at is not null`,
    'substitution',
    'from_date, substitution_id',
  )} as substitutions,
  ${list(
    `'id', limit_id, 'post', post, 'personId', person_id, 'decision', decision, 'upToFen', up_to_fen, 'from', from_date, 'to', to_date`,
    'authority_limit',
    'decision, from_date, limit_id',
  )} as limits,
  ${list(
    `'id', territory_id, 'name', name_zh, 'nameEn', name_en, 'retired', retired_at is not null,
      'places', (select coalesce(json_agg(p.premises_id order by p.premises_id), '[]') from huiyin.territory_place p
        where p.tenant_id = $1 and p.territory_id = territory.territory_id),
      'crews', (select coalesce(json_agg(json_build_object('unitId', c.unit_id, 'from', c.from_date, 'to', c.to_date)
        order by c.from_date, c.unit_id), '[]') from huiyin.territory_crew c
        where c.tenant_id = $1 and c.territory_id = territory.territory_id)`,
    'territory',
    'name_zh',
  )} as territories,
  (select json_build_object('daysBefore', days_before, 'atMinute', at_minute) from huiyin.certificate_rules
    where tenant_id = $1) as "expiryRules"`;

/** All that a company has said about staffing. The connection must be inside a transaction of the tenant. */
export async function readStaffing(client: PoolClient, tenant: string): Promise<Staffing> {
  const [row] = (await client.query<Staffing>(ALL, [tenant])).rows;
  if (!row) throw new Error('a select without a from clause answers one row');
  return row;
}

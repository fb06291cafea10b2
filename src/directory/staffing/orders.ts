// Longer than usual: every way to say something about staffing, side by side, each a few lines of SQL.
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { localDate } from '#clock/civil.ts';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { insertRows } from '../rows.ts';
import { forgetCertificate, watchCertificates } from './expiry-timer.ts';
import { watchLeave } from './leave-timer.ts';
import type { AbsenceKind } from './rows.ts';

/** Something that is said about who can do what, and when. Dates are local and inclusive; absent `to`: until further notice. */
export type StaffingOrder =
  | { type: 'nameSkill'; code: string; kind: 'skill' | 'qualification'; zh: string; en?: string | undefined }
  | { type: 'retireSkill'; code: string }
  | {
      type: 'grantSkill';
      personId: string;
      skill: string;
      certificateNumber?: string | undefined;
      from?: string | undefined;
      expiresOn?: string | undefined;
    }
  | { type: 'withdrawSkill'; id: string }
  | { type: 'warnOfExpiry'; daysBefore: number[]; atMinute: number }
  | { type: 'makePattern'; zh: string; en?: string | undefined; cycleDays: number; parts: readonly NewPart[] }
  | { type: 'retirePattern'; id: string }
  | {
      type: 'assignPattern';
      personId: string;
      patternId: string;
      from: string;
      to?: string | undefined;
      anchor?: string | undefined;
    }
  | { type: 'endAssignment'; id: string; last: string }
  | { type: 'setWeek'; personId: string; shifts: readonly { weekday: number; fromMinute: number; toMinute: number }[] }
  | { type: 'askLeave'; personId: string; kind: AbsenceKind; from: Instant; to: Instant; reason?: string | undefined }
  | { type: 'decideLeave'; id: string; granted: boolean }
  | { type: 'withdrawLeave'; id: string }
  | { type: 'askSwap'; giverId: string; takerId: string; on: string; inReturnOn?: string | undefined }
  | { type: 'decideSwap'; id: string; agreed: boolean }
  | {
      type: 'substitute';
      personId: string;
      substituteId: string;
      posts?: string[] | undefined;
      from: string;
      to: string;
      reason?: string | undefined;
    }
  | { type: 'endSubstitution'; id: string }
  | {
      type: 'setLimit';
      post?: string | undefined;
      personId?: string | undefined;
      decision: string;
      upToFen: number | null;
    }
  | { type: 'endLimit'; id: string }
  | {
      type: 'nameTerritory';
      id?: string | undefined;
      zh: string;
      en?: string | undefined;
      places: string[];
      crews: string[];
    }
  | { type: 'retireTerritory'; id: string };

export interface NewPart {
  day: number;
  fromMinute: number;
  toMinute: number;
  zh?: string | undefined;
  en?: string | undefined;
}

/** Who says it, when, and whether he decides for himself or asks. `manages`: he may decide for that person. */
export interface StaffingContext {
  tenant: string;
  now: Instant;
  by: string;
  manages: boolean;
}

type Of<T extends StaffingOrder['type']> = Extract<StaffingOrder, { type: T }>;
type Doing = {
  [T in StaffingOrder['type']]: (client: PoolClient, ctx: StaffingContext, order: Of<T>) => Promise<Result<null>>;
};

/** Does what was said, or refuses with staffing.*; the caller has seen to it that he may say it. */
export function obey(client: PoolClient, ctx: StaffingContext, order: StaffingOrder): Promise<Result<null>> {
  // Each entry takes the order of its own name, which the compiler cannot follow through a union.
  const act = doing[order.type] as (
    client: PoolClient,
    ctx: StaffingContext,
    order: StaffingOrder,
  ) => Promise<Result<null>>;
  return act(client, ctx, order);
}

const done = accept(null);
const unknown = refusal(
  'staffing.unknown',
  text('没有这条记录：请刷新页面', 'There is no such entry: reload the page'),
);
const backwards = refusal(
  'staffing.backwards',
  text('截止早于开始：请改截止日期', 'The end is before the beginning: correct the end'),
  {
    field: 'to',
  },
);
const fault = (field: string, zh: string, en: string): Refusal => refusal(`staffing.${field}`, text(zh, en), { field });

const doing: Doing = {
  nameSkill: async (client, { tenant }, { code, kind, zh, en }) => {
    await client.query(
      `insert into huiyin.skill (tenant_id, code, kind, name_zh, name_en) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, code) do update set kind = $3, name_zh = $4, name_en = $5, retired_at = null`,
      [tenant, code, kind, zh, en ?? ''],
    );
    return done;
  },
  retireSkill: (client, ctx, { code }) =>
    stamp(client, ctx, 'update huiyin.skill set retired_at = $3 where tenant_id = $1 and code = $2', code),
  grantSkill: async (
    client,
    { tenant, now },
    { personId, skill, certificateNumber = '', from = localDate(now), expiresOn },
  ) => {
    if (expiresOn !== undefined && expiresOn < from) return refuse(backwards);
    const kind = (
      await client.query<{ kind: string }>('select kind from huiyin.skill where tenant_id = $1 and code = $2', [
        tenant,
        skill,
      ])
    ).rows[0]?.kind;
    if (kind === undefined) return refuse(fault('skill', '没有这项技能或资质', 'There is no such skill'));
    if (kind === 'qualification' && certificateNumber.trim() === '')
      return refuse(
        fault('certificateNumber', '资质须填写证书编号', 'A qualification needs the number of its certificate'),
      );
    await client.query(
      `insert into huiyin.person_skill (tenant_id, person_skill_id, person_id, skill, certificate_number, from_date, expires_on)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (tenant_id, person_id, skill, from_date) do update set certificate_number = $5, expires_on = $7`,
      [tenant, randomUUID(), personId, skill, certificateNumber.trim(), from, expiresOn ?? null],
    );
    await watchCertificates(client, tenant, now, { personId, skill });
    return done;
  },
  withdrawSkill: async (client, { tenant, now }, { id }) => {
    const gone = await client.query<{ personId: string; skill: string }>(
      `delete from huiyin.person_skill where tenant_id = $1 and person_skill_id = $2
       returning person_id as "personId", skill`,
      [tenant, id],
    );
    const [held] = gone.rows;
    if (!held) return refuse(unknown);
    await forgetCertificate(client, tenant, id);
    await watchCertificates(client, tenant, now, held);
    return done;
  },
  warnOfExpiry: async (client, { tenant, now, by }, { daysBefore, atMinute }) => {
    await client.query(
      `insert into huiyin.certificate_rules (tenant_id, days_before, at_minute, changed_at, changed_by)
       values ($1, $2, $3, $4, $5)
       on conflict (tenant_id) do update set days_before = $2, at_minute = $3, changed_at = $4, changed_by = $5`,
      [tenant, [...new Set(daysBefore)].sort((a, b) => b - a), atMinute, toTimestamp(now), by],
    );
    await watchCertificates(client, tenant, now);
    return done;
  },
  makePattern: async (client, { tenant }, { zh, en, cycleDays, parts }) => {
    const late = parts.find((part) => part.day >= cycleDays);
    if (late)
      return refuse(
        fault(
          'parts',
          `第 ${late.day + 1} 天超出循环 ${cycleDays} 天`,
          `Day ${late.day + 1} lies outside a cycle of ${cycleDays} days`,
        ),
      );
    if (parts.length === 0) return refuse(fault('parts', '请至少安排一个班', 'Plan at least one shift'));
    const made = await client.query<{ id: string }>(
      `insert into huiyin.shift_pattern (tenant_id, pattern_id, name_zh, name_en, cycle_days) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, name_zh) do nothing returning pattern_id as id`,
      [tenant, randomUUID(), zh, en ?? '', cycleDays],
    );
    const id = made.rows[0]?.id;
    if (id === undefined)
      return refuse(fault('zh', `已有班制“${zh}”，请换个名称`, `There is a pattern “${zh}” already`));
    await insertRows(
      client,
      'shift_pattern_part',
      tenant,
      parts.map((part) => ({
        pattern_id: id,
        day: part.day,
        from_minute: part.fromMinute,
        to_minute: part.toMinute,
        name_zh: part.zh ?? '',
        name_en: part.en ?? '',
      })),
    );
    return done;
  },
  retirePattern: (client, ctx, { id }) =>
    stamp(
      client,
      ctx,
      'update huiyin.shift_pattern set retired_at = $3 where tenant_id = $1 and pattern_id::text = $2',
      id,
    ),
  assignPattern: async (client, { tenant }, { personId, patternId, from, to, anchor }) => {
    if (to !== undefined && to < from) return refuse(backwards);
    // What ran until now ends the day before, so that nobody has two patterns on one day.
    await client.query(
      `update huiyin.shift_assignment set to_date = $3::date - 1
        where tenant_id = $1 and person_id = $2 and from_date < $3::date and (to_date is null or to_date >= $3::date)`,
      [tenant, personId, from],
    );
    await client.query(
      'delete from huiyin.shift_assignment where tenant_id = $1 and person_id = $2 and from_date = $3',
      [tenant, personId, from],
    );
    await insertRows(client, 'shift_assignment', tenant, [
      {
        assignment_id: randomUUID(),
        person_id: personId,
        pattern_id: patternId,
        from_date: from,
        to_date: to ?? null,
        anchor_date: anchor ?? from,
      },
    ]);
    return done;
  },
  endAssignment: (client, { tenant }, { id, last }) =>
    one(
      client,
      'update huiyin.shift_assignment set to_date = greatest($3::date, from_date) where tenant_id = $1 and assignment_id = $2',
      [tenant, id, last],
    ),
  setWeek: async (client, { tenant }, { personId, shifts }) => {
    await client.query('delete from huiyin.shift where tenant_id = $1 and person_id = $2', [tenant, personId]);
    await insertRows(
      client,
      'shift',
      tenant,
      shifts.map((s) => ({
        person_id: personId,
        weekday: s.weekday,
        from_minute: s.fromMinute,
        to_minute: s.toMinute,
      })),
    );
    return done;
  },
  askLeave: async (client, { tenant, now, by, manages }, { personId, kind, from, to, reason }) => {
    if (to <= from) return refuse(backwards);
    const clash = await client.query(
      `select 1 from huiyin.absence where tenant_id = $1 and person_id = $2 and status in ('asked', 'granted')
         and from_at < $4 and to_at > $3 limit 1`,
      [tenant, personId, toTimestamp(from), toTimestamp(to)],
    );
    if (clash.rowCount !== 0) return refuse(fault('from', '这段时间已有休假', 'There is leave at that time already'));
    const id = randomUUID();
    await insertRows(client, 'absence', tenant, [
      {
        absence_id: id,
        person_id: personId,
        kind,
        from_at: toTimestamp(from),
        to_at: toTimestamp(to),
        reason: reason ?? '',
        status: manages ? 'granted' : 'asked',
        asked_by: by,
        asked_at: toTimestamp(now),
        decided_by: manages ? by : null,
        decided_at: manages ? toTimestamp(now) : null,
      },
    ]);
    if (manages) await watchLeave(client, tenant, id);
    return done;
  },
  decideLeave: async (client, ctx, { id, granted }) => {
    const said = await decide(client, ctx, 'absence', 'absence_id', id, granted ? 'granted' : 'declined', ['asked']);
    if (said.ok && granted) await watchLeave(client, ctx.tenant, id);
    return said;
  },
  withdrawLeave: (client, ctx, { id }) =>
    decide(client, ctx, 'absence', 'absence_id', id, 'withdrawn', ['asked', 'granted']),
  askSwap: async (client, { tenant, now, by, manages }, { giverId, takerId, on, inReturnOn }) => {
    if (giverId === takerId) return refuse(fault('takerId', '请选择另一个人', 'Choose somebody else'));
    await insertRows(client, 'shift_swap', tenant, [
      {
        swap_id: randomUUID(),
        giver_id: giverId,
        taker_id: takerId,
        on_date: on,
        in_return_on: inReturnOn ?? null,
        status: manages ? 'agreed' : 'asked',
        asked_by: by,
        asked_at: toTimestamp(now),
        decided_by: manages ? by : null,
        decided_at: manages ? toTimestamp(now) : null,
      },
    ]);
    return done;
  },
  decideSwap: (client, ctx, { id, agreed }) =>
    decide(client, ctx, 'shift_swap', 'swap_id', id, agreed ? 'agreed' : 'declined', ['asked']),
  substitute: async (client, { tenant, now, by }, { personId, substituteId, posts, from, to, reason }) => {
    if (personId === substituteId)
      return refuse(fault('substituteId', '请选择另一个人代理', 'Choose somebody else as substitute'));
    if (to < from) return refuse(backwards);
    await client.query(
      `insert into huiyin.substitution (tenant_id, substitution_id, person_id, substitute_id, posts, from_date, to_date, reason, made_by, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        tenant,
        randomUUID(),
        personId,
        substituteId,
        posts && posts.length > 0 ? posts : null,
        from,
        to,
        reason ?? '',
        by,
        toTimestamp(now),
      ],
    );
    return done;
  },
  endSubstitution: (client, ctx, { id }) =>
    stamp(
      client,
      ctx,
      'update huiyin.substitution set ended_at = $3 where tenant_id = $1 and substitution_id::text = $2 and ended_at is null',
      id,
    ),
  setLimit: async (client, { tenant, now }, { post, personId, decision, upToFen }) => {
    if ((post === undefined) === (personId === undefined))
      return refuse(fault('post', '请选择岗位或人员之一', 'Choose either a post or a person'));
    const today = localDate(now);
    // The new limit holds from today on; until yesterday the old one did.
    await client.query(
      `delete from huiyin.authority_limit where tenant_id = $1 and decision = $2 and post is not distinct from $3
         and person_id is not distinct from $4::uuid and from_date >= $5::date`,
      [tenant, decision, post ?? null, personId ?? null, today],
    );
    await client.query(
      `update huiyin.authority_limit set to_date = $5::date - 1 where tenant_id = $1 and decision = $2
         and post is not distinct from $3 and person_id is not distinct from $4::uuid and (to_date is null or to_date >= $5::date)`,
      [tenant, decision, post ?? null, personId ?? null, today],
    );
    await insertRows(client, 'authority_limit', tenant, [
      {
        limit_id: randomUUID(),
        post: post ?? null,
        person_id: personId ?? null,
        decision,
        up_to_fen: upToFen,
        from_date: today,
        to_date: null,
      },
    ]);
    return done;
  },
  endLimit: async (client, { tenant, now }, { id }) => {
    const asked = [tenant, id, localDate(now)];
    // One of today was a slip: it must not hold until midnight.
    const slip = await client.query(
      'delete from huiyin.authority_limit where tenant_id = $1 and limit_id = $2 and from_date >= $3::date',
      asked,
    );
    if (slip.rowCount !== 0) return done;
    return one(
      client,
      'update huiyin.authority_limit set to_date = $3::date - 1 where tenant_id = $1 and limit_id = $2',
      asked,
    );
  },
  nameTerritory: async (client, { tenant, now }, { id: wanted, zh, en, places, crews }) => {
    const same = await client.query<{ id: string; retired: boolean }>(
      'select territory_id as id, retired_at is not null as retired from huiyin.territory where tenant_id = $1 and name_zh = $2',
      [tenant, zh],
    );
    const [namesake] = same.rows;
    if (namesake && namesake.id !== wanted && (!namesake.retired || wanted !== undefined))
      return refuse(
        fault('zh', `已有片区“${zh}”，请换个名称`, `There is a territory “${zh}” already: choose another name`),
      );
    // One that was given up and is entered again is the same one.
    const id = wanted ?? namesake?.id ?? randomUUID();
    const units = await client.query<{ id: string }>(
      'select unit_id as id from huiyin.unit where tenant_id = $1 and code = any($2)',
      [tenant, crews],
    );
    if (units.rows.length !== new Set(crews).size)
      return refuse(fault('crews', '没有这个班组', 'There is no such crew'));
    await client.query(
      `insert into huiyin.territory (tenant_id, territory_id, name_zh, name_en) values ($1, $2, $3, $4)
       on conflict (tenant_id, territory_id) do update set name_zh = $3, name_en = $4, retired_at = null`,
      [tenant, id, zh, en ?? ''],
    );
    await client.query('delete from huiyin.territory_place where tenant_id = $1 and territory_id = $2', [tenant, id]);
    await insertRows(
      client,
      'territory_place',
      tenant,
      [...new Set(places)].map((place) => ({ territory_id: id, premises_id: place })),
    );
    const today = localDate(now);
    const working = units.rows.map((row) => row.id);
    await client.query(
      `delete from huiyin.territory_crew where tenant_id = $1 and territory_id = $2 and from_date >= $4::date and unit_id <> all($3::uuid[])`,
      [tenant, id, working, today],
    );
    await client.query(
      `update huiyin.territory_crew set to_date = $4::date - 1 where tenant_id = $1 and territory_id = $2 and unit_id <> all($3::uuid[])
         and (to_date is null or to_date >= $4::date)`,
      [tenant, id, working, today],
    );
    await client.query(
      `insert into huiyin.territory_crew (tenant_id, territory_id, unit_id, from_date)
       select $1, $2, u, $4::date from unnest($3::uuid[]) u where not exists (
         select 1 from huiyin.territory_crew c where c.tenant_id = $1 and c.territory_id = $2 and c.unit_id = u
           and (c.to_date is null or c.to_date >= $4::date))`,
      [tenant, id, working, today],
    );
    return done;
  },
  retireTerritory: (client, ctx, { id }) =>
    stamp(
      client,
      ctx,
      'update huiyin.territory set retired_at = $3 where tenant_id = $1 and territory_id::text = $2',
      id,
    ),
};

async function one(client: PoolClient, sql: string, values: readonly (string | null)[]): Promise<Result<null>> {
  const said = await client.query(sql, [...values]);
  return said.rowCount === 0 ? refuse(unknown) : done;
}

const stamp = (client: PoolClient, { tenant, now }: StaffingContext, sql: string, id: string): Promise<Result<null>> =>
  one(client, sql, [tenant, id, toTimestamp(now)]);

async function decide(
  client: PoolClient,
  { tenant, now, by }: StaffingContext,
  table: 'absence' | 'shift_swap',
  key: string,
  id: string,
  status: string,
  from: readonly string[],
): Promise<Result<null>> {
  const said = await client.query(
    `update huiyin.${table} set status = $3, decided_by = $4, decided_at = $5
      where tenant_id = $1 and ${key} = $2 and status = any($6)`,
    [tenant, id, status, by, toTimestamp(now), from],
  );
  return said.rowCount === 0 ? refuse(unknown) : done;
}

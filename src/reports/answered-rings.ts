import { z } from 'zod';
import { formatLocal } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { text } from '#kernel/text.ts';
import { drawsUp, notForReader } from './authority.ts';
import { share } from './clock-tally.ts';
import { daysOf, type Period, periodOf, periodParams } from './period.ts';
import { plain, type ReportSpec } from './report.ts';

/** Calls of a day, a clerk, or all of them. */
export interface CallSums {
  answered: number;
  /** Within the rings that the exchange's settings promise. */
  inTime: number;
  /** Nobody counted the rings and no time tells: left out of the share. */
  uncounted: number;
  missed: number;
  /** Missed ones whose outcome was said within the call-back limit. */
  calledBack: number;
  /** Of those that were counted; null when there are none. */
  share: number | null;
}
export interface AnsweredRings {
  period: { kind: Period['kind']; from: string; to: string };
  all: CallSums;
  byDay: (CallSums & { day: string })[];
  /** Calls that were answered; `person` empty: nobody knows by whom. */
  byClerk: (CallSums & { personId: string | null; person: string })[];
}

interface Row {
  beganAt: Instant;
  answered: boolean;
  inTime: boolean | null;
  calledBack: boolean;
  personId: string | null;
  person: string | null;
}

// From what was heard and done, not from the call's present row. Whoever sits at the telephone now is not asked for then:
// the row kept him when the call was answered.
const ROWS = `
  select c.began_at as "beganAt", a.at is not null as answered,
    coalesce((a.said->>'rings')::int, floor(extract(epoch from a.at - r.at) / x.ring_seconds)::int + 1) <= x.answer_within
      as "inTime",
    coalesce(s.at <= coalesce(e.at, c.began_at) + make_interval(mins => x.call_back_minutes), false) as "calledBack",
    p.person_id as "personId", p.name as person
  from huiyin.call c
  join huiyin.exchange x on x.tenant_id = c.tenant_id and x.exchange_id = c.exchange_id
  left join huiyin.call_event r on r.tenant_id = c.tenant_id and r.call_id = c.call_id and r.kind = 'ringing'
  left join huiyin.call_event a on a.tenant_id = c.tenant_id and a.call_id = c.call_id and a.kind = 'answered'
  left join huiyin.call_event e on e.tenant_id = c.tenant_id and e.call_id = c.call_id and e.kind = 'ended'
  left join huiyin.call_event s on s.tenant_id = c.tenant_id and s.call_id = c.call_id and s.kind = 'settled' and s.nth = 1
  left join huiyin.call_event t on t.tenant_id = c.tenant_id and t.call_id = c.call_id and t.kind = 'taken' and t.nth = 1
  left join huiyin.person p on p.tenant_id = c.tenant_id and p.person_id = coalesce(c.answered_by, t.person_id)
  where c.tenant_id = $1 and c.began_at >= huiyin.instant($2) and c.began_at < huiyin.instant($3)
    and (a.at is not null or e.at is not null)`;

const params = z.strictObject(periodParams);

/** How many calls were answered within the promised rings (S6-13, S7-11), by day and by clerk; whoever draws up the summaries reads it. */
export const answeredRings: ReportSpec<z.output<typeof params>> = {
  name: 'answeredRings',
  title: text('三声铃接听率', 'Answered within three rings'),
  params,
  refuses: ({ pack, reader }) => (drawsUp(pack, 'periodicSummary', reader) ? undefined : notForReader),
  async compute({ pool, tenant, now }, asked) {
    const period = periodOf(asked, now);
    const rows = await withTenant(
      pool,
      tenant,
      async (client) => (await client.query<Row>(ROWS, [tenant, period.from, period.to])).rows,
    );
    const days = Map.groupBy(rows, (row) => formatLocal(row.beganAt).slice(0, 10));
    const clerks = Map.groupBy(
      rows.filter((row) => row.answered),
      (row) => row.personId,
    );
    const report: AnsweredRings = {
      period: { kind: period.kind, ...daysOf(period) },
      all: sum(rows),
      byDay: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, own]) => ({ day, ...sum(own) })),
      byClerk: [...clerks]
        .map(([personId, own]) => ({ personId, person: own[0]?.person ?? '', ...sum(own) }))
        .sort((a, b) => b.answered - a.answered || (a.person < b.person ? -1 : 1)),
    };
    return plain(report);
  },
};

function sum(rows: readonly Row[]): CallSums {
  const answered = rows.filter((row) => row.answered);
  const inTime = answered.filter((row) => row.inTime === true).length;
  const uncounted = answered.filter((row) => row.inTime === null).length;
  return {
    answered: answered.length,
    inTime,
    uncounted,
    missed: rows.length - answered.length,
    calledBack: rows.filter((row) => !row.answered && row.calledBack).length,
    share: share(inTime, answered.length - uncounted),
  };
}

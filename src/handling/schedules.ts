import type { Calendar } from '#clock/calendar.ts';
import { type Db, within } from '#directory/within.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { nextOccurrence } from '#policy/schedule.ts';
import { inForceFrom } from './packs.ts';

/**
 * Sets the timers of a pack's duties after it was published: new ones begin with their next date, changed ones move,
 * vanished ones go; what is overdue stays and still fires. Of a version that begins later only new duties are set, from
 * its beginning; until then those of the earlier one go on, and a vanished one goes when it next falls due. Answers the
 * earliest date.
 */
export async function setSchedules(
  db: Db,
  tenant: string,
  pack: CompiledPack,
  calendar: Calendar,
  now: Instant,
): Promise<Instant | null> {
  const from = inForceFrom(pack, now);
  const prefix = `schedule:${pack.pack}:`;
  const duties = Object.entries(pack.schedules).map(([name, schedule]) => ({
    key: prefix + name,
    due: nextOccurrence(schedule, from, calendar),
  }));
  await within(db, tenant, async (client) => {
    if (from <= now)
      await client.query(
        'delete from huiyin.timer where tenant_id = $1 and starts_with(key, $2) and not key = any ($3::text[])',
        [tenant, prefix, duties.map((duty) => duty.key)],
      );
    await client.query(
      `insert into huiyin.timer as t (tenant_id, key, due_at, wake_at)
       select $1, key, huiyin.instant(due), huiyin.instant(due) from unnest($2::text[], $3::float8[]) as u(key, due)
       on conflict (tenant_id, key) do update set due_at = excluded.due_at, wake_at = excluded.wake_at, revision = t.revision + 1
       where t.due_at > huiyin.instant($4) and not $5::boolean`,
      [tenant, duties.map((duty) => duty.key), duties.map((duty) => duty.due), now, from > now],
    );
  });
  return duties.length === 0 ? null : Math.min(...duties.map((duty) => duty.due));
}

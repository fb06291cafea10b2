import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import { localDate } from '#clock/civil.ts';
import { casesHeldBy } from '#directory/deactivate.ts';
import { loadSnapshot } from '#directory/snapshot.ts';
import { substitutesOf } from '#directory/staffing/powers.ts';
import type { Handler } from '#handling/handle.ts';
import { clockwork } from '#handling/plan.ts';
import type { TimeSource } from '#handling/time.ts';

const payload = z.object({ tenant: z.string(), absenceId: z.string() });

/** A leave has begun: where nobody stands in with all duties, the superior hears of each open case. */
export function tellAway(deps: { pool: Pool; time: TimeSource; handler: Pick<Handler, 'handle'> }): Task {
  return async (raw) => {
    const { tenant, absenceId } = payload.parse(raw);
    const { staffing } = await loadSnapshot(deps.pool, tenant);
    const now = deps.time.now();
    const leave = staffing.absences.find((one) => one.id === absenceId);
    if (leave?.status !== 'granted' || leave.to <= now) return;
    const standIn = substitutesOf(staffing, leave.personId, localDate(now));
    // Whoever has only some posts of his does not look after his cases.
    if (standIn.some(({ posts }) => posts === null)) return;
    for (const { id } of await casesHeldBy(deps.pool, tenant, leave.personId)) {
      const said = await deps.handler.handle({
        tenant,
        caseId: id,
        actor: clockwork,
        command: { type: 'away', personId: leave.personId, until: leave.to },
        idempotencyKey: `away:${absenceId}:${id}`,
      });
      if (!said.ok && said.refusal.code !== 'idempotency.keyReused')
        throw new Error(`${said.refusal.code}: ${said.refusal.message.en}`);
    }
  };
}

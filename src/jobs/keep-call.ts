import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Handler } from '#handling/handle.ts';
import { clockwork } from '#handling/plan.ts';
import type { TimeSource } from '#handling/time.ts';
import { callById, markKept } from '#inbox/calls/store.ts';

const ended = z.object({ tenant: z.string(), callId: z.string() });

/** Tells the journal of its case of a telephone call, once the call has ended and has a case; each call once. */
export function keepCall(deps: { pool: Pool; time: TimeSource; handler: Pick<Handler, 'handle'> }): Task {
  return async (raw) => {
    const { tenant, callId } = ended.parse(raw);
    const call = await callById(deps.pool, tenant, callId);
    if (!call || call.caseId === null || call.endedAt === null) return;
    const { caseId, answeredAt, endedAt, rings } = call;
    const by = answeredAt === null ? null : call.answeredByName;
    const said = await deps.handler.handle({
      tenant,
      caseId,
      actor: clockwork,
      command: {
        type: 'call',
        call: { callId, by, beganAt: call.rangAt ?? call.beganAt, answeredAt, endedAt, rings },
      },
      idempotencyKey: `call:${callId}`,
    });
    if (!said.ok && said.refusal.code !== 'idempotency.keyReused')
      throw new Error(`${said.refusal.code}: ${said.refusal.message.en}`);
    await markKept(deps.pool, tenant, callId, deps.time.now());
  };
}

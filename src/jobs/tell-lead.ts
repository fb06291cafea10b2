import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Handler } from '#handling/handle.ts';
import { clockwork } from '#handling/plan.ts';

const payload = z.object({
  tenant: z.string(),
  caseId: z.string(),
  seq: z.number(),
  number: z.string(),
  procedure: z.string(),
  lead: z.string(),
  joined: z.boolean(),
});

/** Writes into the journal of the earlier case that another was joined to it or split off again. */
export function tellLead(deps: { handler: Pick<Handler, 'handle'> }): Task {
  return async (raw) => {
    const { tenant, caseId, seq, number, procedure, lead, joined } = payload.parse(raw);
    const said = await deps.handler.handle({
      tenant,
      caseId: lead,
      actor: clockwork,
      command: { type: 'member', caseId, number, procedure, joined },
      idempotencyKey: `member:${caseId}:${seq}`,
    });
    if (!said.ok && said.refusal.code !== 'idempotency.keyReused')
      throw new Error(`${said.refusal.code}: ${said.refusal.message.en}`);
  };
}

import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Handler } from '#handling/handle.ts';
import { clockwork } from '#handling/plan.ts';

const payload = z.object({
  tenant: z.string(),
  caseId: z.string(),
  parent: z.string(),
  outcome: z.string(),
  failed: z.boolean().default(false),
});

/** Tells the case from which another was opened how that one ended, so that steps there can go on. */
export function tellParent(deps: { handler: Pick<Handler, 'handle'> }): Task {
  return async (raw) => {
    const { tenant, caseId, parent, outcome, failed } = payload.parse(raw);
    const said = await deps.handler.handle({
      tenant,
      caseId: parent,
      actor: clockwork,
      command: { type: 'linkedEnd', caseId, outcome, ...(failed ? { failed } : {}) },
      idempotencyKey: `linkedEnd:${caseId}`,
    });
    if (!said.ok && said.refusal.code !== 'idempotency.keyReused')
      throw new Error(`${said.refusal.code}: ${said.refusal.message.en}`);
  };
}

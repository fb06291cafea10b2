import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Handler } from '#handling/handle.ts';
import { clockwork } from '#handling/plan.ts';
import { casesOfIncident, linkCase } from '#inbox/incidents.ts';

const linked = z.object({ tenant: z.string(), incidentId: z.string(), caseId: z.string() });
const news = z.object({
  tenant: z.string(),
  incidentId: z.string(),
  revision: z.number(),
  text: z.object({ zh: z.string(), en: z.string() }),
});

/** Notes which case belongs to a known outage, as its journal says. */
export function linkIncident(deps: { pool: Pool }): Task {
  return async (raw) => {
    const { tenant, incidentId, caseId } = linked.parse(raw);
    await linkCase(deps.pool, tenant, incidentId, caseId);
  };
}

/** Tells everybody whose case belongs to an outage that its promise moved or that it has ended: each once. */
export function tellIncident(deps: { pool: Pool; handler: Pick<Handler, 'handle'> }): Task {
  return async (raw) => {
    const { tenant, incidentId, revision, text } = news.parse(raw);
    for (const caseId of await casesOfIncident(deps.pool, tenant, incidentId)) {
      const said = await deps.handler.handle({
        tenant,
        caseId,
        actor: clockwork,
        command: { type: 'inform', notice: 'incident', text },
        idempotencyKey: `incident:${incidentId}:${revision}:${caseId}`,
      });
      if (!said.ok && said.refusal.code !== 'idempotency.keyReused')
        throw new Error(`${said.refusal.code}: ${said.refusal.message.en}`);
    }
  };
}

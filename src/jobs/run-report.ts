import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Value, Values } from '#case/event.ts';
import type { Handler } from '#handling/handle.ts';
import { clockwork } from '#handling/plan.ts';
import type { TimeSource } from '#handling/time.ts';
import type { Instant } from '#kernel/instant.ts';

/** What a report may look at. */
export interface ReportAsk {
  pool: Pool;
  tenant: string;
  now: Instant;
  /** The case that asked for the figures. */
  caseId: string;
}

/** One report: figures for the fields of the step that receives them. */
export type Report = (ask: ReportAsk, params: Values) => Promise<Values>;
export type Reports = Readonly<Record<string, Report>>;

const value: z.ZodType<Value> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(value), z.record(z.string(), value)]),
);
const payload = z.object({
  tenant: z.string(),
  caseId: z.string(),
  seq: z.number(),
  report: z.string(),
  step: z.string(),
  params: z.record(z.string(), value),
});

/** Computes a report and enters its figures through the step that waits for them, as the system. */
export function runReport(deps: {
  pool: Pool;
  time: TimeSource;
  handler: Pick<Handler, 'handle'>;
  reports: Reports;
}): Task {
  return async (raw) => {
    const { tenant, caseId, seq, report, step, params } = payload.parse(raw);
    const compute = deps.reports[report];
    if (!compute) throw new Error(`There is no report named ${report}`);
    const values = await compute({ pool: deps.pool, tenant, now: deps.time.now(), caseId }, params);
    const said = await deps.handler.handle({
      tenant,
      caseId,
      actor: clockwork,
      command: { type: 'take', step, values },
      // Asked for once, entered once: a second run finds the first one's answer.
      idempotencyKey: `report:${caseId}:${seq}`,
    });
    if (!said.ok && said.refusal.code !== 'idempotency.keyReused')
      throw new Error(`${said.refusal.code}: ${said.refusal.message.en}`);
  };
}

import type { Handled } from '#handling/index.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { Result } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import type { OrderRow } from './contract/move.ts';
import type { HttpDeps } from './deps.ts';

/** What became of one order among several. */
export async function rowOf(deps: HttpDeps, tenant: string, caseId: string, said: Result<Handled>): Promise<OrderRow> {
  if (!said.ok) return refusedRow(caseId, said.refusal);
  const { state } = said.value;
  const pack = await deps.handling.packs.version(tenant, state.pack, state.packVersion);
  const here = pack.procedures[state.procedure]?.states[state.state]?.title;
  return { caseId, ok: true, seq: state.seq, state: here ?? text(state.state, state.state), problem: null };
}

/** A refusal of one row does not touch the others. */
export function refusedRow(caseId: string, { code, message, field, clause, who }: Refusal): OrderRow {
  const problem = {
    code,
    message,
    ...(field === undefined ? {} : { field }),
    ...(clause === undefined ? {} : { clause }),
    ...(who === undefined ? {} : { who }),
  };
  return { caseId, ok: false, seq: null, state: null, problem };
}

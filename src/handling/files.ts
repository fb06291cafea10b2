import type { Pool } from 'pg';
import type { Value, Values } from '#case/event.ts';
import { withTenant } from '#db/pool.ts';
import { attachToCase } from '#documents/store.ts';
import { type Appended, type AppendItem, appendBatch } from '#journal/append.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { NumberedEvent } from './request.ts';

type Fields = { readonly [name: string]: { readonly type: string } };

/** Ids of the uploads that values name, by the kinds of their fields. */
export function filesIn(fields: Fields, values: Values): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const kind = fields[name]?.type;
    if (kind === 'attachments' && Array.isArray(value)) return value.filter((id) => typeof id === 'string');
    if (kind === 'signature' && isRecord(value) && typeof value.attachment === 'string') return [value.attachment];
    return [];
  });
}

const isRecord = (value: Value): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Ids of the uploads that a case's journal names through these entries. */
export function filesNamed(events: readonly NumberedEvent[], procedureName: string, pack: CompiledPack): string[] {
  const procedure = pack.procedures[procedureName];
  if (!procedure) return [];
  const ids = events.flatMap((event) => {
    const { personal = {} } = event;
    if (event.type === 'caseRegistered') return filesIn(procedure.intake.fields, { ...event.data.values, ...personal });
    if (event.type === 'stepTaken')
      return filesIn(procedure.steps[event.data.step]?.fields ?? {}, { ...event.data.values, ...personal });
    return [];
  });
  return [...new Set(ids)];
}

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/**
 * Writes one item and gives the case the uploads it names, in one transaction: what the journal names is never without
 * its file, and what was refused names nothing. Answers the refusal when an upload is gone or another case's.
 */
export async function appendWithFiles(
  pool: Pool,
  tenant: string,
  item: AppendItem,
  caseId: string,
  files: readonly string[],
): Promise<Appended | Refusal> {
  try {
    return await withTenant(pool, tenant, async (client) => {
      const said = await appendBatch(client, tenant, [item]);
      if (said.repeated.length > 0 || said.conflicts.length > 0) return said;
      const given = await attachToCase(client, tenant, caseId, files);
      if (!given.ok) throw new Refused(given.refusal);
      return said;
    });
  } catch (cause) {
    if (cause instanceof Refused) return cause.refusal;
    throw cause;
  }
}

import type { PoolClient } from 'pg';
import type { Value, Values } from '#case/event.ts';
import { attachToCase } from '#documents/store.ts';
import type { Refusal } from '#kernel/refusal.ts';

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

/** Makes uploads the case's in the caller's transaction; the refusal when one is gone or another case's. */
export async function giveFiles(
  client: PoolClient,
  tenant: string,
  caseId: string,
  files: readonly string[],
): Promise<Refusal | undefined> {
  if (files.length === 0) return undefined;
  const given = await attachToCase(client, tenant, caseId, files);
  return given.ok ? undefined : given.refusal;
}

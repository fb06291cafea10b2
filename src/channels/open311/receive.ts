import type { Pool } from 'pg';
import type { Actor } from '#case/context.ts';
import { withTenant } from '#db/pool.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { Arrival, ChannelDeps, Receive } from '../contract.ts';
import { ARGUMENTS } from './attributes.ts';
import { type KeptRequest, settleRequest } from './kept.ts';
import { servicesOf } from './services.ts';
import { toValues } from './to-values.ts';

/** What taking requests in stands on. */
export type Open311Deps = Pick<ChannelDeps, 'pool' | 'time' | 'handling'>;

export const unknownService = (code: string): Refusal =>
  refusal('open311.unknownService', text(`没有 service_code ${code}`, `service_code ${code} was not found`));

/** Makes a case of a request that was kept. However often it runs, it is one case and one answer. */
export function requestReceiver(deps: Open311Deps): Receive<KeptRequest> {
  const { pool, time, handling } = deps;
  const settled = async (row: KeptRequest, arrival: Arrival): Promise<Arrival> => {
    const why = 'why' in arrival ? arrival.why : null;
    await withTenant(pool, row.tenant, (client) => settleRequest(client, row, why, time.now()));
    return arrival;
  };
  return async (row) => {
    const before = await handling.caseById(row.tenant, row.newCaseId);
    if (before) return settled(row, { became: 'case', caseId: row.newCaseId, number: before.state.number });
    if (row.reason !== null) {
      const words = text(row.reasonZh ?? '', row.reasonEn ?? '');
      return { became: 'deadLetter', why: refusal(row.reason, words) };
    }
    const services = await servicesOf(handling.packs, row.tenant);
    const service = services.find(({ code }) => code === row.serviceCode);
    if (!service) return settled(row, { became: 'deadLetter', why: unknownService(row.serviceCode) });
    const estate = row.estateId === null ? null : await estateNamed(pool, row.tenant, row.estateId);
    const around = { pool, tenant: row.tenant, estate, receivedAt: row.keptAt };
    const values = await toValues(new URLSearchParams(row.body), service, around);
    if (!values.ok) return settled(row, { became: 'deadLetter', why: values.refusal });
    const name = values.value.contactName;
    const owner: Actor = { kind: 'owner', personId: null, name: typeof name === 'string' ? name : '', posts: [] };
    const said = await handling.handle({
      tenant: row.tenant,
      actor: owner,
      pack: service.pack.pack,
      caseId: row.newCaseId,
      idempotencyKey: `open311:${row.token}`,
      command: {
        type: 'register',
        procedure: service.procedureName,
        matter: service.matter,
        channel: service.channel,
        ...(service.channel === 'open311' ? {} : { via: { id: 'open311', title: text('Open311', 'Open311') } }),
        receivedAt: row.keptAt,
        values: values.value,
      },
    });
    if (said.ok) return settled(row, { became: 'case', caseId: row.newCaseId, number: said.value.number });
    return settled(row, { became: 'deadLetter', why: inArguments(said.refusal) });
  };
}

/** What the engine found wanting, by the argument the sender knows it as. */
function inArguments(why: Refusal): Refusal {
  const faults = [why, ...(why.also ?? [])].map((one) => {
    const field = one.field === undefined ? undefined : (ARGUMENTS[one.field] ?? `attribute[${one.field}]`);
    const head = field === undefined ? '' : `${field}: `;
    return refusal(one.code, text(`${head}${one.message.zh}`, `${head}${one.message.en}`));
  });
  const zh = faults.map(({ message }) => message.zh).join('；');
  return refusal(why.code, text(zh, faults.map(({ message }) => message.en).join('; ')));
}

async function estateNamed(pool: Pool, tenant: string, id: string): Promise<{ id: string; name: string } | null> {
  return withTenant(pool, tenant, async (client) => {
    const ask = `select premises_id as id, full_name as name from huiyin.premises where tenant_id = $1 and premises_id = $2`;
    return (await client.query<{ id: string; name: string }>(ask, [tenant, id])).rows[0] ?? null;
  });
}

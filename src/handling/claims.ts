import type { Pool, PoolClient } from 'pg';
import type { Values } from '#case/event.ts';
import type { CaseState } from '#case/state.ts';
import { CHINA_OFFSET, localDate } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import { type Appended, type AppendItem, appendBatch } from '#journal/append.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { Text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import { uniqueSchema } from '#policy/fields/text.ts';
import { filesIn, giveFiles } from './files.ts';
import type { Plan } from './plan.ts';
import type { NumberedEvent } from './request.ts';

/** A number that only one case may have. */
interface UsedNumber {
  caseId: string;
  series: string;
  value: string;
  /** The field in which it was entered; null when a case opened along the way has it. */
  field: string | null;
  label: Text;
}

/** What new entries name and the case must get in the same transaction, or nothing is written. */
export interface Claims {
  files: string[];
  numbers: UsedNumber[];
}

type Fields = { readonly [name: string]: FieldSpec };

/**
 * Uploads and unique numbers that journals name through a plan. A number that is handed on to a case opened along the
 * way is that one's: there the thing that bears it is looked after.
 */
export function claimsIn(plan: Plan, pack: CompiledPack): Claims {
  const claims = ofCase(plan.events, plan.state, pack);
  const numbers = [...claims.numbers, ...inOpened(plan, pack)];
  return { ...claims, numbers: [...new Map(numbers.map((one) => [`${one.series} ${one.value}`, one])).values()] };
}

const inOpened = ({ opened }: Plan, pack: CompiledPack): UsedNumber[] =>
  opened.flatMap((child) => [
    ...ofCase(child.events, child.state, pack).numbers.map((one) => ({ ...one, field: null })),
    ...inOpened(child, pack),
  ]);

function ofCase(events: readonly NumberedEvent[], state: CaseState, pack: CompiledPack): Claims {
  const claims: Claims = { files: [], numbers: [] };
  const procedure = pack.procedures[state.procedure];
  if (!procedure) return claims;
  for (const event of events) {
    if (event.type === 'noteAdded') claims.files.push(...(event.data.files ?? []));
    if (event.type !== 'caseRegistered' && event.type !== 'stepTaken') continue;
    const step = event.type === 'stepTaken' ? procedure.steps[event.data.step] : procedure.intake;
    const fields = step?.fields ?? {};
    claims.files.push(...filesIn(fields, { ...event.data.values, ...event.personal }));
    claims.numbers.push(...numbersIn(fields, event.data.values, event.at, pack.pack, state.id));
  }
  return { files: [...new Set(claims.files)], numbers: claims.numbers };
}

function numbersIn(fields: Fields, values: Values, at: number, pack: string, caseId: string): UsedNumber[] {
  return Object.entries(values).flatMap(([field, value]) => {
    const spec = fields[field];
    const unique = uniqueSchema.safeParse(spec?.unique);
    if (!spec || !unique.success || typeof value !== 'string') return [];
    const { series, every } = unique.data;
    const year = every === 'year' ? `:${localDate(at, CHINA_OFFSET).slice(0, 4)}` : '';
    return [{ caseId, series: `${pack}:${series}${year}`, value, field, label: spec.label }];
  });
}

export const claimsNothing = ({ files, numbers }: Claims): boolean => files.length + numbers.length === 0;

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/**
 * Writes one item and gives the case what it claims, in one transaction: what the journal names is never without its
 * file, and what was refused names nothing. Answers the refusal when an upload is gone or another case's, or when a
 * number is another case's (`field.numberTaken`).
 */
export async function appendClaiming(
  pool: Pool,
  tenant: string,
  item: AppendItem,
  caseId: string,
  { files, numbers }: Claims,
): Promise<Appended | Refusal> {
  try {
    return await withTenant(pool, tenant, async (client) => {
      const said = await appendBatch(client, tenant, [item]);
      if (said.repeated.length > 0 || said.conflicts.length > 0) return said;
      const gone = await giveFiles(client, tenant, caseId, files);
      if (gone) throw new Refused(gone);
      for (const number of numbers) {
        const taken = await claimNumber(client, tenant, number);
        if (taken) throw new Refused(taken);
      }
      return said;
    });
  } catch (cause) {
    if (cause instanceof Refused) return cause.refusal;
    throw cause;
  }
}

/** The refusal when another case has the number; it waits for whoever is writing the same one at this moment. */
async function claimNumber(
  client: PoolClient,
  tenant: string,
  { caseId, series, value, field, label }: UsedNumber,
): Promise<Refusal | undefined> {
  await client.query(
    `insert into huiyin.used_number (tenant_id, series, value, case_id) values ($1, $2, $3, $4) on conflict do nothing`,
    [tenant, series, value, caseId],
  );
  const holder = await client.query<{ number: string }>(
    `select c.number from huiyin.used_number u
       join huiyin.case_file c on c.tenant_id = u.tenant_id and c.id = u.case_id
      where u.tenant_id = $1 and u.series = $2 and u.value = $3 and u.case_id <> $4`,
    [tenant, series, value, caseId],
  );
  const number = holder.rows[0]?.number;
  if (number === undefined) return undefined;
  return refusal(
    'field.numberTaken',
    {
      zh: `${label.zh}“${value}”已用于 ${number}，请核对`,
      en: `${label.en} “${value}” belongs to ${number}; check it`,
    },
    field === null ? {} : { field },
  );
}

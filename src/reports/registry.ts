import type { Pool } from 'pg';
import type { z } from 'zod';
import type { Values } from '#case/event.ts';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { answeredRings } from './answered-rings.ts';
import { archiveCheck } from './archive-check.ts';
import { notForReader } from './authority.ts';
import { beforeAfter } from './before-after.ts';
import { caseRegister } from './case-register.ts';
import { clauseFiguresReport } from './clause-figures.ts';
import { periodicSummary } from './periodic-summary.ts';
import { personalBoardReport } from './personal-board.ts';
import type { PackBook, Reader, ReportSpec, Source } from './report.ts';

/** Every report; one more is one file and one line. */
const all = [
  entry(periodicSummary),
  entry(archiveCheck),
  entry(beforeAfter),
  entry(clauseFiguresReport),
  entry(personalBoardReport),
  entry(answeredRings),
  entry(caseRegister),
];
const byName = new Map(all.map((one) => [one.name, one]));

interface Entry {
  name: string;
  /** Computes it; a reader is asked for his right first. */
  run(source: Source, params: { [name: string]: unknown }): Promise<Result<Values>>;
}

function entry<P>(spec: ReportSpec<P>): Entry {
  return {
    name: spec.name,
    async run(source, raw) {
      const read = spec.params.safeParse(raw);
      if (!read.success) return refuse(badParams(read.error));
      const { reader } = source;
      const refused = reader === null ? undefined : await spec.refuses({ ...source, reader }, read.data);
      return refused ? refuse(refused) : accept(await spec.compute(source, read.data));
    },
  };
}

const badParams = (error: z.ZodError): Refusal => {
  const [first] = error.issues;
  const field = (first?.code === 'unrecognized_keys' ? first.keys : first?.path)?.map(String).join('.') ?? '';
  return refusal(
    'report.badParameter',
    text(`报表参数“${field}”不对，请检查`, `The report’s parameter “${field}” is not right`),
    { field },
  );
};

const unknown = refusal('report.unknown', text('没有这个报表', 'There is no such report'));

/** Reads one report for somebody. `params.pack` names the procedure; where none is named, it is the first that gives him the right. */
export async function readReport(
  around: { pool: Pool; packs: PackBook; tenant: string; now: Instant; reader: Reader },
  name: string,
  params: { [name: string]: string },
): Promise<Result<Values>> {
  const report = byName.get(name);
  if (!report) return refuse(unknown);
  const { pack: asked, ...rest } = params;
  const { pool, packs, tenant, now, reader } = around;
  let said: Result<Values> = refuse(
    refusal('report.unknownPack', text('没有这份制度', 'There is no such procedure'), { field: 'pack' }),
  );
  for (const one of await packs.list(tenant)) {
    if (!one.current || (asked !== undefined && one.pack !== asked)) continue;
    const pack = await packs.version(tenant, one.pack, one.version);
    said = await report.run({ pool, tenant, now, pack, reader }, rest);
    if (said.ok || said.refusal.code !== notForReader.code) return said;
  }
  return said;
}

const packOfCase = statement<{ pack: string; pack_version: string }>(
  'reports.packOfCase',
  'select pack, pack_version from huiyin.case_file where tenant_id = $1 and id = $2',
);

type Ask = { pool: Pool; tenant: string; now: Instant; caseId: string };

/** The reports as steps of procedures run them: under the pack version that the asking case follows. */
export function openReports(packs: PackBook): { [name: string]: (ask: Ask, params: Values) => Promise<Values> } {
  const compute =
    ({ name, run }: Entry) =>
    async ({ pool, tenant, now, caseId }: Ask, params: Values): Promise<Values> => {
      const row = await withTenant(pool, tenant, (client) => packOfCase.one(client, [tenant, caseId]));
      if (!row) throw new Error(`Report ${name} was asked for by the unknown case ${caseId}`);
      const pack: CompiledPack = await packs.version(tenant, row.pack, row.pack_version);
      const said = await run({ pool, tenant, now, pack, reader: null }, params);
      // The pack itself is wrong: the job fails and says why.
      if (!said.ok) throw new Error(`${name}: ${said.refusal.code} ${said.refusal.field ?? ''}`);
      return said.value;
    };
  return Object.fromEntries(all.map((one) => [one.name, compute(one)]));
}

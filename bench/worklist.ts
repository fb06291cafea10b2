import { rmSync } from 'node:fs';
import { migrate } from '#db/migrate.ts';
import { type Database, openDatabase } from '#db/open.ts';
import { openPool } from '#db/pool.ts';
import { type WorklistFilter, worklist } from '#journal/worklist.ts';
import type { Line } from './report.ts';
import { median, percent, quantile } from './statistics.ts';

export interface WorklistPlan {
  dataDir: string;
  few: number;
  many: number;
  rounds: number;
  /** Pages read per round, list and view. */
  pages: number;
}

const TENANT = 'bench';
const PEOPLE = 200;
const STEP = 10_000;

const FILL = `insert into huiyin.case_file (tenant_id, id, number, pack, pack_version, procedure, matter, channel, state_name,
    state, seq, head_hash, open, next_due_at, next_due_clock, assignee_id, assignee_name, case_officer_id, responsible_id,
    responsible_unit, category, summary, waits_for, received_at, registered_at, changed_at, changed_by)
  select $1, gen_random_uuid(), 'TS261122-' || n, 'S1', '1.0.0', 'complaint', 'complaint', 'phone', 'open',
    json_build_object('values', repeat(md5(n::text), 40)), 8, decode(md5(n::text), 'hex'), true,
    now() + (hashint4(n) % 864000) * interval '1 second', 'firstContact', 'p' || n % ${PEOPLE}, '李经理', 'p' || n % 50,
    'p' || n % ${PEOPLE}, 'u' || n % 20, 'environment/noise', '三号楼夜间施工噪音 ' || n, '{assignee}', now(), now(), now(), '张前台'
  from generate_series($2::int, $3::int) n`;

const VIEWS: [name: string, filterOf: (i: number) => WorklistFilter][] = [
  ['everything', () => ({})],
  ['one person’s', (i) => ({ assigneeId: `p${i % PEOPLE}` })],
];

/**
 * One page of 50 out of few and out of many open cases: first pages and pages further down. Each list lies in a database
 * of its own; they are read in turns, so that both meet the same weather.
 */
export async function benchWorklist({ dataDir, few, many, rounds, pages }: WorklistPlan): Promise<Line[]> {
  const lists = [await fill(`${dataDir}-few`, few), await fill(`${dataDir}-many`, many)];
  try {
    for (const { pool } of lists) for (const [, filterOf] of VIEWS) await read(pool, filterOf, Math.min(pages, 1_000));
    const lines: Line[] = [];
    for (const [name, filterOf] of VIEWS) {
      const p50: number[][] = [[], []];
      const p99: number[][] = [[], []];
      for (let round = 0; round < rounds; round += 1)
        for (const [i, { pool }] of lists.entries()) {
          const took = await read(pool, filterOf, pages);
          p50[i]?.push(quantile(took, 0.5));
          p99[i]?.push(quantile(took, 0.99));
        }
      const [small = [], large = []] = p99;
      const shares = large.map((took, round) => took / (small[round] ?? took));
      console.log(
        `${name}: p99 ${small.map((ms) => ms.toFixed(1))} ms of ${few}, ${large.map((ms) => ms.toFixed(1))} ms of ${many}`,
      );
      lines.push({
        what: `worklist, ${name}: a page of ${many} cases`,
        median: `${median(p50[1] ?? []).toFixed(2)} ms`,
        p99: `${median(large).toFixed(2)} ms`,
        limit: `${median(small).toFixed(2)} ms of ${few}`,
        share: percent(median(shares)),
        target: '≤ 150 %',
        met: median(shares) <= 1.5,
      });
    }
    return lines;
  } finally {
    for (const { pool, database } of lists) {
      await pool.end();
      await database.stop();
    }
  }
}

type ListPool = ReturnType<typeof openPool>;

async function fill(dataDir: string, size: number): Promise<{ pool: ListPool; database: Database }> {
  rmSync(dataDir, { recursive: true, force: true });
  const database = await openDatabase({ dataDir, what: 'bench' });
  await migrate(database.owner);
  // Filling is no part of what is measured.
  const owner = openPool({ ...database.owner, options: '-c synchronous_commit=off' }, 1);
  for (let filled = 0; filled < size; filled += STEP)
    await owner.query(FILL, [TENANT, filled + 1, Math.min(filled + STEP, size)]);
  await owner.query('vacuum analyze huiyin.case_file');
  await owner.end();
  const admin = openPool(database.admin ?? database.owner, 1);
  await admin.query('checkpoint');
  await admin.end();
  return { pool: openPool(database.app, 4), database };
}

async function read(pool: ListPool, filterOf: (i: number) => WorklistFilter, pages: number): Promise<number[]> {
  const took: number[] = [];
  let cursor: string | null = null;
  for (let i = 0; i < pages; i += 1) {
    const at = performance.now();
    const page: Awaited<ReturnType<typeof worklist>> = await worklist(pool, TENANT, filterOf(i), {
      cursor: i % 5 === 0 ? null : cursor,
    });
    took.push(performance.now() - at);
    cursor = page.cursor;
  }
  return took;
}

if (import.meta.main) {
  const env = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
  const [few, many] = [env('FEW', 10_000), env('MANY', 1_000_000)];
  const dataDir = process.argv[2] ?? 'bench-data';
  console.table(await benchWorklist({ dataDir, few, many, rounds: env('ROUNDS', 5), pages: env('PAGES', 1_000) }));
}

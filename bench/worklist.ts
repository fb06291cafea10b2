import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { migrate } from '#db/migrate.ts';
import { openDatabase } from '#db/open.ts';
import { openPool } from '#db/pool.ts';
import { worklist } from '#journal/worklist.ts';

// One page of the list over 10,000 and over a million open cases. Usage: node bench/worklist.ts <folder>
const dataDir = resolve(process.argv[2] ?? 'bench-data');
const SIZES = (process.env.SIZES ?? '10000,1000000').split(',').map(Number);
const TENANT = 'bench';
const PEOPLE = 200;
const PAGES = Number(process.env.PAGES ?? 2_000);

rmSync(dataDir, { recursive: true, force: true });
const database = await openDatabase({ dataDir, what: 'bench' });
await migrate(database.owner);
const pool = openPool(database.app, 4);
const owner = openPool(database.owner, 1);

const FILL = `insert into huiyin.case_file (tenant_id, id, number, pack, pack_version, procedure, matter, channel, state_name,
    state, seq, head_hash, open, next_due_at, next_due_clock, assignee_id, assignee_name, case_officer_id, responsible_id,
    responsible_unit, category, summary, waits_for, received_at, registered_at, changed_at, changed_by)
  select $1, gen_random_uuid(), 'TS261122-' || n, 'S1', '1.0.0', 'complaint', 'complaint', 'phone', 'open',
    json_build_object('values', repeat(md5(n::text), 40)), 8, decode(md5(n::text), 'hex'), true,
    now() + (hashint4(n) % 864000) * interval '1 second', 'firstContact', 'p' || n % ${PEOPLE}, '李经理', 'p' || n % 50, 'p' || n % ${PEOPLE},
    'u' || n % 20, 'environment/noise', '三号楼夜间施工噪音 ' || n, '{assignee}', now(), now(), now(), '张前台'
  from generate_series($2::int, $3::int) n`;

const quantile = (took: number[], q: number): number => took.sort((a, b) => a - b)[Math.floor(took.length * q)] ?? 0;

let filled = 0;
for (const size of SIZES) {
  for (; filled < size; filled += 10_000) await owner.query(FILL, [TENANT, filled + 1, filled + 10_000]);
  await owner.query('vacuum analyze huiyin.case_file');
  await owner.query('checkpoint').catch(() => undefined);
  for (const [name, filterOf] of [
    ['everything', () => ({})],
    ['mine', (i: number) => ({ assigneeId: `p${i % PEOPLE}` })],
  ] as const) {
    const took: number[] = [];
    let cursor: string | null = null;
    for (let i = 0; i < PAGES; i += 1) {
      const at = performance.now();
      const page: Awaited<ReturnType<typeof worklist>> = await worklist(pool, TENANT, filterOf(i), {
        cursor: i % 5 === 0 ? null : cursor,
      });
      took.push(performance.now() - at);
      cursor = page.cursor;
    }
    console.log(
      `${size} open cases, ${name}: p50 ${quantile(took, 0.5).toFixed(2)} ms, p99 ${quantile(took, 0.99).toFixed(2)} ms`,
    );
  }
}
await Promise.all([pool.end(), owner.end()]);
await database.stop();

import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { migrate } from '#db/migrate.ts';
import { openDatabase } from '#db/open.ts';
import { openPool } from '#db/pool.ts';
import { claimPurpose } from '#db/purpose.ts';
import { openDirectoryCache } from '#directory/cache.ts';
import { openHandling } from '#handling/index.ts';
import { foundTestCompany } from '#handling/testing.ts';
import { systemTime } from '#handling/time.ts';
import { prepareJobs } from '#jobs/prepare.ts';
import { footprintOf, measureLimit } from './limit.ts';

// Registration, commands and timers without HTTP, beside the same rows written by bare SQL. Usage: node bench/handling.ts <folder>
const dataDir = resolve(process.argv[2] ?? 'bench-data');
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const MS = Number(process.env.MS ?? 4_000);
const CLIENTS = 32;
const TIMERS = Number(process.env.TIMERS ?? 100_000);

rmSync(dataDir, { recursive: true, force: true });
const database = await openDatabase({ dataDir, what: 'bench' });
await migrate(database.owner);
await claimPurpose(database.owner, 'production');
await prepareJobs(database.owner);
const pool = openPool(database.app, 8);
const owner = openPool(database.owner, 2);
const company = await foundTestCompany(pool, systemTime.now());
const directory = await openDirectoryCache(pool);
const handling = await openHandling({
  pool,
  owner: database.owner,
  time: systemTime,
  directory,
  calendars: company.calendars,
  mail: null,
  dataDir: null,
  works: true,
  reports: {},
  onFailure: (failure) => console.error(failure),
});
let n = 0;
const register = async (): Promise<string> => {
  n += 1;
  const said = await handling.handle({
    tenant: company.tenant,
    actor: company.clerk,
    pack: 'T',
    idempotencyKey: `bench-${n}`,
    command: {
      type: 'register',
      matter: 'complaint',
      channel: 'phone',
      values: { content: `三号楼二单元夜间施工噪音影响休息 第${n}次来电`, name: '王先生', phone: '13800000000' },
    },
  });
  if (!said.ok) throw new Error(said.refusal.code);
  return said.value.caseId;
};
const ids: string[] = [];
async function during(ms: number, work: () => Promise<unknown>): Promise<{ rate: number; p99: number }> {
  const end = performance.now() + ms;
  const start = performance.now();
  const took: number[] = [];
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() < end) {
        const at = performance.now();
        await work();
        took.push(performance.now() - at);
      }
    }),
  );
  took.sort((a, b) => a - b);
  return { rate: took.length / ((performance.now() - start) / 1000), p99: took[Math.floor(took.length * 0.99)] ?? 0 };
}
await during(1_000, register);
const footprint = await footprintOf(database.owner, await register());
console.log(`rows per registration: ${footprint.rows}`);
const ratios: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const limit = await measureLimit(database.owner, footprint, 8, MS);
  const own = await during(MS, async () => ids.push(await register()));
  let next = 0;
  const commands = await during(MS, () =>
    handling.handle({
      tenant: company.tenant,
      actor: company.manager,
      caseId: ids[next++ % ids.length] ?? '',
      command: { type: 'take', step: 'contact', values: { words: '已联系业主' } },
    }),
  );
  ratios.push(own.rate / limit);
  console.log(
    `limit ${limit.toFixed(0)}/s  register ${own.rate.toFixed(0)}/s (${((own.rate / limit) * 100).toFixed(0)} %) p99 ${own.p99.toFixed(1)} ms  command ${commands.rate.toFixed(0)}/s (${((commands.rate / limit) * 100).toFixed(0)} %) p99 ${commands.p99.toFixed(1)} ms`,
  );
}
console.log(
  `median register/limit ${((ratios.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0) * 100).toFixed(0)} %`,
);

// One timer at a time while intake runs at half of what it can: how late is its effect seen by those who watch?
const PROBES = Number(process.env.PROBES ?? 200);
if (PROBES > 0) {
  const half = (await during(2_000, register)).rate / 2;
  const due = new Map<string, number>();
  const late: number[] = [];
  const stop = handling.subscribe(company.tenant, (entries) => {
    for (const entry of entries) {
      const at = due.get(entry.caseId);
      if (entry.type !== 'clockWarned' || at === undefined) continue;
      late.push(systemTime.now() - at);
      due.delete(entry.caseId);
    }
  });
  let loading = true;
  const load = (async () => {
    const begun = performance.now();
    for (let sent = 0; loading; ) {
      const wanted = ((performance.now() - begun) / 1000) * half;
      for (; sent < wanted; sent += 1) void register();
      await new Promise((done) => setTimeout(done, 2));
    }
  })();
  for (let probe = 0; probe < PROBES; probe += 1) {
    const id = await register();
    const at = systemTime.now() + 60;
    await owner.query(
      `update huiyin.case_file c set state = replace(state::text, '"at":' || (extract(epoch from t.due_at) * 1000)::bigint, '"at":' || $2::text)::json
       from huiyin.timer t where t.case_id = c.id and c.id = $1`,
      [id, String(at)],
    );
    due.set(id, at);
    await owner.query('update huiyin.timer set due_at = huiyin.instant($2), wake_at = huiyin.instant($2) where case_id = $1', [id, at]);
    await owner.query(
      `select pg_notify('huiyin_journal', json_build_object('tenant', 'x', 'first', null, 'position', null, 'xid', 0, 'wake', $1::float8)::text)`,
      [at],
    );
    while (due.has(id)) await new Promise((done) => setTimeout(done, 5));
  }
  loading = false;
  await load;
  stop();
  late.sort((a, b) => a - b);
  const at = (q: number): number => late[Math.floor(late.length * q)] ?? 0;
  console.log(`one timer at ${half.toFixed(0)} registrations/s: p50 ${at(0.5)} ms late, p99 ${at(0.99)} ms, worst ${at(0.9999)} ms`);
}

if (TIMERS > 0) {
  while (ids.length < TIMERS) await Promise.all(Array.from({ length: 256 }, async () => ids.push(await register())));
  const before = await owner.query<{ n: number }>('select count(*)::int as n from huiyin.journal');
  const backdate = `update huiyin.case_file c set state = replace(state::text, '"at":' || (extract(epoch from t.due_at) * 1000)::bigint, '"at":' || (extract(epoch from now()) * 1000)::bigint)::json from huiyin.timer t where t.tenant_id = c.tenant_id and t.case_id = c.id`;
  await owner.query(backdate);
  const start = performance.now();
  await owner.query(`update huiyin.timer set due_at = now(), wake_at = now(), revision = -1 where case_id is not null`);
  await owner.query(
    `select pg_notify('huiyin_journal', '{"tenant":"x","first":null,"position":null,"xid":0,"wake":0}')`,
  );
  const begin = performance.now();
  for (;;) {
    const left = await owner.query<{ n: number }>('select count(*)::int as n from huiyin.timer where revision = -1');
    if (left.rows[0]?.n === 0) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  const seconds = (performance.now() - begin) / 1000;
  const after = await owner.query<{ n: number }>('select count(*)::int as n from huiyin.journal');
  const entries = (after.rows[0]?.n ?? 0) - (before.rows[0]?.n ?? 0);
  console.log(
    `timers: set-up ${((begin - start) / 1000).toFixed(1)} s; ${ids.length} fired in ${seconds.toFixed(1)} s = ${(ids.length / seconds).toFixed(0)}/s, ${entries} entries`,
  );
}
await handling.close();
directory.close();
await Promise.all([pool.end(), owner.end()]);
await database.stop();

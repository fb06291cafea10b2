import pg, { type Pool } from 'pg';
import { openPool } from '#db/pool.ts';
import { type Load, startLoad } from './orders.ts';
import type { Line } from './report.ts';
import { type BenchSite, startSite } from './site.ts';
import { median, quantile } from './statistics.ts';

export interface TimersPlan {
  dataDir: string;
  port: number;
  /** How many timers fall due at once. */
  backlog: number;
  /** How many timers fall due one by one while intake runs. */
  probes: number;
  rounds: number;
}

const CLIENTS = 32;
/** Writes the moment a case's timer waits for into its state too: the engine believes nothing else. */
const bring = (moment: string): string =>
  `replace(c.state::text, '"at":' || (extract(epoch from t.due_at) * 1000)::bigint, '"at":' || ${moment})::json`;
const WAKE = `select pg_notify('huiyin_journal', json_build_object('tenant', '', 'first', null, 'position', null, 'xid', 0, 'wake', $1::float8)::text)`;

/** Timers of a running program: how late one is while registrations come in, and how fast a backlog is worked off. */
export async function benchTimers({ dataDir, port, backlog, probes, rounds }: TimersPlan): Promise<Line[]> {
  const site = await startSite(dataDir, port);
  const load = startLoad(port, await site.key('caseOfficer'), { aside: true });
  const pool = openPool(site.database.owner, 2);
  try {
    await load.carryOut({ what: 'register', ms: 4_000, clients: CLIENTS });
    const p50: number[] = [];
    const p99: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const most = (await load.carryOut({ what: 'register', ms: 3_000, clients: CLIENTS })).perSecond;
      const late = await lateness(site, pool, load, probes, most / 2);
      p50.push(quantile(late, 0.5));
      p99.push(quantile(late, 0.99));
      rates.push(most / 2);
      console.log(
        `one timer at ${(most / 2).toFixed(0)} registrations/s: p50 ${p50.at(-1)} p99 ${p99.at(-1)} worst ${Math.max(...late)} ms late`,
      );
    }
    const fired = await workOff(pool, backlog);
    console.log(
      `${backlog} timers due at once: ${fired.perSecond.toFixed(0)}/s with ${fired.entries} entries and ${fired.notices} notices`,
    );
    return [
      {
        what: `one timer while ${median(rates).toFixed(0)} cases/s come in: late`,
        median: `${median(p50)} ms`,
        p99: `${median(p99)} ms`,
        limit: '',
        share: '',
        target: 'p99 ≤ 50 ms',
        met: median(p99) <= 50,
      },
      {
        what: `${backlog} timers due at once`,
        median: `${fired.perSecond.toFixed(0)}/s`,
        p99: '',
        limit: '',
        share: '',
        target: '≥ 2000/s',
        met: fired.perSecond >= 2_000,
      },
    ];
  } finally {
    await pool.end();
    load.stop();
    await site.stop();
  }
}

/** Milliseconds between the moment a timer waits for and its entries being on disk, seen by the commit's own message. */
async function lateness(site: BenchSite, pool: Pool, load: Load, probes: number, rate: number): Promise<number[]> {
  const ids = await pool.query<{ id: string }>(
    `select case_id as id from huiyin.timer where case_id is not null and due_at > now() + interval '10 minutes'
     order by random() limit $1`,
    [probes],
  );
  // When each transaction was told of; which of them was a timer's is asked afterwards, so that looking costs next to nothing.
  const told = new Map<number, number>();
  const listener = new pg.Client(site.database.owner);
  await listener.connect();
  listener.on('notification', ({ payload }) => {
    const at = Date.now();
    const { xid } = JSON.parse(payload ?? '{}');
    if (!told.has(xid)) told.set(xid, at);
  });
  await listener.query('listen huiyin_journal');
  const loading = load.carryOut({ what: 'register', ms: probes * 125 + 1_000, clients: CLIENTS, rate });
  const due = new Map<string, number>();
  for (const { id } of ids.rows) {
    // Long enough for the bench's own writes, which must not count.
    const at = Date.now() + 400;
    due.set(id, at);
    await pool.query(
      `update huiyin.case_file c set state = ${bring('$2::text')} from huiyin.timer t where t.case_id = c.id and c.id = $1`,
      [id, String(at)],
    );
    await pool.query(
      'update huiyin.timer set due_at = huiyin.instant($2), wake_at = huiyin.instant($2) where case_id = $1',
      [id, at],
    );
    await pool.query(WAKE, [at]);
    await new Promise((done) => setTimeout(done, 120));
  }
  await loading;
  await new Promise((done) => setTimeout(done, 2_000));
  await listener.end();
  const fired = await pool.query<{ id: string; xid: number }>(
    `select case_id as id, min(written_in) as xid from huiyin.journal
     where tenant_id = 'demo' and case_id = any ($1::uuid[]) and type like 'clock%'
       and at >= huiyin.instant($2) group by case_id`,
    [[...due.keys()], Math.min(...due.values())],
  );
  if (fired.rows.length < due.size) throw new Error(`${due.size - fired.rows.length} timers never fired`);
  return fired.rows.map(({ id, xid }) => (told.get(xid) ?? Number.POSITIVE_INFINITY) - (due.get(id) ?? 0));
}

/** Copies registered cases until `count` of them wait for a timer, lets all fall due at once and waits for the last. */
async function workOff(pool: Pool, count: number): Promise<{ perSecond: number; entries: number; notices: number }> {
  const there = await pool.query<{ id: string }>(
    `select c.id from huiyin.case_file c join huiyin.timer t on t.case_id = c.id
     where c.seq < 12 and c.state_name = 'registered' and t.due_at > now() + interval '10 minutes' order by c.id desc limit 1`,
  );
  const model = there.rows[0]?.id;
  const columns = await pool.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = 'huiyin.case_file'::regclass and attnum > 0 and attname not in ('id', 'number', 'state')`,
  );
  const list = columns.rows.map(({ name }) => name).join(', ');
  for (let from = 0; from < count; from += 5_000)
    await pool.query(
      `with made as (
         insert into huiyin.case_file (id, number, state, ${list})
         select f.id, 'B' || f.n, replace((${bring('$4::text')})::text, c.id::text, f.id::text)::json, ${list.replaceAll(/\b(\w+)/g, 'c.$1')}
         from huiyin.case_file c join huiyin.timer t on t.case_id = c.id,
              (select gen_random_uuid() as id, n from generate_series($2::int, $3::int) n) f
         where c.id = $1 returning id, tenant_id)
       insert into huiyin.timer (tenant_id, key, case_id, due_at, wake_at, revision)
       select tenant_id, 'case:' || id, id, 'infinity', 'infinity', -1 from made`,
      [model, from + 1, Math.min(from + 5_000, count), String(Date.now())],
    );
  await pool.query('vacuum analyze huiyin.case_file');
  await pool.query('vacuum analyze huiyin.timer');
  const rows = async (): Promise<{ entries: number; notices: number }> => {
    const found = await pool.query<{ entries: number; notices: number }>(
      `select (select count(*)::int from huiyin.journal) as entries, (select count(*)::int from huiyin.notice) as notices`,
    );
    return found.rows[0] ?? { entries: 0, notices: 0 };
  };
  const before = await rows();
  await pool.query('update huiyin.timer set due_at = now(), wake_at = now() where revision = -1');
  const begun = performance.now();
  await pool.query(WAKE, [0]);
  for (let left = count; left > 0; ) {
    await new Promise((done) => setTimeout(done, 250));
    const found = await pool.query<{ left: number }>(
      'select count(*)::int as left from huiyin.timer where wake_at < now()',
    );
    left = found.rows[0]?.left ?? 0;
  }
  const seconds = (performance.now() - begun) / 1000;
  const after = await rows();
  return {
    perSecond: count / seconds,
    entries: after.entries - before.entries,
    notices: after.notices - before.notices,
  };
}

if (import.meta.main) {
  const env = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
  console.table(
    await benchTimers({
      dataDir: process.argv[2] ?? 'bench-data',
      port: env('PORT', 8_139),
      backlog: env('TIMERS', 100_000),
      probes: env('PROBES', 200),
      rounds: env('ROUNDS', 1),
    }),
  );
}

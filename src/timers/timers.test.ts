import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimPurpose } from '#db/purpose.ts';
import { learnTables } from '#db/statistics.ts';
import { testDatabase } from '#db/testing.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { type Handling, openHandling } from '#handling/index.ts';
import { foundTestCompany, type TestCompany } from '#handling/testing.ts';
import { testPack } from '#handling/testing-pack.ts';
import { openSandboxTime, type SandboxTime, systemTime } from '#handling/time.ts';
import { prepareJobs } from '#jobs/prepare.ts';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';

const db = testDatabase();
let company: TestCompany;
let time: SandboxTime;
let handling: Handling;
let directory: DirectoryCache;
const failures: string[] = [];

beforeAll(async () => {
  await claimPurpose(db.owner, 'sandbox');
  await prepareJobs(db.owner);
  time = await openSandboxTime(db.appPool);
  company = await foundTestCompany(db.appPool, time.now());
  directory = await openDirectoryCache(db.appPool);
  handling = await openHandling({
    pool: db.appPool,
    owner: db.owner,
    time,
    sandbox: time,
    directory,
    calendars: company.calendars,
    mail: null,
    dataDir: null,
    works: true,
    reports: {
      openCases: async ({ pool, tenant }, params) => {
        const { rows } = await pool.query<{ n: number }>(
          `select count(*)::int as n from (select set_config('app.tenant', $1, false)) s, huiyin.case_list where procedure = $2`,
          [tenant, params.kind],
        );
        return { total: rows[0]?.n ?? 0 };
      },
    },
    onFailure: (failure) => failures.push(JSON.stringify(failure)),
  });
});
afterAll(async () => {
  await handling.close();
  directory.close();
});

const register = async (content = '噪音') => {
  const said = await handling.handle({
    tenant: company.tenant,
    actor: company.clerk,
    pack: 'T',
    command: { type: 'register', matter: 'complaint', channel: 'phone', values: { content } },
  });
  if (!said.ok) throw new Error(said.refusal.code);
  return said.value;
};
const take = (caseId: string, step: string, values = {}) =>
  handling.handle({ tenant: company.tenant, actor: company.manager, caseId, command: { type: 'take', step, values } });
const storyOf = async (caseId: string) =>
  (await handling.journalOf(company.tenant, caseId)).map((entry) => ({ type: entry.type, at: entry.at }));

test('the clock of a company in business cannot be moved, even by writing the row', async () => {
  await db.ownerPool.query('alter table huiyin.installation disable trigger user');
  await db.ownerPool.query(`update huiyin.installation set purpose = 'production'`);
  await expect(db.appPool.query('update huiyin.sandbox_clock set offset_ms = 5')).rejects.toThrow(/cannot be moved/);
  await db.ownerPool.query(`update huiyin.installation set purpose = 'sandbox'`);
});

test('nobody calls back: the warning, the breach and each level of the ladder come at their own moments', async () => {
  const made = await register();
  const promise = made.state.clocks.find((run) => run.clock === 'contact');
  const done = await handling.moveClock(time.now() + 25 * HOUR);
  expect(done.moments).toBeGreaterThanOrEqual(3);
  const story = await storyOf(made.caseId);
  const spoken = story.filter((e) => e.type === 'clockWarned' || e.type === 'clockBreached');
  expect(spoken).toEqual([
    { type: 'clockWarned', at: promise?.moments[0]?.at },
    { type: 'clockBreached', at: promise?.moments[1]?.at },
    { type: 'clockBreached', at: promise?.moments[2]?.at },
  ]);
  const file = await handling.caseById(company.tenant, made.caseId);
  expect(file?.state.clocks[0]?.breachedAt).toBe(promise?.moments[1]?.at);
  const [row] = (await handling.worklist(company.tenant, { words: made.number })).rows;
  expect(row?.breachLevel).toBeGreaterThanOrEqual(1);
  expect(failures).toEqual([]);
});

test('a timer that sets another within the time jumped over fires both, each in its turn', async () => {
  const published = await handling.publish(company.tenant, {
    sources: testPack('1.1.0'),
    by: '李经理',
    reviewNote: '',
  });
  expect(published.ok).toBe(true);
  const before = time.now();
  await handling.moveClock(before + 3 * DAY);
  const { rows } = await handling.worklist(company.tenant, { procedure: 'inspection', scope: 'all' });
  expect(rows).toHaveLength(3);
  // Each day's case was itself overdue after eight hours, before the next day's was opened.
  for (const row of rows.slice(0, 2)) {
    expect(new Date(row.receivedAt).toISOString()).toMatch(/T01:00:00.000Z$/);
    const story = await storyOf(row.id);
    const breached = story.find((e) => e.type === 'clockBreached')?.at ?? 0;
    expect(breached).toBeGreaterThan(row.registeredAt + 8 * HOUR);
    expect(breached).toBeLessThanOrEqual(row.registeredAt + 8 * HOUR + 1000);
  }
  const journal = await db.ownerPool.query<{ at: number }>(
    `select at from huiyin.journal where type in ('caseRegistered', 'clockBreached') and case_id = any ($1) order by position`,
    [rows.map((row) => row.id)],
  );
  const moments = journal.rows.map((row) => row.at);
  expect(moments).toEqual([...moments].sort((a, b) => a - b));
});

test('the demo clock never goes back', async () => {
  await expect(handling.moveClock(time.now() - MINUTE)).rejects.toThrow(/only moves forward/);
});

test('a timer fires by itself, not before its moment and at once after it', async () => {
  const made = await register('定时');
  const due = time.now() + 150;
  await db.ownerPool.query(
    'update huiyin.timer set due_at = huiyin.instant($2), wake_at = huiyin.instant($2), revision = 0 where case_id = $1',
    [made.caseId, due],
  );
  await db.ownerPool.query(
    `select pg_notify('huiyin_journal', json_build_object('tenant', $1::text, 'first', null, 'position', null, 'xid', 0, 'wake', $2::float8)::text)`,
    [company.tenant, due],
  );
  let fired: { at: number } | undefined;
  for (let i = 0; i < 100 && !fired; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    const { rows } = await db.ownerPool.query<{ at: number; due_at: number }>(
      'select due_at from huiyin.timer where case_id = $1 and revision > 0',
      [made.caseId],
    );
    if (rows[0]) fired = { at: time.now() };
  }
  expect(fired?.at).toBeGreaterThanOrEqual(due);
  expect((fired?.at ?? Infinity) - due).toBeLessThan(500);
});

test('a timer that cannot be decided is put off and told, and holds up nobody else', async () => {
  const bad = await register('坏');
  const good = await register('好');
  await db.ownerPool.query(
    `update huiyin.case_file set state = json_build_object('clocks', 'nonsense', 'pack', 'T', 'packVersion', '1.1.0') where id = $1`,
    [bad.caseId],
  );
  failures.length = 0;
  await handling.moveClock(time.now() + HOUR + MINUTE);
  expect(failures.some((f) => f.includes(bad.caseId))).toBe(true);
  expect((await storyOf(good.caseId)).some((e) => e.type === 'clockWarned')).toBe(true);
  await db.ownerPool.query('delete from huiyin.timer where case_id = $1', [bad.caseId]);
});

test('a step that asks for figures gets them from the report, entered by the system once', async () => {
  failures.length = 0;
  const made = await register('数一数');
  await take(made.caseId, 'measure');
  expect(await handling.drainJobs()).toBe(true);
  const file = await handling.caseById(company.tenant, made.caseId);
  expect(failures).toEqual([]);
  expect(file?.state.state).toBe('measured');
  expect(file?.state.entries.figures?.[0]?.by.kind).toBe('system');
  expect(file?.state.entries.figures?.[0]?.values.total).toBeGreaterThan(3);
});

test('whoever watches the company hears of every entry as it is written', async () => {
  const heard: string[] = [];
  const stop = handling.subscribe(company.tenant, (entries) =>
    heard.push(...entries.map((e) => `${e.caseId} ${e.seq}`)),
  );
  const made = await Promise.all(Array.from({ length: 10 }, (_, i) => register(`第${i}件`)));
  const all = made.flatMap((m) => m.events.map((e) => `${m.caseId} ${e.seq}`));
  for (let i = 0; i < 100 && heard.length < all.length; i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  stop();
  expect(new Set(heard)).toEqual(new Set(all));
});

test('production time is the time of the machine', () => {
  expect(Math.abs(systemTime.now() - Date.now())).toBeLessThan(1000);
});

test('a clock that falls due while somebody changes the case waits for its turn; neither blocks the other', async () => {
  const made = await register('两边同时');
  const [clerk, clockwork] = [await db.ownerPool.connect(), await db.ownerPool.connect()];
  try {
    await clerk.query('begin');
    await clerk.query('select from huiyin.case_file where id = $1 for update', [made.caseId]);
    await clockwork.query('begin');
    const claim = async (): Promise<string[]> =>
      (await clockwork.query<{ case_id: string }>(`select case_id from huiyin.claim_due('infinity', 1000)`)).rows.map(
        (row) => row.case_id,
      );
    expect(await claim()).not.toContain(made.caseId);
    // The change writes its next moment, which the clockwork's transaction still holds, and gets it when that ends.
    const change = clerk.query('update huiyin.timer set revision = revision + 1 where case_id = $1', [made.caseId]);
    await clockwork.query('commit');
    await change;
    await clerk.query('commit');
    await clockwork.query('begin');
    expect(await claim()).toContain(made.caseId);
    await clockwork.query('rollback');
  } finally {
    clerk.release();
    clockwork.release();
  }
});

test('a timer finds its case by its key in a company so young that the database has not looked at its tables yet', async () => {
  const made = await register('刚开张');
  const client = await db.ownerPool.connect();
  try {
    await client.query('begin');
    for (const ask of [
      `select from huiyin.peek_due('infinity', 17)`,
      `select from huiyin.claim_due('infinity', 17)`,
      `select from huiyin.look('${company.tenant}', array['${made.caseId}'::uuid], array['no key'])`,
    ])
      await client.query(ask);
    const walked = await client.query(
      `select relname from pg_stat_xact_user_tables where schemaname = 'huiyin' and seq_scan > 0`,
    );
    expect(walked.rows).toEqual([]);
  } finally {
    await client.query('rollback');
    client.release();
  }
});

test('tables that were filled and never looked at are looked at, once', async () => {
  const unknown = async (): Promise<number> =>
    (
      await db.ownerPool.query(
        `select from pg_class where relnamespace = 'huiyin'::regnamespace and relkind = 'r' and reltuples < 0
           and pg_relation_size(oid) > 0`,
      )
    ).rowCount ?? 0;
  expect(await unknown()).toBeGreaterThan(0);
  await learnTables(db.owner);
  expect(await unknown()).toBe(0);
});

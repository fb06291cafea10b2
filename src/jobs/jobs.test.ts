import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readMail } from '#channels/email/read-mail.ts';
import { until } from '#db/process.ts';
import { testDatabase } from '#db/testing.ts';
import { caseOfLink } from '#directory/account/case-link.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { type Handling, openHandling } from '#handling/index.ts';
import { foundTestCompany, type TestCompany } from '#handling/testing.ts';
import { systemTime } from '#handling/time.ts';
import { openJobs } from './open.ts';
import { prepareJobs } from './prepare.ts';
import { signOfLife, unlockDead } from './unlock.ts';

const db = testDatabase();
let company: TestCompany;
let directory: DirectoryCache;
let post: { server: Server; port: number; letters: string[]; refuse: boolean };
const open: Handling[] = [];

/** A post office that speaks just enough SMTP to take a letter, or to refuse it. */
async function openPost(): Promise<typeof post> {
  const letters: string[] = [];
  const office = { letters, refuse: false, port: 0, server: createServer() };
  office.server.on('connection', (socket: Socket) => {
    let inside = false;
    let letter = '';
    socket.setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.write('220 post\r\n');
    socket.on('data', (part: string) => {
      if (inside) {
        letter += part;
        if (!letter.endsWith('\r\n.\r\n')) return;
        inside = false;
        letters.push(letter);
        letter = '';
        socket.write('250 taken\r\n');
        return;
      }
      for (const line of part.split('\r\n').filter((l) => l !== '')) {
        const word = line.slice(0, 4).toUpperCase();
        if (word === 'DATA') {
          inside = true;
          socket.write('354 go on\r\n');
        } else if (word === 'RCPT' && office.refuse) socket.write('550 nobody here\r\n');
        else if (word === 'QUIT') socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  });
  await new Promise<void>((done) => office.server.listen(0, '127.0.0.1', done));
  const address = office.server.address();
  office.port = address !== null && typeof address === 'object' ? address.port : 0;
  return office;
}

beforeAll(async () => {
  await prepareJobs(db.owner);
  company = await foundTestCompany(db.appPool, systemTime.now());
  directory = await openDirectoryCache(db.appPool);
  post = await openPost();
});
afterEach(async () => {
  for (const handling of open.splice(0)) await handling.close();
});
afterAll(() => {
  directory.close();
  post.server.close();
});

const start = async (mail: boolean, publicUrl?: string): Promise<Handling> => {
  const handling = await openHandling({
    pool: db.appPool,
    owner: db.owner,
    time: systemTime,
    directory,
    calendars: company.calendars,
    mail: mail ? { url: `smtp://127.0.0.1:${post.port}`, from: 'huiyin@example.test' } : null,
    publicUrl,
    dataDir: null,
    works: true,
    reports: {},
    onFailure: () => undefined,
  });
  open.push(handling);
  return handling;
};
const register = async (handling: Handling, values: Record<string, string>) => {
  const said = await handling.handle({
    tenant: company.tenant,
    actor: company.clerk,
    pack: 'T',
    command: { type: 'register', matter: 'complaint', channel: 'phone', values: { content: '噪音', ...values } },
  });
  if (!said.ok) throw new Error(JSON.stringify(said.refusal));
  return said.value;
};
const deliveries = async (caseId: string) =>
  (
    await db.ownerPool.query<{ role: string; delivery: string }>(
      'select role, delivery from huiyin.notice where case_id = $1 order by seq',
      [caseId],
    )
  ).rows;

test('with a post office, the manager and the owner get their letters once, and it is recorded', async () => {
  const handling = await start(true);
  post.letters.length = 0;
  const made = await register(handling, { email: 'wang@example.test' });
  expect(await handling.drainJobs()).toBe(true);
  expect(await deliveries(made.caseId)).toEqual([
    { role: 'manager', delivery: 'sent' },
    { role: 'owner', delivery: 'sent' },
  ]);
  const mine = post.letters.filter((letter) => letter.includes(made.caseId));
  expect(mine).toHaveLength(2);
  // The same job once more: the notice already says that it was sent.
  await db.ownerPool.query(`select graphile_worker.add_job('deliver-notice', $1)`, [
    JSON.stringify({
      tenant: company.tenant,
      caseId: made.caseId,
      seq: made.events.find((e) => e.type === 'noticeIssued')?.seq,
    }),
  ]);
  await handling.drainJobs();
  expect(post.letters.filter((letter) => letter.includes(made.caseId))).toHaveLength(2);
});

test('the owner’s letter carries the address of his own page once the public address is set, the manager’s does not', async () => {
  const handling = await start(true, 'https://huiyin.example');
  post.letters.length = 0;
  const made = await register(handling, { email: 'wang@example.test' });
  expect(await handling.drainJobs()).toBe(true);
  const letters = await Promise.all(post.letters.map(async (letter) => (await readMail(Buffer.from(letter))).text));
  const links = letters.flatMap((text) => /https:\/\/huiyin\.example\/o\/c\/(\S+)/.exec(text)?.[1] ?? []);
  expect([letters.length, links.length]).toEqual([2, 1]);
  expect(await caseOfLink(db.appPool, links[0], systemTime.now())).toEqual({
    tenant: company.tenant,
    caseId: made.caseId,
    inLetter: true,
  });
});

test('an owner without an address is told on the page', async () => {
  const handling = await start(true);
  const made = await register(handling, {});
  await handling.drainJobs();
  expect((await deliveries(made.caseId)).find((d) => d.role === 'owner')?.delivery).toBe('page');
});

test('without a post office every notice is shown in the page and no job is made', async () => {
  const handling = await start(false);
  const made = await register(handling, { email: 'wang@example.test' });
  expect((await deliveries(made.caseId)).every((d) => d.delivery === 'page')).toBe(true);
  const jobs = await db.ownerPool.query('select from graphile_worker._private_jobs');
  expect(jobs.rowCount).toBe(0);
});

test('a letter that is refused to the last is recorded as failed, with the reason', async () => {
  const handling = await start(true);
  post.refuse = true;
  const made = await register(handling, { email: 'wang@example.test' });
  await handling.drainJobs();
  await db.ownerPool.query(`update graphile_worker._private_jobs set run_at = now(), attempts = max_attempts - 1`);
  await db.ownerPool.query(`select pg_notify('jobs:insert', '{"count":2}')`);
  await until(async () => (await deliveries(made.caseId)).every((d) => d.delivery === 'failed'), 8_000, 50);
  post.refuse = false;
  const { rows } = await db.ownerPool.query<{ delivery: string; delivery_note: string }>(
    'select delivery, delivery_note from huiyin.notice where case_id = $1',
    [made.caseId],
  );
  expect(rows.every((row) => row.delivery === 'failed' && row.delivery_note.includes('550'))).toBe(true);
});

test('jobs of a worker that was killed are free at once when its session is gone, those of a living one stay', async () => {
  await db.ownerPool.query('delete from graphile_worker._private_jobs');
  await db.ownerPool.query(`select graphile_worker.add_job('of-the-dead'), graphile_worker.add_job('of-the-living')`);
  const lock = (worker: string, task: string) =>
    db.ownerPool.query(
      `update graphile_worker._private_jobs set locked_by = $1, locked_at = now() - interval '1 minute'
       where task_id = (select id from graphile_worker._private_tasks where identifier = $2)`,
      [worker, task],
    );
  await lock('pool-dead', 'of-the-dead');
  await lock('pool-alive', 'of-the-living');
  const die = await signOfLife(db.ownerPool, 'pool-alive');
  expect(await unlockDead(db.ownerPool)).toEqual(['pool-dead']);
  const { rows } = await db.ownerPool.query<{ locked_by: string | null }>(
    'select locked_by from graphile_worker._private_jobs order by locked_by nulls first',
  );
  expect(rows.map((row) => row.locked_by)).toEqual([null, 'pool-alive']);
  die();
  await until(async () => (await unlockDead(db.ownerPool)).includes('pool-alive'), 2_000, 20);
  const after = await db.ownerPool.query<{ locked_by: string | null }>(
    'select locked_by from graphile_worker._private_jobs',
  );
  expect(after.rows.every((row) => row.locked_by === null)).toBe(true);
});

test('a database that lets nobody in just as a job is done neither ends the program nor the work: it begins anew', async () => {
  await db.ownerPool.query('delete from graphile_worker._private_jobs');
  const letIn = (most: number) => db.ownerPool.query(`alter database ${db.name} connection limit ${most}`);
  let times = 0;
  let told = '';
  const book = async (): Promise<void> => {
    times += 1;
    if (times > 1) return;
    await letIn(0);
    await db.ownerPool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
    );
  };
  const failed = ({ task, cause }: { task: string; cause: string }): void => {
    if (task === 'workers') told ||= cause;
  };
  const jobs = await openJobs(db.owner, { book }, '', failed);
  try {
    await db.ownerPool.query(`select graphile_worker.add_job('book')`);
    expect(await until(async () => told !== '', 10_000, 20)).toBe(true);
    await letIn(-1);
    expect(await jobs.drain()).toBe(true);
    expect(times).toBe(2);
  } finally {
    await jobs.stop();
  }
});

test('once an hour what nobody needs any more is removed, and nothing that a case names', async () => {
  await db.ownerPool.query('delete from graphile_worker._private_jobs');
  const handling = await start(false);
  const made = await register(handling, {});
  const old = new Date(systemTime.now() - 40 * 86_400_000).toISOString();
  const put = (key: string, at: string) =>
    db.ownerPool.query(
      `insert into huiyin.idempotency (tenant_id, key, digest, answer, at) values ($1, $2, 'd', '{}', $3)`,
      [company.tenant, key, at],
    );
  await put('long-ago', old);
  await put('today', new Date(systemTime.now()).toISOString());
  const upload = async (caseId: string | null): Promise<string> => {
    const kept = await db.ownerPool.query<{ id: string }>(
      `insert into huiyin.attachment (tenant_id, id, name, type, size, sha256, uploaded_by, uploaded_at, case_id)
       values ($1, gen_random_uuid(), 'a.txt', 'text/plain', 1, sha256('a'), '{}', $2, $3) returning id`,
      [company.tenant, old, caseId],
    );
    return kept.rows[0]?.id ?? '';
  };
  const used = await upload(made.caseId);
  await upload(null);
  for (let time = 0; time < 2; time += 1) {
    await db.ownerPool.query(`select graphile_worker.add_job('tidy-up')`);
    expect(await handling.drainJobs()).toBe(true);
  }
  const left = await db.ownerPool.query<{ id: string }>('select id from huiyin.attachment');
  expect(left.rows).toEqual([{ id: used }]);
  const keys = await db.ownerPool.query(`select key from huiyin.idempotency where key in ('long-ago', 'today')`);
  expect(keys.rows).toEqual([{ key: 'today' }]);
  const planned = await db.ownerPool.query('select identifier from graphile_worker._private_known_crontabs');
  expect(planned.rows).toEqual([{ identifier: 'tidy-up' }]);
});

test('a case that was opened from another tells it how it ended, once', async () => {
  const handling = await start(false);
  const parent = await register(handling, {});
  const take = async (caseId: string, step: string, values: Record<string, string>) => {
    const said = await handling.handle({
      tenant: company.tenant,
      caseId,
      actor: company.manager,
      command: { type: 'take', step, values },
    });
    if (!said.ok) throw new Error(JSON.stringify(said.refusal));
    return said.value;
  };
  const opened = (await take(parent.caseId, 'inspect', {})).events.find((event) => event.type === 'caseOpened');
  const child = opened?.type === 'caseOpened' ? opened.data.caseId : '';
  await take(child, 'report', { result: '水管已换' });
  await handling.drainJobs();
  const file = await handling.caseById(company.tenant, parent.caseId);
  expect(file?.state.links.find((link) => link.caseId === child)).toMatchObject({ outcome: '水管已换' });
  await db.ownerPool.query(`select graphile_worker.add_job('tell-parent', $1)`, [
    JSON.stringify({ tenant: company.tenant, caseId: child, parent: parent.caseId, outcome: '水管已换' }),
  ]);
  await handling.drainJobs();
  expect((await handling.caseById(company.tenant, parent.caseId))?.seq).toBe(file?.seq);
});

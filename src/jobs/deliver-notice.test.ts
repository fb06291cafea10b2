import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { transaction, withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { obey, type StaffingOrder } from '#directory/staffing/orders.ts';
import { type Handling, openHandling } from '#handling/index.ts';
import { type NoticeRules, PLAIN_RULES, setNoticeChoice, setNoticeRules } from '#handling/notice-rules.ts';
import { foundTestCompany, type TestCompany, testTime } from '#handling/testing.ts';
import { fireBatch } from '#timers/fire.ts';
import { deliverNotice } from './deliver-notice.ts';
import { emailWay } from './email-way.ts';
import { startNoticePump } from './notice-pump.ts';
import { type Jobs, openJobs } from './open.ts';
import { prepareJobs } from './prepare.ts';

const db = testDatabase();
const at = (local: string): number => Date.parse(`${local}+08:00`);
const time = testTime(at('2026-03-04T10:00'));
let company: TestCompany;
let directory: DirectoryCache;
let handling: Handling;
let jobs: Jobs;
let pump: ReturnType<typeof startNoticePump>;
let first: Office;
let second: Office;

interface Office {
  port: number;
  letters: string[];
  refuse: boolean;
  close(): void;
}

/** A post office that speaks just enough SMTP to take a letter, or to refuse it. */
async function openOffice(): Promise<Office> {
  const server = createServer();
  const office: Office = { port: 0, letters: [], refuse: false, close: () => server.close() };
  server.on('connection', (socket: Socket) => {
    let letter: string | null = null;
    socket.setEncoding('utf8').on('error', () => undefined);
    socket.write('220 post\r\n');
    socket.on('data', (part: string) => {
      if (letter !== null) {
        letter += part;
        if (!letter.endsWith('\r\n.\r\n')) return;
        office.letters.push(letter);
        letter = null;
        socket.write('250 taken\r\n');
        return;
      }
      for (const line of part.split('\r\n').filter((one) => one !== '')) {
        const word = line.slice(0, 4).toUpperCase();
        if (word === 'DATA') letter = '';
        if (word === 'QUIT') socket.end('221 bye\r\n');
        else
          socket.write(
            word === 'DATA' ? '354 go on\r\n' : word === 'RCPT' && office.refuse ? '550 nobody here\r\n' : '250 ok\r\n',
          );
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  office.port = typeof address === 'object' && address !== null ? address.port : 0;
  return office;
}

beforeAll(async () => {
  await prepareJobs(db.owner);
  company = await foundTestCompany(db.appPool, time.now());
  directory = await openDirectoryCache(db.appPool);
  first = await openOffice();
  second = await openOffice();
  const mail = (office: Office) => ({ url: `smtp://127.0.0.1:${office.port}`, from: 'huiyin@example.test' });
  handling = await openHandling({
    pool: db.appPool,
    owner: db.owner,
    time,
    directory,
    calendars: company.calendars,
    mail: mail(first),
    dataDir: null,
    works: false,
    reports: {},
    onFailure: () => undefined,
  });
  const around = { pool: db.appPool, time };
  const ways = [emailWay(around, mail(first)), { ...emailWay(around, mail(second)), id: 'secondPost', channels: [] }];
  const deliver = deliverNotice({ ...around, packs: handling.packs, handler: handling, ways });
  jobs = await openJobs(db.owner, { 'deliver-notice': deliver }, '', () => undefined);
  pump = startNoticePump({ pool: db.appPool, now: () => time.now(), onFailure: (cause) => expect.fail(cause) });
});
beforeEach(() => {
  time.set(at('2026-03-04T10:00'));
});
afterEach(async () => {
  first.refuse = false;
  first.letters.length = 0;
  second.letters.length = 0;
  await db.ownerPool.query('delete from huiyin.notice_sending');
  await db.ownerPool.query('delete from huiyin.notice_choice');
});
afterAll(async () => {
  await pump?.stop();
  await jobs?.stop();
  await handling?.close();
  directory?.close();
  first?.close();
  second?.close();
});

const rules = (wish: Partial<NoticeRules>): Promise<void> =>
  withTenant(db.appPool, company.tenant, (client) =>
    setNoticeRules(client, company.tenant, { ...PLAIN_RULES, ...wish }, '测试', time.now()),
  );
const passTime = async (local?: string): Promise<void> => {
  if (local !== undefined) time.set(at(local));
  await pump.round();
  expect(await jobs.drain()).toBe(true);
};
const register = async (values: Record<string, string> = {}): Promise<string> => {
  const said = await handling.handle({
    tenant: company.tenant,
    actor: company.clerk,
    pack: 'T',
    command: { type: 'register', matter: 'complaint', channel: 'phone', values: { content: '噪音', ...values } },
  });
  if (!said.ok) throw new Error(JSON.stringify(said.refusal));
  await passTime();
  return said.value.caseId;
};
const history = async (caseId: string, role: string) =>
  (
    await db.ownerPool.query<{ way: string; reason: string; status: string; in_one: number }>(
      `select s.way, s.reason, s.status, s.in_one from huiyin.notice_sending s
       join huiyin.notice n on n.case_id = s.case_id and n.seq = s.seq
       where n.case_id = $1 and n.role = $2 order by s.seq, s.attempt`,
      [caseId, role],
    )
  ).rows;
const unread = (): Promise<number> => handling.notices.unread(company.tenant, company.manager.personId ?? '');

test('夜里的通知留到早上，合成一封；铃铛里仍是一条一条', async () => {
  await rules({ quiet: { from: '22:00', to: '07:00' } });
  time.set(at('2026-03-04T23:30'));
  const before = await unread();
  const [one] = [await register(), await register()];
  expect(first.letters).toEqual([]);
  expect(await history(one, 'manager')).toMatchObject([{ reason: 'quiet', status: 'planned' }]);
  await passTime('2026-03-05T06:59');
  expect(first.letters).toEqual([]);
  await passTime('2026-03-05T07:00');
  expect(first.letters).toHaveLength(1);
  expect(await history(one, 'manager')).toMatchObject([{ status: 'sent', in_one: 2 }]);
  expect(await unread()).toBe(before + 2);
});

test('责任人的超时通知不等到早上；本人选了“不设免打扰”的，也马上送到', async () => {
  await rules({ quiet: { from: '00:00', to: '23:59' } });
  const late = await register();
  const row = await db.ownerPool.query<{ seq: number }>(
    'select seq from huiyin.notice where case_id = $1 and role = $2',
    [late, 'manager'],
  );
  await db.ownerPool.query(`update huiyin.notice set notice = 'clock.limit' where case_id = $1`, [late]);
  await db.ownerPool.query('delete from huiyin.notice_sending where case_id = $1', [late]);
  await db.ownerPool.query(`select graphile_worker.add_job('deliver-notice', $1)`, [
    JSON.stringify({ tenant: company.tenant, caseId: late, seq: row.rows[0]?.seq }),
  ]);
  await passTime();
  expect(await history(late, 'manager')).toMatchObject([{ reason: 'first', status: 'sent' }]);
  await withTenant(db.appPool, company.tenant, (client) =>
    setNoticeChoice(
      client,
      company.tenant,
      company.manager.personId ?? '',
      { quiet: 'never', quietHours: null, together: 'company', togetherMinutes: null, ways: null },
      time.now(),
    ),
  );
  expect(await history(await register(), 'manager')).toMatchObject([{ reason: 'first', status: 'sent' }]);
});

test('短时间里接连来的通知：第一条马上送，其余合成一条', async () => {
  await rules({ togetherMinutes: 15 });
  const cases = [await register(), await register(), await register()];
  expect(first.letters).toHaveLength(1);
  await passTime('2026-03-04T10:15');
  expect(first.letters).toHaveLength(2);
  expect(await history(cases[2] ?? '', 'manager')).toMatchObject([{ reason: 'together', status: 'sent', in_one: 2 }]);
});

test('一条路不通就走下一条；没人看，过了时间也走下一条；看过了就不再打扰', async () => {
  await rules({ unreadMinutes: 60 });
  first.refuse = true;
  const refused = await register();
  expect(await history(refused, 'manager')).toMatchObject([
    { way: 'email', status: 'failed' },
    { way: 'secondPost', reason: 'failed', status: 'sent' },
  ]);
  first.refuse = false;
  const [ignored, seen] = [await register(), await register()];
  await handling.notices.markRead(company.tenant, company.manager.personId ?? '', seen);
  await passTime('2026-03-04T11:00');
  expect(await history(ignored, 'manager')).toMatchObject([
    { way: 'email' },
    { way: 'secondPost', reason: 'unread', status: 'sent' },
  ]);
  expect(await history(seen, 'manager')).toMatchObject([{ way: 'email' }, { way: 'secondPost', status: 'needless' }]);
});

test('哪条路都送不到业主时，责任人收到通知，知道要换个方式联系', async () => {
  await rules({});
  first.refuse = true;
  second.refuse = true;
  const lost = await register({ email: 'gone@example.test' });
  second.refuse = false;
  const { rows } = await db.ownerPool.query<{ recipient_id: string; text_zh: string }>(
    `select recipient_id, text_zh from huiyin.notice where case_id = $1 and notice = 'undelivered'`,
    [lost],
  );
  expect(rows).toMatchObject([{ recipient_id: company.manager.personId }]);
  expect(rows[0]?.text_zh).toMatch(/发给业主的通知没有送达.*550/s);
});

test('一封退回来的信，同样走下一条路', async () => {
  await rules({});
  const back = await register({ email: 'wang@example.test' });
  await db.ownerPool.query(
    `update huiyin.notice set delivery = 'failed', delivery_note = '5.1.1' where case_id = $1 and role = 'owner'`,
    [back],
  );
  await passTime();
  expect(await history(back, 'owner')).toMatchObject([
    { way: 'email', status: 'failed' },
    { way: 'secondPost', reason: 'failed', status: 'sent' },
  ]);
});

test('快到期的证书同样通知：夜里的留到早上发给本人和上级，信里不写证书编号；送不到就走下一条路', async () => {
  await rules({ quiet: { from: '22:00', to: '07:00' } });
  time.set(at('2026-03-04T23:30'));
  const { tenant } = company;
  const personId = company.clerk.personId ?? '';
  const say = (order: StaffingOrder) =>
    withTenant(db.appPool, tenant, (client) =>
      obey(client, { tenant, now: time.now(), by: personId, manages: true }, order),
    );
  await say({ type: 'nameSkill', code: 'liftLicence', kind: 'qualification', zh: '电梯作业证' });
  const certificate = { skill: 'liftLicence', certificateNumber: 'TS6-0042', expiresOn: '2026-03-20' };
  expect((await say({ type: 'grantSkill', personId, ...certificate })).ok).toBe(true);
  const unused = { surroundings: () => Promise.reject(new Error('a certificate follows no procedure')) };
  await transaction(db.appPool, (client) =>
    fireBatch(client, { packs: handling.packs, handler: unused, calendars: company.calendars }, time.now(), 1_000),
  );
  await passTime();
  expect(first.letters).toEqual([]);
  await passTime('2026-03-05T06:59');
  expect(first.letters).toEqual([]);
  first.refuse = true;
  await passTime('2026-03-05T07:00');
  expect(second.letters).toHaveLength(2);
  expect(second.letters.join().includes('TS6-0042')).toBe(false);
  const held = await db.ownerPool.query<{ id: string }>('select person_skill_id as id from huiyin.person_skill');
  for (const role of ['holder', 'superior'])
    expect(await history(held.rows[0]?.id ?? '', role)).toMatchObject([
      { way: 'email', status: 'failed' },
      { way: 'secondPost', reason: 'failed', status: 'sent' },
    ]);
});

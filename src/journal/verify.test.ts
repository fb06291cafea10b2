import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool, rawJsonTypes } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { type Handler, openHandler } from '#handling/handle.ts';
import { openPacks } from '#handling/packs.ts';
import { foundTestCompany, type TestCompany, testTime } from '#handling/testing.ts';
import { type Anchor, anchorLog, castAnchor } from './anchor.ts';
import { openAnchorKey } from './anchor-key.ts';
import { linkHash, saltedDigest } from './chain.ts';
import { allFinished } from './testing.ts';
import { verifyJournal } from './verify.ts';
import type { StoredEntry } from './verify-case.ts';

const db = testDatabase();
const dataDir = mkdtempSync(join(tmpdir(), 'huiyin-anchor-'));
const START = Date.parse('2026-11-22T10:00:00+08:00');
const time = testTime(START);
let company: TestCompany;
let handler: Handler;
let directory: DirectoryCache;
let superuser: pg.Client;

const register = async (content: string) => {
  const said = await handler.handle({
    tenant: company.tenant,
    actor: company.clerk,
    pack: 'T',
    command: {
      type: 'register',
      matter: 'complaint',
      channel: 'phone',
      values: { content, name: '王业主', phone: '13900000000' },
    },
  });
  if (!said.ok) throw new Error(said.refusal.code);
  await handler.handle({
    tenant: company.tenant,
    actor: company.manager,
    caseId: said.value.caseId,
    command: { type: 'take', step: 'contact', values: { words: '已联系' } },
  });
  return said.value;
};

beforeAll(async () => {
  company = await foundTestCompany(db.appPool, START);
  directory = await openDirectoryCache(db.appPool);
  handler = openHandler({
    pool: db.appPool,
    time,
    packs: openPacks(db.appPool),
    directory,
    calendars: company.calendars,
    mail: false,
  });
  superuser = new pg.Client(db.admin);
  await superuser.connect();
  // What a superuser can always do: every trigger of ours is off for this session.
  await superuser.query('set session_replication_role = replica; set search_path = huiyin; set timezone = UTC');
});
afterAll(async () => {
  directory.close();
  await superuser.end();
  rmSync(dataDir, { recursive: true });
});

const findings = async () => (await verifyJournal(db.owner, dataDir)).findings;
const codes = async () => [...new Set((await findings()).map((f) => f.code))];

/** Does something to the books, looks what is found, and puts the books back as they were. */
async function tampered(work: () => Promise<unknown>) {
  await superuser.query(
    `create table public.j as table huiyin.journal; create table public.c as table huiyin.case_file;
     create table public.a as table huiyin.anchor; create table public.t as table huiyin.timer`,
  );
  try {
    await work();
    return await findings();
  } finally {
    await superuser.query(`delete from huiyin.journal; insert into huiyin.journal overriding system value table public.j;
      delete from huiyin.case_file; insert into huiyin.case_file table public.c;
      delete from huiyin.anchor; insert into huiyin.anchor table public.a;
      delete from huiyin.timer; insert into huiyin.timer table public.t;
      drop table public.j, public.c, public.a, public.t`);
  }
}

test('honest books are clean, and every entry is counted', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, i) => register(`第${i}件投诉`)));
  const done = await verifyJournal(db.owner, dataDir);
  expect(done.findings).toEqual([]);
  expect(done.cases).toBe(8);
  const { rows } = await db.ownerPool.query<{ n: number }>('select count(*)::int as n from huiyin.journal');
  expect(done.entries).toBe(rows[0]?.n);
});

test('an edited entry is found, with the number of its case and its place', async () => {
  const made = await register('原话');
  const found = await tampered(() =>
    superuser.query(
      `update journal set data = replace(data::text, '原话', '改过')::json where case_id = $1 and seq = 1`,
      [made.caseId],
    ),
  );
  expect(found).toMatchObject([{ code: 'journal.dataEdited', number: made.number, seq: 1 }]);
  expect(found[0]?.message.zh).toBe(`案件 ${made.number} 第 1 条：内容被改动`);
});

test.each([
  [
    'the personal part',
    `update journal set personal = '{"name":"别人"}' where case_id = $1 and seq = 1`,
    'journal.personalEdited',
  ],
  [
    'the moment',
    `update journal set at = at - interval '1 hour' where case_id = $1 and seq = 2`,
    'journal.headerEdited',
  ],
  [
    'the author',
    `update journal set actor = '{"kind":"staff","personId":null,"name":"别人"}' where case_id = $1 and seq = 2`,
    'journal.headerEdited',
  ],
  ['the kind', `update journal set type = 'noteAdded' where case_id = $1 and seq = 3`, 'journal.headerEdited'],
  ['a removed entry', 'delete from journal where case_id = $1 and seq = 2', 'journal.entryMissing'],
  [
    'a removed end',
    'delete from journal where case_id = $1 and seq = (select max(seq) from journal where case_id = $1)',
    'journal.tailMissing',
  ],
  ['a whole journal removed', 'delete from journal where case_id = $1', 'case.withoutJournal'],
  ['a timer removed, without which no clock would speak', 'delete from timer where case_id = $1', 'case.timer'],
  ['a timer put off', `update timer set due_at = due_at + interval '1 day' where case_id = $1`, 'case.timer'],
  ['a removed case with its journal kept', 'delete from case_file where id = $1', 'case.rowMissing'],
  [
    'two entries that changed places',
    'update journal set seq = case seq when 2 then 3 when 3 then 2 end where case_id = $1 and seq in (2, 3)',
    'journal.order',
  ],
  [
    'an edited state',
    `update case_file set state = replace(state::text, '"round":1', '"round":7')::json where id = $1`,
    'case.stateEdited',
  ],
  ['an edited column of the list', `update case_file set breach_level = 3 where id = $1`, 'case.columnsEdited'],
])('%s is found even when a superuser did it', async (_what, sql, code) => {
  const made = await register('被动手脚');
  await superuser.query('alter table huiyin.journal drop constraint journal_pkey');
  const found = await tampered(() => superuser.query(sql, [made.caseId]));
  await superuser.query('alter table huiyin.journal add primary key (tenant_id, case_id, seq)');
  expect(found.map((f) => f.code)).toContain(code);
  expect(found.every((f) => f.caseId === made.caseId)).toBe(true);
});

test('an entry inserted in the middle is found', async () => {
  const made = await register('插入');
  const found = await tampered(async () => {
    await superuser.query('update journal set seq = seq + 1000 where case_id = $1 and seq > 1', [made.caseId]);
    await superuser.query('update journal set seq = seq - 999 where case_id = $1 and seq > 1000', [made.caseId]);
    await superuser.query(
      `insert into journal (tenant_id, case_id, seq, written_in, type, at, actor, data, salt, data_digest, prev_hash, hash)
       select tenant_id, case_id, 2, written_in, 'noteAdded', at, actor, '{"text":"假"}', salt, data_digest, hash, hash from journal where case_id = $1 and seq = 1`,
      [made.caseId],
    );
  });
  expect(found).toMatchObject([{ code: 'journal.dataEdited', seq: 2, number: made.number }]);
});

/** Rewrites one entry and then every hash after it, and the case row, as somebody who knows the program would. */
async function rewrite(caseId: string, from: string, to: string): Promise<void> {
  const pool = openPool(db.admin, 1);
  const { rows } = await pool.query<StoredEntry>({
    text: 'select * from huiyin.journal where case_id = $1 order by seq',
    values: [caseId],
    types: rawJsonTypes,
  });
  await pool.end();
  let link = Buffer.alloc(32);
  for (const row of rows) {
    const data = row.data.replace(from, to);
    const digest = saltedDigest(row.salt, data);
    const hash = linkHash(row.tenant_id, {
      caseId,
      seq: row.seq,
      type: row.type,
      at: row.at,
      actor: row.actor,
      dataDigest: digest,
      personalDigest: row.personal_digest,
      prevHash: link,
    });
    await superuser.query(
      'update journal set data = $3, data_digest = $4, prev_hash = $5, hash = $6 where case_id = $1 and seq = $2',
      [caseId, row.seq, data, digest, link, hash],
    );
    link = Buffer.from(hash);
  }
  await superuser.query(
    `update case_file set head_hash = $2, summary = replace(summary, $3, $4), state = replace(state::text, $3, $4)::json where id = $1`,
    [caseId, link, from, to],
  );
}

/** An anchor over all that was written so far. */
async function cast(): Promise<Anchor | undefined> {
  await allFinished(db.ownerPool);
  return castAnchor(db.appPool, openAnchorKey(dataDir), dataDir, START);
}

test('an anchor covers everything that was written, once, and the key is readable by its owner alone', async () => {
  const first = await cast();
  const { rows } = await db.ownerPool.query<{ n: number }>('select count(*)::int as n from huiyin.journal');
  expect(first?.entries).toBe(rows[0]?.n);
  expect(await cast()).toBeUndefined();
  expect(statSync(join(dataDir, 'anchor.key')).mode & 0o777).toBe(0o600);
  const done = await verifyJournal(db.owner, dataDir);
  expect(done).toMatchObject({ anchors: 1, covered: first?.entries, findings: [] });
});

test('what commits late is not skipped: it falls under the next anchor', async () => {
  const slow = await db.ownerPool.connect();
  await slow.query('begin; select pg_current_xact_id()');
  const made = await register('先登记');
  expect(await castAnchor(db.appPool, openAnchorKey(dataDir), dataDir, START)).toBeUndefined();
  await slow.query('commit');
  slow.release();
  const anchor = await cast();
  expect(anchor?.cases).toBe(1);
  expect(readFileSync(anchorLog(dataDir), 'utf8').trim().split('\n').at(-1)).toContain(made.caseId);
});

test('an entry rewritten together with all its hashes is found under its anchor', async () => {
  const made = await register('漏水三天无人管');
  await cast();
  expect(await codes()).toEqual([]);
  const found = await tampered(() => rewrite(made.caseId, '漏水三天无人管', '一切正常'));
  expect(found).toMatchObject([{ code: 'anchor.rewritten', number: made.number, caseId: made.caseId }]);
});

test('a whole case removed without a trace, and a tail cut with its case row put back, are found under their anchor', async () => {
  const made = await register('整件删除');
  await cast();
  const gone = await tampered(() =>
    superuser.query(
      `with j as (delete from journal where case_id = '${made.caseId}') delete from case_file where id = '${made.caseId}'`,
    ),
  );
  expect(gone).toMatchObject([{ code: 'anchor.entriesGone', caseId: made.caseId }]);
  const cut = await tampered(async () => {
    await superuser.query(
      'delete from journal where case_id = $1 and seq = (select max(seq) from journal where case_id = $1)',
      [made.caseId],
    );
    await superuser.query(
      'update case_file c set seq = j.seq, head_hash = j.hash from (select seq, hash from journal where case_id = $1 order by seq desc limit 1) j where id = $1',
      [made.caseId],
    );
  });
  expect(cut.map((f) => f.code)).toContain('anchor.rewritten');
});

test('removing or forging anchors is found too', async () => {
  expect(
    (await tampered(() => superuser.query('delete from anchor where number = (select max(number) from anchor)'))).map(
      (f) => f.code,
    ),
  ).toEqual([]);
  await cast();
  expect((await tampered(() => superuser.query('delete from anchor where number = 2'))).map((f) => f.code)).toContain(
    'anchor.removed',
  );
  expect(
    (
      await tampered(() => superuser.query(`update anchor set root = decode(repeat('ab', 32), 'hex') where number = 2`))
    ).map((f) => f.code),
  ).toEqual(['anchor.differs']);
});

test('an anchor file that was cut off is found', async () => {
  const path = anchorLog(dataDir);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(path, whole.split('\n').slice(1).join('\n'));
  expect(await codes()).toContain('anchor.logCut');
  writeFileSync(path, whole);
  expect(await codes()).toEqual([]);
});

test('personal content can be erased by law and the books still verify', async () => {
  const made = await register('请删除我的信息');
  await cast();
  await db.ownerPool.query('update huiyin.journal set personal = null, personal_salt = null where case_id = $1', [
    made.caseId,
  ]);
  await db.ownerPool.query(
    `update huiyin.case_file set state = (state::jsonb #- '{values,name}' #- '{values,phone}')::json where id = $1`,
    [made.caseId],
  );
  expect(await codes()).toEqual([]);
  const { rows } = await db.ownerPool.query<{ n: number }>(
    `select count(*)::int as n from huiyin.journal where case_id = $1 and personal::text like '%王业主%'`,
    [made.caseId],
  );
  expect(rows[0]?.n).toBe(0);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#db/testing.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { type Handler, openHandler } from '#handling/handle.ts';
import { openPacks } from '#handling/packs.ts';
import { foundTestCompany, type TestCompany, testTime } from '#handling/testing.ts';
import { MINUTE } from '#kernel/instant.ts';
import { searchQuery, searchVector } from './search-text.ts';
import { worklist, worklistCount } from './worklist.ts';

const db = testDatabase();
const START = Date.parse('2026-11-22T10:00:00+08:00');
const time = testTime(START);
let company: TestCompany;
let handler: Handler;
let directory: DirectoryCache;

const words = [
  '三号楼电梯困人',
  '地下车库B2漏水',
  '楼上夜里施工噪音',
  '草坪枯死',
  '垃圾清运不及时',
  '门禁坏了',
  '电梯按钮失灵',
];

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
  for (const [i, content] of words.entries()) {
    time.set(START - i * MINUTE);
    const said = await handler.handle({
      tenant: company.tenant,
      actor: company.clerk,
      pack: 'T',
      command: {
        type: 'register',
        matter: 'complaint',
        channel: 'phone',
        values: { content, name: '欧阳𠮷', phone: '13812345678' },
      },
    });
    if (!said.ok) throw new Error(said.refusal.code);
  }
  time.set(START);
});
afterAll(() => directory.close());

const list = (filter: Parameters<typeof worklist>[2] = {}, page = {}) =>
  worklist(db.appPool, company.tenant, filter, page);

test('the case whose promise falls due first stands first', async () => {
  const { rows } = await list();
  expect(rows.map((row) => row.summary)).toEqual([...words].reverse());
  const due = rows.map((row) => row.nextDueAt ?? Infinity);
  expect(due).toEqual([...due].sort((a, b) => a - b));
});

test('leafing through pages shows every case once', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({}, { limit: 3, cursor });
    seen.push(...page.rows.map((row) => row.id));
    cursor = page.cursor;
  } while (cursor !== null);
  expect(seen).toHaveLength(words.length);
  expect(new Set(seen).size).toBe(words.length);
});

test('a page mark that somebody invented begins the list anew instead of failing', async () => {
  for (const cursor of ['x', "'; drop table", 'zzzzzzzzzzz.00000000000000000000000000000000'])
    expect((await list({}, { cursor })).rows.length).toBe(words.length);
});

test('two characters find what was said, a number finds its case, a name finds its owner', async () => {
  expect((await list({ words: '电梯' })).rows.map((row) => row.summary).sort()).toEqual([
    '三号楼电梯困人',
    '电梯按钮失灵',
  ]);
  expect((await list({ words: 'b2漏' })).rows.map((row) => row.summary)).toEqual(['地下车库B2漏水']);
  expect((await list({ words: 'TS261122-0003' })).rows).toHaveLength(1);
  expect((await list({ words: '欧阳' })).rows).toHaveLength(words.length);
  expect((await list({ words: '困' })).rows.map((row) => row.summary)).toEqual(['三号楼电梯困人']);
  expect((await list({ words: '人' })).rows.map((row) => row.summary)).toEqual(['三号楼电梯困人']);
  expect((await list({ words: '电人' })).rows).toHaveLength(0);
});

test('the list holds no name and no telephone number of an owner', async () => {
  const text = JSON.stringify((await list()).rows);
  expect(text).not.toContain('欧阳');
  expect(text).not.toContain('13812345678');
});

test('one sees what is his, what waits for his role, what is late', async () => {
  expect((await list({ assigneeId: company.manager.personId ?? '' })).rows).toHaveLength(words.length);
  expect((await list({ assigneeId: company.clerk.personId ?? '' })).rows).toHaveLength(0);
  expect((await list({ waitsFor: ['assignee'] })).rows).toHaveLength(words.length);
  expect((await list({ waitsFor: ['nobody'] })).rows).toHaveLength(0);
  expect((await list({ dueBefore: START - 5 * MINUTE + 2 * 60 * MINUTE })).rows).toHaveLength(1);
  expect((await list({ scope: 'ended' })).rows).toHaveLength(0);
  expect(await worklistCount(db.appPool, company.tenant, {})).toBe(words.length);
});

test('another company has an empty list', async () => {
  const stranger = await foundTestCompany(db.appPool, START, 'other');
  expect((await worklist(db.appPool, stranger.tenant, {})).rows).toEqual([]);
});

test('text of any kind makes a search text the database takes', async () => {
  const odd = ["it's 'quoted' \\ and :*&|!()", '𠮷😀野家', 'ＡＢＣ１２３', ' ', 'a'];
  for (const text of odd) {
    const vector = searchVector([text]);
    await db.ownerPool.query('select $1::tsvector', [vector]);
    const query = searchQuery(text);
    if (query === null) continue;
    const { rows } = await db.ownerPool.query<{ hit: boolean }>('select $1::tsvector @@ $2::tsquery as hit', [
      vector,
      query,
    ]);
    expect(rows[0]?.hit).toBe(true);
  }
});

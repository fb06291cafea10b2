import { beforeAll, expect, test } from 'vitest';
import { readPackFolder } from '#app/packs.ts';
import { testDatabase } from '#db/testing.ts';
import { createDemoCompany, demoPerson } from '#directory/demo/company.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { openPacks, publishPack } from '#handling/packs.ts';
import { searchVector } from '#journal/search-text.ts';
import { DAY } from '#kernel/instant.ts';
import { type ArchiveQuery, type ArchiveRow, searchArchive } from '#reports/archive-search.ts';
import type { Reader } from '#reports/report.ts';
import { moment } from '../support/stage.ts';

const db = testDatabase();
const CASES = 12_000;
const FIRST = moment('2024-01-01 08:00');
const NOW = moment('2026-03-20 10:00');
const categories = ['environment/greening', 'environment/cleaning', 'facility/lift', 'safety/parking'];
const stories = ['绿化带杂草丛生', '楼道垃圾未清', '电梯困人半小时', '车位被占'];
const gardener = demoPerson('wujianping');

interface Seed {
  id: string;
  number: string;
  room: string;
  at: number;
  category: string;
  summary: string;
  assignee: string;
  procedure: string;
  accused: string | null;
}
let seeds: Seed[] = [];
let rooms: string[] = [];

beforeAll(async () => {
  await createDemoCompany(
    db.appPool,
    async (_client, tenant) => {
      const sources = await readPackFolder(`${import.meta.dirname}/../../packs/s1`);
      const said = await publishPack(db.appPool, tenant, { sources, by: '徐凯', reviewNote: '', now: NOW });
      if (!said.ok) throw new Error(said.refusal.code);
    },
    NOW,
  );
  const found = await db.ownerPool.query<{ id: string }>(
    `select premises_id::text as id from huiyin.premises where kind = 'room' order by code`,
  );
  rooms = found.rows.map((row) => row.id);
  seeds = Array.from({ length: CASES }, (_, i): Seed => {
    const kind = (i * 7) % 4;
    return {
      id: `00000000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`,
      number: `TS${String(i).padStart(6, '0')}`,
      room: rooms[(i * 31) % 40] ?? '',
      at: FIRST + ((i * 97) % 800) * DAY + (i % 1440) * 60_000,
      category: categories[kind] ?? '',
      summary: `${stories[kind]}${i % 500 === 0 ? '，水管爆裂' : ''}`,
      assignee: demoPerson(kind === 0 ? 'wujianping' : 'hanzhigang'),
      procedure: i % 1000 === 999 ? 'discipline' : 'complaint',
      accused: i % 400 === 0 ? demoPerson('fangjing') : null,
    };
  });
  const column = <K extends keyof Seed>(key: K): Seed[K][] => seeds.map((seed) => seed[key]);
  await db.ownerPool.query(
    `insert into huiyin.case_file (tenant_id, id, number, pack, pack_version, procedure, matter, channel, state_name, state, seq,
       head_hash, open, assignee_id, assignee_name, premises_id, category, summary, received_at, registered_at, closed_at,
       archived_at, changed_at, changed_by)
     select $1, id, number, 'S1', '1.0.0', procedure, procedure, 'phone', 'archived',
       json_build_object('values', json_build_object('complainedOf', accused)), 40, '\\x00', false, assignee, '', room, category,
       summary, huiyin.instant(at), huiyin.instant(at), huiyin.instant(at + 5e8), huiyin.instant(at + 6e8), huiyin.instant(at), ''
     from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::float8[], $10::text[])
       as u(id, number, procedure, accused, assignee, room, category, at, summary)`,
    [
      DEMO_TENANT,
      column('id'),
      column('number'),
      column('procedure'),
      column('accused'),
      column('assignee'),
      column('room'),
      column('category'),
      column('at'),
      column('summary'),
    ],
  );
  await db.ownerPool.query(
    `insert into huiyin.case_search (tenant_id, case_id, words)
     select $1, id, words::tsvector from unnest($2::uuid[], $3::text[]) as u(id, words)`,
    [DEMO_TENANT, column('id'), seeds.map((seed) => searchVector([seed.number, seed.summary]))],
  );
  await db.ownerPool.query('vacuum analyze huiyin.case_file, huiyin.case_search');
}, 120_000);

const archivist: Reader = { personId: demoPerson('luwenbo'), posts: ['archivist'] };
const quality: Reader = { personId: demoPerson('fangjing'), posts: ['qualityManager'] };

/** Every page of the answer. */
async function search(query: ArchiveQuery, reader: Reader = archivist): Promise<ArchiveRow[]> {
  const packs = openPacks(db.appPool);
  const rows: ArchiveRow[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof searchArchive>> = await searchArchive(
      { pool: db.appPool, packs, tenant: DEMO_TENANT, reader },
      query,
      { limit: 200, cursor },
    );
    rows.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== null);
  return rows;
}
const complaints = (keep: (seed: Seed) => boolean): string[] =>
  seeds
    .filter((seed) => seed.procedure === 'complaint' && keep(seed))
    .map((seed) => seed.number)
    .sort();
const numbers = (rows: readonly ArchiveRow[]): string[] => rows.map((row) => row.number).sort();
const may = { from: moment('2025-05-01 00:00'), to: moment('2025-06-01 00:00') };
const inMay = ({ at }: Seed): boolean => at >= may.from && at < may.to;

test('S1-32 · Among twelve thousand archived cases, room and month find exactly those of that room in that month', async () => {
  const room = rooms[3] ?? '';
  const wanted = complaints((seed) => seed.room === room && inMay(seed));
  expect(wanted.length).toBeGreaterThan(5);
  const began = performance.now();
  const found = await search({ premisesId: room, ...may });
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(numbers(found)).toEqual(wanted);
});

test('S1-32 · A building finds what happened in all its rooms', async () => {
  const up = await db.ownerPool.query<{ id: string; rooms: string[] }>(
    `with recursive up as (
       select premises_id as room, parent_id, premises_id from huiyin.premises where kind = 'room'
       union all select up.room, p.parent_id, p.premises_id from up join huiyin.premises p on p.premises_id = up.parent_id)
     select u.premises_id::text as id, array_agg(u.room::text) as rooms from up u
     join huiyin.premises p using (premises_id) where p.kind = 'building' group by 1 order by 1`,
  );
  const building = up.rows.find((row) => row.rooms.includes(rooms[3] ?? ''));
  if (!building) throw new Error('The room lies in no building');
  const found = await search({ premisesId: building.id, ...may });
  expect(numbers(found)).toEqual(complaints((seed) => building.rooms.includes(seed.room) && inMay(seed)));
  expect(found.length).toBeGreaterThan(50);
});

test('S1-32 · Category, person responsible and time narrow the search together; the newest stands first', async () => {
  const found = await search({ category: 'environment', assigneeId: gardener, ...may });
  expect(numbers(found)).toEqual(complaints((seed) => seed.category === 'environment/greening' && inMay(seed)));
  expect(found.map((row) => row.receivedAt)).toEqual(found.map((row) => row.receivedAt).toSorted((a, b) => b - a));
});

test('S1-32 · Two Chinese characters are enough to find every case that says them', async () => {
  expect(numbers(await search({ words: '水管' }))).toEqual(complaints((seed) => seed.summary.includes('水管')));
  expect(numbers(await search({ words: '电梯 水管', ...may }))).toEqual(
    complaints((seed) => seed.summary.includes('电梯') && seed.summary.includes('水管') && inMay(seed)),
  );
  expect(await search({ words: '梯电' })).toEqual([]);
  expect(await search({ words: '，。' })).toEqual([]);
});

test('S1-32 · Whoever has no part in the procedure finds nothing, whatever he asks', async () => {
  const administrator: Reader = { personId: demoPerson('xukai'), posts: ['administrator'] };
  for (const query of [{}, may, { premisesId: rooms[3] ?? '' }, { words: '水管' }, { procedure: 'complaint' }])
    expect(await search(query, administrator)).toEqual([]);
});

test('S1-32 · A gardener finds the cases he answered for and no other', async () => {
  const found = await search(may, { personId: gardener, posts: ['handler'] });
  expect(numbers(found)).toEqual(
    seeds
      .filter((s) => s.assignee === gardener && inMay(s))
      .map((s) => s.number)
      .sort(),
  );
});

test('S1-35 · Discipline matters are found only by those who may read them', async () => {
  expect((await search({ procedure: 'discipline' })).length).toBe(0);
  expect((await search({ procedure: 'discipline' }, quality)).length).toBeGreaterThan(0);
});

test('S1-05 · Whoever a case complains of does not find it, whatever his post', async () => {
  expect(complaints((seed) => seed.accused !== null).length).toBeGreaterThan(10);
  const found = await search({}, quality);
  expect(found.filter((row) => seeds.find((seed) => seed.number === row.number)?.accused != null)).toEqual([]);
  expect(found.length).toBe(seeds.filter((seed) => seed.accused === null).length);
});

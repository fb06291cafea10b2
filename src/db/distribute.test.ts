import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_TABLES, REFERENCE_TABLES } from './sharding.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';
import { asAdmin } from './testing-server.ts';

const SCRIPT = readFileSync(new URL('./distribute.sql', import.meta.url), 'utf8');
let db: TestDatabase;
let calls: { how: string; name: string; column: string | null; beside: string | null }[];

beforeAll(async () => {
  db = await createTestDatabase();
  // Citus cannot be installed beside the embedded server: these stand in for its three functions and keep its rule that
  // whatever a table points to must have been placed before it.
  await db.ownerPool.query(`
    create table public.placed (number int generated always as identity, how text, name text, "column" text, beside text);
    create function public.place(p_how text, p_table regclass, p_column text, p_beside text) returns void language plpgsql as $$
    begin
      if exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = p_table and k.confrelid <> p_table
          and not exists (select from public.placed p where p.name = k.confrelid::regclass::text)) then
        raise exception 'what % points to is not placed yet', p_table;
      end if;
      if p_column is not null and not exists (select from pg_attribute where attrelid = p_table and attname = p_column) then
        raise exception '% has no column %', p_table, p_column;
      end if;
      if p_beside is not null and not exists (select from public.placed where name = p_beside::regclass::text and how = 'distributed') then
        raise exception '% lies nowhere yet', p_beside;
      end if;
      insert into public.placed (how, name, "column", beside) values (p_how, p_table::text, p_column, p_beside);
    end $$;
    create function public.create_reference_table(t regclass) returns void language sql as $$ select public.place('reference', t, null, null) $$;
    create function public.create_distributed_table(t regclass, c text, colocate_with text default null) returns void
      language sql as $$ select public.place('distributed', t, c, colocate_with) $$;
    create function public.create_distributed_function(f regprocedure) returns void language sql as $$ select null::void $$;
  `);
  await asAdmin(db.admin, `set search_path = public; ${SCRIPT}`);
  calls = (await db.ownerPool.query('select how, name, "column", beside from public.placed order by number')).rows;
});
afterAll(() => db.drop());

const plain = (name: string): string => name.replace(/^huiyin\./, '');

test('the script that spreads the database over several machines names exactly the tables there are', async () => {
  const { rows } = await db.ownerPool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'huiyin'::regnamespace and relkind in ('r', 'p')`,
  );
  const there = rows.map(({ name }) => name).filter((name) => !(name in LOCAL_TABLES));
  const named = calls.map(({ name }) => plain(name));
  expect(new Set(named)).toEqual(new Set(there));
  expect(named.length).toBe(new Set(named).size);
});

test('every company’s rows lie together: one column and one place for all tables but the organisation', () => {
  const reference = calls.filter(({ how }) => how === 'reference').map(({ name }) => plain(name));
  expect(new Set(reference)).toEqual(new Set(Object.keys(REFERENCE_TABLES)));
  const [first, ...others] = calls.filter(({ how }) => how === 'distributed');
  expect(first).toMatchObject({ column: 'tenant_id', beside: null });
  for (const { name, column, beside } of others)
    expect({ name, column, beside }).toEqual({ name, column: 'tenant_id', beside: first?.name });
});

test('afterwards no function passes the company on by a way that other machines do not hear', async () => {
  const { rows } = await db.ownerPool.query<{ name: string; source: string }>(
    `select proname as name, prosrc as source from pg_proc where pronamespace = 'huiyin'::regnamespace`,
  );
  expect(rows.filter(({ source }) => /set_config\('app\.tenant'/.test(source)).map(({ name }) => name)).toEqual([]);
  expect(rows.filter(({ source }) => source.includes('set local app.tenant')).length).toBeGreaterThanOrEqual(3);
  await db.ownerPool.query(`insert into huiyin.tenant (tenant_id, name_zh) values ('aaaa', '甲'), ('bbbb', '乙')`);
  for (const tenant of ['aaaa', 'bbbb', 'aaaa']) await db.appPool.query(`select huiyin.reserve($1, 'C', 2)`, [tenant]);
  const { rows: counted } = await db.ownerPool.query('select tenant_id, value from huiyin.counter order by 1');
  expect(counted).toEqual([
    { tenant_id: 'aaaa', value: 4 },
    { tenant_id: 'bbbb', value: 2 },
  ]);
});

test('the clockwork then asks company by company, and still gets what is due, longest waiting first, no more than it asked for', async () => {
  await db.ownerPool.query(`insert into huiyin.timer (tenant_id, key, due_at, wake_at) values
    ('aaaa', 'schedule:A:late', '2026-01-03', '2026-01-03'), ('bbbb', 'schedule:B:first', '2026-01-01', '2026-01-01'),
    ('bbbb', 'schedule:B:second', '2026-01-02', '2026-01-02'), ('aaaa', 'schedule:A:future', '2027-01-01', '2027-01-01')`);
  for (const ask of ['claim_due', 'peek_due']) {
    const due = async (limit: number): Promise<string[]> =>
      (await db.appPool.query<{ key: string }>(`select key from huiyin.${ask}('2026-06-01', $1)`, [limit])).rows.map(
        (r) => r.key,
      );
    expect(await due(10)).toEqual(['schedule:B:first', 'schedule:B:second', 'schedule:A:late']);
    expect(await due(1)).toEqual(['schedule:B:first']);
  }
});

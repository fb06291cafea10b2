import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CROSSING_FUNCTIONS, LOCAL_TABLES, REFERENCE_TABLES } from './sharding.ts';
import { testDatabase } from './testing.ts';

const db = testDatabase();

interface Table {
  name: string;
  notNull: boolean | null;
  secured: boolean;
  policies: { using: string; check: string | null; roles: string[]; command: string }[];
}
const OWN_ROWS = "(tenant_id = NULLIF(current_setting('app.tenant'::text, true), ''::text))";

const tables = async (): Promise<Table[]> =>
  (
    await db.ownerPool.query<Table>(
      `select c.relname as name, a.attnotnull as "notNull", c.relrowsecurity as secured,
         coalesce((select json_agg(json_build_object('using', p.qual, 'check', p.with_check, 'roles', p.roles, 'command', p.cmd))
           from pg_policies p where p.schemaname = 'huiyin' and p.tablename = c.relname), '[]') as policies
       from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
       where c.relnamespace = 'huiyin'::regnamespace and c.relkind in ('r', 'p') order by 1`,
    )
  ).rows;

const ofCompanies = async (): Promise<Table[]> => (await tables()).filter(({ name }) => !(name in LOCAL_TABLES));

const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);

test('every table says whose row it is, except the few that belong to the installation itself', async () => {
  const all = await tables();
  expect(all.length).toBeGreaterThan(30);
  expect(names(all.filter(({ name, notNull }) => !(name in LOCAL_TABLES) && notNull !== true))).toEqual([]);
  // The lists name nothing that is no longer there.
  const there = new Set(names(all));
  expect([...Object.keys(LOCAL_TABLES), ...Object.keys(REFERENCE_TABLES)].filter((name) => !there.has(name))).toEqual(
    [],
  );
});

test('the installation’s own tables hold no company’s rows: a tenant there can only be “*”', async () => {
  const { rows } = await db.ownerPool.query<{ name: string; rule: string | null }>(
    `select c.relname as name, (select pg_get_constraintdef(k.oid) from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'c' and pg_get_constraintdef(k.oid) like '%tenant_id%') as rule
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
     where c.relnamespace = 'huiyin'::regnamespace and c.relname = any ($1)`,
    [Object.keys(LOCAL_TABLES)],
  );
  for (const { name, rule } of rows) expect(rule, name).toBe("CHECK ((tenant_id = '*'::text))");
});

test('row-level security is on for every company’s table, with the one policy that shows a company its own rows', async () => {
  for (const { name, secured, policies } of await ofCompanies()) {
    expect(secured, name).toBe(true);
    expect(policies, name).toEqual([{ using: OWN_ROWS, check: null, roles: ['public'], command: 'ALL' }]);
  }
});

test('the role of the running server owns nothing and can become nobody who is not bound by the policies', async () => {
  const role = await db.ownerPool.query(
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
       (select count(*) from pg_class where relowner = r.oid) + (select count(*) from pg_proc where proowner = r.oid) as owns,
       array(select g.rolname::text from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid) as member
     from pg_roles r where rolname = 'huiyin_app'`,
  );
  expect(role.rows).toEqual([
    { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owns: 0, member: [] },
  ]);
  await expect(db.appPool.query('set row_security = off; select * from huiyin.person')).rejects.toThrow(
    /row-level security/,
  );
  await expect(db.appPool.query('alter table huiyin.person disable row level security')).rejects.toThrow(/owner/);
  const whole = await db.ownerPool.query<{ n: string }>(
    `select nspname as n from pg_namespace where has_schema_privilege('huiyin_app', oid, 'create')`,
  );
  expect(whole.rows).toEqual([]);
});

test('every primary and unique key contains the tenant, so that nothing of one company can stand in another’s way', async () => {
  const { rows } = await db.ownerPool.query<{ table: string; key: string }>(
    `select t.relname as "table", i.relname as key from pg_index x
       join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
     where t.relnamespace = 'huiyin'::regnamespace and x.indisunique and not (t.relname = any ($1))
       and not exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'tenant_id' and a.attnum = any (x.indkey))`,
    [Object.keys(LOCAL_TABLES)],
  );
  expect(rows).toEqual([]);
  const without = await db.ownerPool.query<{ name: string }>(
    `select relname as name from pg_class c where relnamespace = 'huiyin'::regnamespace and relkind in ('r', 'p')
       and not exists (select from pg_index x where x.indrelid = c.oid and x.indisprimary)`,
  );
  expect(without.rows).toEqual([]);
});

/** References that the distributing script takes away, because nothing in use is deleted. */
const LOOSENED: Readonly<Record<string, string>> = {
  territory_place_tenant_id_premises_id_fkey: 'premises',
};

test('every reference from table to table stays within the company, and none leads from a sharded table to a local one', async () => {
  const { rows } = await db.ownerPool.query<{ name: string; from: string; to: string; pairs: [string, string][] }>(
    `select k.conname as name, f.relname as "from", t.relname as "to",
       (select json_agg(json_build_array(a.attname, b.attname)) from unnest(k.conkey, k.confkey) u(mine, theirs)
         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.mine
         join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.theirs) as pairs
     from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and f.relnamespace = 'huiyin'::regnamespace`,
  );
  expect(rows.length).toBeGreaterThan(15);
  for (const { name, from, to, pairs } of rows) {
    expect(
      pairs.some(([mine, theirs]) => mine === 'tenant_id' && theirs === 'tenant_id'),
      `${from}.${name}`,
    ).toBe(true);
    expect(to in LOCAL_TABLES, `${from}.${name} leads to the local table ${to}`).toBe(false);
    // A sharded database allows a reference table to point to reference tables only.
    if (from in REFERENCE_TABLES && !(name in LOOSENED))
      expect(to in REFERENCE_TABLES, `${from}.${name} → ${to}`).toBe(true);
  }
});

test('no id of a company’s row is drawn from a counter that all companies share', async () => {
  const { rows } = await db.ownerPool.query<{ column: string }>(
    `select c.relname || '.' || a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace = 'huiyin'::regnamespace and c.relkind in ('r', 'p')
       and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like '%nextval%')`,
  );
  // Only the order in which entries are handed to listeners; it is in no key and never leaves the server.
  expect(rows).toEqual([{ column: 'journal.position' }]);
  const keyed = await db.ownerPool.query(
    `select from pg_index x join pg_attribute a on a.attrelid = x.indrelid and a.attnum = any (x.indkey)
     where x.indrelid = 'huiyin.journal'::regclass and x.indisunique and a.attname = 'position'`,
  );
  expect(keyed.rowCount).toBe(0);
});

/** What may be taken back: drafts, claims and what was planned and never worked. Everything else stays for good. */
const MAY_DELETE = ['attachment', 'idempotency', 'post_assignment', 'post_power', 'shift', 'superior', 'timer'];
/** What is written once. */
const WRITTEN_ONCE = [
  'access_log',
  'anchor',
  'attachment_content',
  'installation',
  'journal',
  'mail_content',
  'migration',
];

test('the running server may change no more than it must: what was written once stays, and nothing is emptied', async () => {
  const may = async (right: string): Promise<string[]> =>
    (
      await db.ownerPool.query<{ name: string }>(
        `select relname as name from pg_class c where relnamespace = 'huiyin'::regnamespace and relkind in ('r', 'p')
           and ${right === 'update' ? 'has_any_column_privilege' : 'has_table_privilege'}('huiyin_app', c.oid, '${right}') order by 1`,
      )
    ).rows.map(({ name }) => name);
  for (const right of ['truncate', 'references', 'trigger']) expect(await may(right), right).toEqual([]);
  const deletable = await may('delete');
  expect(MAY_DELETE.filter((name) => !deletable.includes(name))).toEqual([]);
  expect((await may('update')).filter((name) => WRITTEN_ONCE.includes(name))).toEqual([]);
  expect(deletable.filter((name) => WRITTEN_ONCE.includes(name))).toEqual([]);
  const everybody = await db.ownerPool.query<{ name: string }>(
    `select c.relname as name from pg_class c, aclexplode(c.relacl) a
     where c.relnamespace = 'huiyin'::regnamespace and a.grantee = 0`,
  );
  expect(everybody.rows).toEqual([]);
});

test('only the named functions look across companies, and nobody but the server may call them', async () => {
  const { rows } = await db.ownerPool.query<{ name: string; definer: boolean; path: string[] | null; open: boolean }>(
    `select p.proname as name, p.prosecdef as definer, p.proconfig as path, has_function_privilege('public', p.oid, 'execute') as open
     from pg_proc p where p.pronamespace = 'huiyin'::regnamespace`,
  );
  const crossing = rows.filter(({ definer }) => definer);
  expect(new Set(names(crossing))).toEqual(new Set(Object.keys(CROSSING_FUNCTIONS)));
  for (const { name, path, open } of crossing) {
    expect(path, name).toContain('search_path=pg_catalog');
    expect(open, name).toBe(false);
  }
});

test('a list that is read with its owner’s rights names the company itself', async () => {
  const { rows } = await db.ownerPool.query<{ name: string; definition: string; invoker: boolean }>(
    `select c.relname as name, pg_get_viewdef(c.oid) as definition, coalesce(c.reloptions @> '{security_invoker=true}', false) as invoker
     from pg_class c where c.relnamespace = 'huiyin'::regnamespace and c.relkind in ('v', 'm')`,
  );
  expect(rows.length).toBeGreaterThan(0);
  // Before version 16 PostgreSQL writes the table's name before the column's.
  const plain = (sql: string): string => sql.replaceAll(/\s+/g, ' ').replaceAll(/\w+\.(?=tenant_id = NULLIF)/g, '');
  for (const { name, definition, invoker } of rows)
    expect(invoker || plain(definition).includes(`WHERE ${OWN_ROWS}`), name).toBe(true);
});

test('whoever has not said which company he serves finds every table and list empty, and can write nothing', async () => {
  await db.ownerPool.query(`insert into huiyin.tenant (tenant_id, name_zh) values ('aaaa', '甲'), ('bbbb', '乙')`);
  await db.ownerPool.query(
    `insert into huiyin.person (tenant_id, person_id, name) values ('aaaa', gen_random_uuid(), '张'), ('bbbb', gen_random_uuid(), '李')`,
  );
  const readable = await db.ownerPool.query<{ name: string }>(
    `select relname as name from pg_class c where relnamespace = 'huiyin'::regnamespace and relkind in ('r', 'v')
       and has_table_privilege('huiyin_app', c.oid, 'select') and not (relname = any ($1))`,
    [Object.keys(LOCAL_TABLES)],
  );
  for (const { name } of readable.rows) {
    const found = await db.appPool.query<{ n: number }>(`select count(*)::int as n from huiyin.${name}`);
    expect(found.rows[0]?.n, name).toBe(0);
  }
  await expect(
    db.appPool.query(`insert into huiyin.tenant (tenant_id, name_zh) values ('cccc', '丙')`),
  ).rejects.toThrow(/row-level security/);
  const as = async (tenant: string, sql: string) => {
    const client = await db.appPool.connect();
    try {
      await client.query(`begin; set local app.tenant = '${tenant}'`);
      return await client.query(sql);
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  expect((await as('aaaa', 'select name from huiyin.person')).rows).toEqual([{ name: '张' }]);
  expect((await as('aaaa', `select name from huiyin.person where tenant_id = 'bbbb'`)).rows).toEqual([]);
  expect((await as('aaaa', `update huiyin.person set name = '偷' where tenant_id = 'bbbb'`)).rowCount).toBe(0);
  await expect(
    as('aaaa', `insert into huiyin.person (tenant_id, person_id, name) values ('bbbb', gen_random_uuid(), '王')`),
  ).rejects.toThrow(/row-level security/);
  await expect(as('aaaa', `update huiyin.person set tenant_id = 'bbbb'`)).rejects.toThrow();
});

test('every statement of the program names the company, or reads what names it', () => {
  const src = new URL('../', import.meta.url);
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.ts$/.test(file) && !/test/.test(file),
  );
  const named = [...Object.keys(LOCAL_TABLES), ...Object.keys(CROSSING_FUNCTIONS), 'case_list', 'case_search_list'];
  const sources = new Map(files.map((file) => [file, readFileSync(new URL(file, src), 'utf8')]));
  const statements = [...sources].flatMap(([file, source]) =>
    [...source.matchAll(/`[^`]*`|'(?:[^'\\\n]|\\.)*'/g)]
      .map(([words]) => ({ file, words: words.replaceAll(/\s+/g, ' ') }))
      .filter(({ words }) => /\b(?:from|join|into|update|perform) huiyin\./i.test(words)),
  );
  expect(statements.length).toBeGreaterThan(150);
  const silent = statements.filter(({ file, words }) => {
    // A part that is put in says it for the whole.
    if (words.includes('${') && sources.get(file)?.includes('tenant_id')) return false;
    const asked = [...words.matchAll(/\b(?:from|join|into|update) huiyin\.(\w+|\$)(\(\$1)?/gi)];
    // A function of ours takes its company first; a table's rows are chosen by it.
    return (
      !words.includes('tenant_id') && !asked.every(([, name = '', first]) => named.includes(name) || first === '($1')
    );
  });
  // The columns of this one begin with it (see rows.ts).
  expect(silent.filter(({ file }) => file !== 'directory/rows.ts')).toEqual([]);
});

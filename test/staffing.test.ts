import { expect, test } from 'vitest';
import { readPackFolder } from '#app/packs.ts';
import { demoPerson } from '#directory/demo/company.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { staffDemo } from '#directory/demo/staff.ts';
import { loadDirectory } from '#directory/directory.ts';
import { assignPost } from '#directory/manage.ts';
import { staffFor, vacancies } from '#directory/vacancies.ts';
import { compilePack } from '#policy/compile.ts';
import type { PackSource } from '#policy/source.ts';
import { ownCompany } from './http/own-company.ts';
import { site } from './http/support.ts';

const demo = site();
const own = site({ sandbox: false });

/** S1 under another name, in which a post is wanted that no company has from the start. */
async function wanting(post: string): Promise<PackSource[]> {
  const files = await readPackFolder('packs/s1');
  return files.map((file) =>
    file.path === 'pack.yaml'
      ? {
          ...file,
          text: file.text
            .replace(/^pack: S1$/m, 'pack: ZZ')
            .replace(/^( {2}archivist: \{ post: )\[archivist\]/m, `$1[${post}]`)
            .replace(/unit: gardening/, 'unit: orchard'),
        }
      : file,
  );
}

test('a procedure is not put in force while nobody holds one of its posts; the refusal names them, and once somebody does it is', async () => {
  const { program } = own();
  const boss = await ownCompany(own());
  const tenant = boss.headers.cookie?.split('=')[1]?.split('.')[0] ?? '';
  const hired = await boss.ask<{ personId: string }>('/api/v1/people', {
    method: 'POST',
    body: { name: '李四', unit: 'service', posts: ['receptionist'] },
  });
  expect(hired.status, hired.text).toBe(201);
  const sources = await wanting('orchardKeeper');
  const publish = () => program.handling.publish(tenant, { sources, by: 'test', reviewNote: '' });
  const refused = await publish();
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'pack.postsVacant' } });
  if (!refused.ok) expect(refused.refusal.message.zh).toContain('档案管理员（orchardKeeper）');
  await assignPost(program.pool, tenant, {
    personId: boss.personId,
    post: 'orchardKeeper',
    unit: 'service',
    from: '2026-01-01',
  });
  expect((await publish()).ok).toBe(true);
});

test('while one person is the whole company he takes on whatever a further procedure asks for', async () => {
  const { pool } = demo().program;
  const tenant = 'solo1234';
  const read = compilePack(await wanting('orchardKeeper'));
  if (!read.ok) throw new Error('the pack does not compile');
  const client = await pool.connect();
  try {
    await client.query(`begin`);
    await client.query(`select set_config('app.tenant', $1, true)`, [tenant]);
    await client.query(`insert into huiyin.tenant (tenant_id, name_zh) values ($1, '一人物业')`, [tenant]);
    await client.query(
      `insert into huiyin.unit (tenant_id, unit_id, code, kind, name_zh, name_en, head_post, sort)
       values ($1, $2, 'company', 'company', '一人物业', '', 'generalManager', 0)`,
      [tenant, demoPerson('unit of one')],
    );
    await client.query(
      `insert into huiyin.person (tenant_id, person_id, name, unit_id) values ($1, $2, '钱经理', $3)`,
      [tenant, demoPerson('the only one'), demoPerson('unit of one')],
    );
    expect(await staffFor(client, tenant, read.value, Date.now())).toBeUndefined();
    expect(vacancies(read.value, await loadDirectory(client, tenant))).toEqual([]);
  } finally {
    await client.query('rollback');
    client.release();
  }
});

test('the demo company finds people and departments for any procedure, twice the same, and nobody loses a post', async () => {
  const { pool } = demo().program;
  const read = compilePack(await wanting('orchardKeeper'));
  if (!read.ok) throw new Error('the pack does not compile');
  const posts = async (): Promise<string[]> =>
    await pool.connect().then(async (client) => {
      await client.query(`select set_config('app.tenant', $1, false)`, [DEMO_TENANT]);
      const found = await client.query<{ held: string }>(
        `select person_id || ' ' || post || ' ' || unit_id as held from huiyin.post_assignment where tenant_id = $1 order by 1`,
        [DEMO_TENANT],
      );
      client.release(true);
      return found.rows.map(({ held }) => held);
    });
  const before = await posts();
  await staffDemo(pool, read.value, Date.now());
  const after = await posts();
  await staffDemo(pool, read.value, Date.now());
  expect(await posts()).toEqual(after);
  expect(after).toEqual(expect.arrayContaining(before));
  const directory = await loadDirectory(pool, DEMO_TENANT);
  expect(vacancies(read.value, directory)).toEqual([]);
  expect(directory.unit('orchard')).toBeDefined();
  expect(directory.members('orchard').length).toBeGreaterThan(0);
});

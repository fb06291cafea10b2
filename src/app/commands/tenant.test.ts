import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { type Database, openDatabase } from '#db/open.ts';
import { openPool, withTenant } from '#db/pool.ts';
import { testFolder } from '#db/testing.ts';
import { verifyPassword } from '#directory/account/password.ts';
import { whichCompany } from '#directory/which-company.ts';
import { openPacks } from '#handling/packs.ts';
import { readConfig } from '../config.ts';
import { command } from './tenant.ts';

const data = testFolder();
let database: Database;
let pool: ReturnType<typeof openPool>;

beforeAll(async () => {
  database = await openDatabase({ dataDir: data, what: 'test', durable: false });
  await migrate(database.owner);
  pool = openPool(database.app, 2);
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

async function call(...args: string[]): Promise<string> {
  const said: string[] = [];
  const { config, words, flags } = readConfig([...args, '--data', data], {}, command.flags);
  await command.run({ config, words, flags, say: (line) => said.push(line.zh) });
  return said.join('\n');
}
const create = (name: string, ...more: string[]) =>
  call('create', '--name', name, '--estate', '春风里', '--admin', '钱经理', '--username', 'qian', ...more);

test('two companies are set up on one installation; each administrator enters with a password shown once, and only his own company', async () => {
  expect(await call('list')).toBe('还没有公司');
  const first = await create('安居物业');
  const second = await create('和顺物业', '--address', 'heshun.example.com');
  const read = (said: string) => /编号 (\w+)。管理员用户名 qian，初始密码 ([\w-]+)/.exec(said)?.slice(1) ?? [];
  const [[a = '', passwordA = ''], [b = '', passwordB = '']] = [read(first), read(second)];
  expect(a).not.toBe(b);
  expect(await call('list')).toBe(`${a}  安居物业\n${b}  和顺物业`);
  const opens = async (tenant: string, password: string): Promise<boolean> => {
    const kept = await withTenant(pool, tenant, (client) =>
      client.query<{ password: string; first: boolean }>(
        `select password, first_password as first from huiyin.login where tenant_id = $1 and username = 'qian'`,
        [tenant],
      ),
    );
    const [login] = kept.rows;
    expect([kept.rows.length, login?.first]).toEqual([1, true]);
    return verifyPassword(password, login?.password ?? '');
  };
  expect([await opens(a, passwordA), await opens(b, passwordB), await opens(b, passwordA)]).toEqual([
    true,
    true,
    false,
  ]);
  expect((await openPacks(pool).list(b)).map(({ pack, current }) => [pack, current])).toEqual([['S1', true]]);
});

test('an address belongs to one company only and can be given back; without one the company must be named', async () => {
  const at = async (host: string, named?: string) => (await whichCompany(pool, { host, named }))?.name ?? null;
  expect(await at('HeShun.example.com:8137')).toBe('和顺物业');
  expect(await at('elsewhere.example.com')).toBeNull();
  expect(await at('elsewhere.example.com', '安居物业')).toBe('安居物业');
  expect(await at('heshun.example.com', '安居物业')).toBeNull();
  await expect(call('host', '安居物业', 'heshun.example.com')).rejects.toMatchObject({ code: 'company.hostTaken' });
  await expect(call('host', '安居物业', 'no address')).rejects.toMatchObject({ code: 'company.host' });
  await call('host', '和顺物业');
  expect(await call('host', '安居物业', 'heshun.example.com')).toBe('安居物业 的网址为 heshun.example.com');
  expect(await at('heshun.example.com')).toBe('安居物业');
});

test('a second company of the same name, an unknown one and a half-told wish are refused with what is missing', async () => {
  await expect(create('安居物业')).rejects.toMatchObject({ code: 'setup.taken' });
  await expect(call('host', '无此公司', 'x.example.com')).rejects.toMatchObject({ code: 'company.unknown' });
  await expect(call('create', '--name', '乐业物业')).rejects.toMatchObject({ code: 'tenant.usage' });
  await expect(call()).rejects.toMatchObject({ code: 'tenant.usage' });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { type Database, openDatabase } from '#db/open.ts';
import { openPool } from '#db/pool.ts';
import { testFolder } from '#db/testing.ts';
import { actorOf } from '#directory/account/actor.ts';
import { createDemoCompany } from '#directory/demo/company.ts';
import { readConfig } from '../config.ts';
import { command } from './key.ts';

const data = testFolder();
let database: Database;

beforeAll(async () => {
  database = await openDatabase({ dataDir: data, what: 'test', durable: false });
  await migrate(database.owner);
});
afterAll(async () => {
  await database.stop();
});

async function call(...args: string[]): Promise<string> {
  const said: string[] = [];
  const { config, words, flags } = readConfig([...args, '--data', data], {}, command.flags);
  await command.run({ config, words, flags, say: (line) => said.push(line.zh) });
  return said.join('\n');
}

test('before there is a company no key can be made, and the command says what to do first', async () => {
  await expect(call('create', '--role', 'receptionist')).rejects.toMatchObject({ code: 'key.noCompany' });
});

test('beside a running server the administrator makes a key for a post, and a program acts with it', async () => {
  const pool = openPool(database.app, 2);
  try {
    await createDemoCompany(pool, async () => undefined);
    const key = await call('create', '--role', 'receptionist', '--label', '官网', '--scopes', 'read,write');
    expect(key).toMatch(/^hy_demo\.[\w-]{32}$/);
    const who = await actorOf(pool, { headers: { authorization: `Bearer ${key}` } });
    expect(who?.actor).toMatchObject({ name: '接口：官网', posts: ['receptionist'] });
  } finally {
    await pool.end();
  }
});

test('a wrong post, date, scope or wording is refused with a line that helps', async () => {
  await expect(call('create', '--role', 'admiral')).rejects.toMatchObject({ code: 'key.post' });
  await expect(call('create', '--role', 'handler', '--expires', '2001-01-01')).rejects.toMatchObject({
    code: 'key.expires',
  });
  await expect(call('create', '--role', 'handler', '--scopes', 'fly')).rejects.toMatchObject({ code: 'key.scopes' });
  await expect(call('create', '--role', 'handler', '--tenant', 'other')).rejects.toMatchObject({ code: 'key.tenant' });
  await expect(call('create')).rejects.toMatchObject({ code: 'key.usage' });
  await expect(call('destroy', '--role', 'handler')).rejects.toMatchObject({ code: 'key.usage' });
});

test('keys are listed without their text, replaced with a day of grace, and ended at once', async () => {
  const pool = openPool(database.app, 2);
  try {
    const who = (key: string) => actorOf(pool, { headers: { authorization: `Bearer ${key}` } });
    const key = await call(
      'create',
      '--role',
      'archivist',
      '--label',
      '对账',
      '--site',
      '锦绣花园',
      '--scopes',
      'cases.read',
    );
    const line = (await call('list')).split('\n').find((one) => one.includes('对账')) ?? '';
    expect(line).toContain('cases.read  锦绣花园');
    expect(line).not.toContain(key.split('.')[1]);
    const id = line.split(' ')[0] ?? '';
    const next = await call('rotate', id);
    expect((await who(key))?.scopes).toEqual(['cases.read']);
    expect((await who(next))?.estateId).not.toBeNull();
    const last = await call('rotate', (await call('list')).split('\n')[0]?.split(' ')[0] ?? '', '--grace', '0');
    expect(await who(next)).toBeNull();
    await call('revoke', (await call('list')).split('\n')[0]?.split(' ')[0] ?? '');
    expect(await who(last)).toBeNull();
    await expect(
      call(
        'revoke',
        id.replace(/./, (first) => (first === '0' ? '1' : '0')),
      ),
    ).rejects.toMatchObject({ code: 'key.unknown' });
    await expect(call('create', '--role', 'archivist', '--site', '月球')).rejects.toMatchObject({ code: 'key.estate' });
  } finally {
    await pool.end();
  }
});

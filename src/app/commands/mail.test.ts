import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepMail, settleMail } from '#channels/email/store.ts';
import { migrate } from '#db/migrate.ts';
import { type Database, openDatabase } from '#db/open.ts';
import { openPool, withTenant } from '#db/pool.ts';
import { testFolder } from '#db/testing.ts';
import { createDemoCompany } from '#directory/demo/company.ts';
import { readConfig } from '../config.ts';
import { command } from './mail.ts';

const data = testFolder();
const AT = Date.parse('2026-03-02T09:00:00+08:00');
const KEY = Buffer.alloc(32, 3);
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

test('a mail that could not be registered is listed with the reason, and saved byte for byte', async () => {
  const pool = openPool(database.app, 2);
  try {
    const { tenant } = await createDemoCompany(pool, async () => undefined);
    expect(await call()).toBe('没有等待人工处理的来信');
    const bytes = Buffer.from('Subject: \xff\r\n\r\n什么', 'latin1');
    const head = { key: KEY, messageId: null, sender: '', subject: '无主来信', newCaseId: crypto.randomUUID(), at: AT };
    await keepMail(pool, tenant, { bytes, size: bytes.length, whole: true, receivedAt: AT }, head);
    const why = { code: 'mail.noSender', message: { zh: '没有写明发件人', en: 'no sender' } };
    await withTenant(pool, tenant, (client) => settleMail(client, tenant, KEY, { became: 'deadLetter', why }, AT));
    const listed = await call();
    expect(listed).toContain('无主来信');
    expect(listed).toContain('没有写明发件人');
    const file = join(data, 'one.eml');
    await call(KEY.toString('hex'), file);
    expect(await readFile(file)).toEqual(bytes);
  } finally {
    await pool.end();
  }
});

test('a key that belongs to no mail, or is none, is told', async () => {
  await expect(call('ff'.repeat(32), 'x.eml')).rejects.toMatchObject({ code: 'mail.unknown' });
  await expect(call('nonsense', 'x.eml')).rejects.toMatchObject({ code: 'mail.usage' });
});

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { deadLetters } from '#channels/email/dead-letters.ts';
import { readRawMail } from '#channels/email/store.ts';
import { formatLocal } from '#clock/civil.ts';
import { openDatabase } from '#db/open.ts';
import { openPool } from '#db/pool.ts';
import { Trouble } from '#db/trouble.ts';
import { firstRun } from '#directory/first-run.ts';
import { text } from '#kernel/text.ts';
import type { Call, Command } from '../command.ts';

/** `huiyin mail`: mails of which no case could be made. `huiyin mail <key> <file>`: saves one of them as it came. */
export const command: Command = {
  doc: text('列出没能登记的来信，或导出其中一封', 'List mails that could not be registered, or save one'),
  usage: '[<key> <file.eml>]',
  run,
};

async function run({ config, words, say }: Call): Promise<number> {
  const database = await openDatabase({
    dataDir: resolve(config.data),
    databaseUrl: config.databaseUrl,
    appDatabaseUrl: config.appDatabaseUrl,
    what: 'mail',
  });
  const pool = openPool(database.app, 2);
  try {
    const tenants = (await firstRun(pool)).companies.map((company) => company.tenant);
    const [key, file] = words;
    if (key === undefined) for (const tenant of tenants) await list(pool, tenant, say);
    else {
      if (!/^(?:[0-9a-f]{2}){32}$/.test(key) || file === undefined)
        throw new Trouble('mail.usage', '用法：huiyin mail <编号> <文件.eml>', 'Usage: huiyin mail <key> <file.eml>');
      await save(pool, tenants, key, file);
      say(text(`已保存到 ${file}`, `Saved as ${file}`));
    }
    return 0;
  } finally {
    await pool.end();
    await database.stop();
  }
}

async function list(pool: Pool, tenant: string, say: Call['say']): Promise<void> {
  const waiting = await deadLetters(pool, tenant);
  if (waiting.length === 0) say(text('没有等待人工处理的来信', 'No mail waits for a person'));
  for (const { key, sender, subject, receivedAt, why } of waiting) {
    const head = `${formatLocal(receivedAt)}  ${sender || '—'}  ${subject}`;
    say(text(`${head}\n  ${why.zh}\n  ${key}`, `${head}\n  ${why.en}\n  ${key}`));
  }
}

async function save(pool: Pool, tenants: readonly string[], key: string, file: string): Promise<void> {
  for (const tenant of tenants) {
    const bytes = await readRawMail(pool, tenant, Buffer.from(key, 'hex'));
    if (bytes) return writeFile(file, bytes, { mode: 0o600 });
  }
  throw new Trouble('mail.unknown', '没有这封来信', 'There is no such mail');
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { compose } from '#app/compose.ts';
import { readConfig } from '#app/config.ts';
import { withTenant } from '#db/pool.ts';
import { testDatabase } from '#db/testing.ts';
import { startMailServers, whyNoMailServers } from './support/mail-servers.ts';
import { MailUser, numberOf } from './support/mail-user.ts';

const obstacle = whyNoMailServers();
if (obstacle) console.warn(`SKIPPED: the program with its mail settings (S1-08): ${obstacle}`);
const db = testDatabase();

test.skipIf(obstacle !== null)(
  'S1-08 填上三项邮件设置，整个程序就会自动登记来信并回执编号',
  async () => {
    const servers = await startMailServers({ from: 41_700, to: 41_799 });
    const user = new MailUser(servers);
    const dataDir = await mkdtemp(path.join(tmpdir(), 'huiyin-program-'));
    const { config } = readConfig([], {
      HUIYIN_IMAP_URL: servers.imapUrl('cases'),
      HUIYIN_SMTP_URL: servers.smtpUrl,
      HUIYIN_MAIL_FROM: '锦绣物业 <cases@wy.test>',
    });
    const program = await compose({
      app: db.app,
      owner: db.owner,
      dataDir,
      log: pino({ level: 'silent' }),
      sandbox: false,
      role: 'all',
      channels: config,
    });
    try {
      await user.send({ from: 'owner@home.test', to: 'cases@wy.test', subject: '电梯坏了', text: '3栋电梯坏了' });
      const made = await program.server.inject({
        method: 'POST',
        url: '/api/v1/setup',
        payload: {
          choice: 'own',
          company: '锦绣物业',
          estate: '锦绣花园',
          administrator: { name: '王管理', username: 'admin', password: 'Correct-horse-7!' },
        },
      });
      expect(made.statusCode, made.body).toBeLessThan(300);
      const number = numberOf(await user.firstLetter('owner'));
      const tenants = await program.pool.query<{ tenant_id: string }>('select tenant_id from huiyin.tenants()');
      const tenant = tenants.rows[0]?.tenant_id ?? '';
      const found = await withTenant(program.pool, tenant, (client) =>
        client.query('select channel from huiyin.case_file where number = $1', [number]),
      );
      expect(found.rows).toEqual([{ channel: 'email' }]);
    } finally {
      await program.server.close();
      await program.close();
      await servers.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
  90_000,
);

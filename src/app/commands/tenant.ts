import { randomInt } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Pool } from 'pg';
import { z } from 'zod';
import { migrate } from '#db/migrate.ts';
import { type Database, openDatabase } from '#db/open.ts';
import { openPool } from '#db/pool.ts';
import { claimPurposeIn, readPurpose } from '#db/purpose.ts';
import { Trouble } from '#db/trouble.ts';
import { renewAccount } from '#directory/account/first-password.ts';
import { createFurtherCompany, firstRun } from '#directory/first-run.ts';
import { staffFor } from '#directory/vacancies.ts';
import { bindHost } from '#directory/which-company.ts';
import { publishPack } from '#handling/packs.ts';
import { setSchedules } from '#handling/schedules.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { loadCalendars } from '../calendars.ts';
import type { Call, Command } from '../command.ts';
import { type Config, HOME } from '../config.ts';
import { chosenPacks, readPacks } from '../packs.ts';

/** `huiyin tenant create | list | host`: the companies of an installation. Works beside a running server. */
export const command: Command = {
  doc: text(
    '同一套系统里的公司：新建、列出、绑定网址',
    'The companies of an installation: create, list, give an address',
  ),
  usage: 'create | list | host <company> [<address>]',
  flags: {
    name: { type: 'string' },
    estate: { type: 'string' },
    admin: { type: 'string' },
    username: { type: 'string' },
    address: { type: 'string' },
  },
  run,
};

const wishShape = z.object({
  name: z.string(),
  estate: z.string(),
  admin: z.string(),
  username: z.string(),
  address: z.string().optional(),
});

const usage = new Trouble(
  'tenant.usage',
  '用法：huiyin tenant create --name 公司 --estate 小区 --admin 管理员姓名 --username 用户名 [--address a.example.com]；huiyin tenant list；huiyin tenant host <公司> [网址]',
  'Usage: huiyin tenant create --name company --estate estate --admin name --username login [--address a.example.com]; huiyin tenant list; huiyin tenant host <company> [address]',
);

async function run(call: Call): Promise<number> {
  const { config, words } = call;
  const deed = DEEDS[words[0] ?? ''];
  if (!deed) throw usage;
  const database = await openDatabase({
    dataDir: resolve(config.data),
    databaseUrl: config.databaseUrl,
    appDatabaseUrl: config.appDatabaseUrl,
    what: 'tenant',
  });
  const pool = openPool(database.app, 2);
  try {
    await migrate(database.owner);
    await deed(pool, call, database);
    return 0;
  } finally {
    await pool.end();
    await database.stop();
  }
}

const DEEDS: Record<string, (pool: Pool, call: Call, database: Database) => Promise<void>> = { create, list, host };

async function create(pool: Pool, { config, flags, say }: Call, database: Database): Promise<void> {
  const read = wishShape.safeParse(flags);
  if (!read.success) throw usage;
  const { name, estate, admin, username, address } = read.data;
  if ((await readPurpose(database.owner)) === 'sandbox')
    throw new Trouble(
      'tenant.demo',
      '这是演示，不能建立真实的公司：请用 --data 另选目录',
      'This is a demo; a real company needs another folder: choose it with --data',
    );
  const administrator = { name: admin, username, password: throwaway() };
  const made = await createFurtherCompany(pool, { company: name, estate, administrator }, async (client) => {
    await claimPurposeIn(client, 'production');
  });
  const { tenant, personId } = must(made);
  await publishChosen(pool, tenant, config);
  if (address !== undefined) must(await bindHost(pool, tenant, address));
  // Known to nobody but the database until now: he is given a first password, shown once.
  const access = must(await renewAccount(pool, tenant, personId));
  say(
    text(
      `已建立 ${name}，编号 ${tenant}。管理员用户名 ${access.username}，初始密码 ${access.firstPassword}（只显示这一次，首次登录须修改）。`,
      `Created ${name}, id ${tenant}. Administrator ${access.username}, first password ${access.firstPassword} (shown only now; to be replaced at first sign-in).`,
    ),
  );
}

async function list(pool: Pool, { say }: Call): Promise<void> {
  const { companies } = await firstRun(pool);
  if (companies.length === 0) say(text('还没有公司', 'There is no company yet'));
  for (const { tenant, name, demo } of companies)
    say(text(`${tenant}  ${name}${demo ? '（演示）' : ''}`, `${tenant}  ${name}${demo ? ' (demo)' : ''}`));
}

async function host(pool: Pool, { words, say }: Call): Promise<void> {
  const [, wanted, address] = words;
  const { companies } = await firstRun(pool);
  const company = companies.find(({ tenant, name }) => tenant === wanted || name === wanted);
  if (!company) throw new Trouble('company.unknown', '没有这家公司', 'There is no such company');
  must(await bindHost(pool, company.tenant, address ?? null));
  say(
    address === undefined
      ? text(`${company.name} 不再有自己的网址`, `${company.name} no longer has an address of its own`)
      : text(`${company.name} 的网址为 ${address}`, `${company.name} is reached at ${address}`),
  );
}

async function publishChosen(pool: Pool, tenant: string, config: Config): Promise<void> {
  const calendars = must(await loadCalendars(join(HOME, 'calendars')));
  const sources = chosenPacks(await readPacks(config.packsDir), config.packs);
  const now = Date.now();
  for (const own of sources.values()) {
    const objection = (pack: CompiledPack) => staffFor(pool, tenant, pack, now);
    const pack = must(await publishPack(pool, tenant, { sources: own, by: 'huiyin', reviewNote: '', now, objection }));
    const calendar = calendars.get(pack.calendar);
    if (calendar) await setSchedules(pool, tenant, pack, calendar, now);
  }
}

const throwaway = (): string =>
  Array.from({ length: 32 }, () => 'abcdefghjkmnpqrstuvwxyz23456789'[randomInt(31)]).join('');

function must<T>(result: { ok: true; value: T } | { ok: false; refusal: Refusal }): T {
  if (result.ok) return result.value;
  const { code, message } = result.refusal;
  throw new Trouble(code, message.zh, message.en);
}

import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { z } from 'zod';
import { formatLocal } from '#clock/civil.ts';
import { migrate } from '#db/migrate.ts';
import { type Database, openDatabase } from '#db/open.ts';
import { openPool } from '#db/pool.ts';
import { checkPurpose } from '#db/purpose.ts';
import { Trouble } from '#db/trouble.ts';
import { createApiKey, keysOf, revokeApiKey, rotateApiKey, type Scope, scopes } from '#directory/account/api-key.ts';
import { firstRun } from '#directory/first-run.ts';
import { placesUnder } from '#directory/premises.ts';
import { HOUR, type Instant } from '#kernel/instant.ts';
import { text } from '#kernel/text.ts';
import type { Call, Command } from '../command.ts';

/** `huiyin key create | list | rotate | revoke`: API keys; a key's text is printed once, when it is made. */
export const command: Command = {
  doc: text('接口密钥：生成、列出、更换、停用', 'API keys: make, list, replace, end'),
  usage:
    'create --role <post> [--label] [--expires] [--scopes] [--site] | list | rotate <id> [--grace hours] | revoke <id> [--tenant]',
  flags: {
    // `--role` is also a setting of the server; here it names the post, so it must be read as plain text.
    role: { type: 'string' },
    label: { type: 'string' },
    expires: { type: 'string' },
    scopes: { type: 'string' },
    site: { type: 'string' },
    grace: { type: 'string' },
    tenant: { type: 'string' },
  },
  run,
};

const usage = new Trouble(
  'key.usage',
  '用法：huiyin key create --role <岗位> [--label 名称] [--expires 2027-01-31] [--scopes cases.read,…] [--site 小区]；huiyin key list；huiyin key rotate <编号> [--grace 小时]；huiyin key revoke <编号>',
  'Usage: huiyin key create --role <post> [--label name] [--expires 2027-01-31] [--scopes cases.read,…] [--site estate]; huiyin key list; huiyin key rotate <id> [--grace hours]; huiyin key revoke <id>',
);

/** Who made a key, where nobody had signed in. */
const BY = 'huiyin key';

type Act = (pool: Pool, tenant: string, call: Call) => Promise<void>;
const ACTS: { [word: string]: Act } = { create, list, rotate, revoke };

async function run(call: Call): Promise<number> {
  const { config, words, flags } = call;
  const act = ACTS[words[0] ?? ''];
  if (!act) throw usage;
  const named = z.string().optional().parse(flags.tenant);
  const database = await openDatabase({
    dataDir: resolve(config.data),
    databaseUrl: config.databaseUrl,
    appDatabaseUrl: config.appDatabaseUrl,
    what: 'key',
  });
  const pool = openPool(database.app, 2);
  try {
    await ready(database, config.sandbox);
    await act(pool, await choose(await firstRun(pool), named), call);
    return 0;
  } finally {
    await pool.end();
    await database.stop();
  }
}

const wish = z.object({
  role: z.string().min(1),
  label: z.string().trim().min(1).max(60).optional(),
  expires: z.string().optional(),
  scopes: z.string().optional(),
  site: z.string().optional(),
});

async function create(pool: Pool, tenant: string, { flags, say }: Call): Promise<void> {
  const read = wish.safeParse(flags);
  if (!read.success) throw usage;
  const { role, label, expires, site } = read.data;
  const made = await createApiKey(pool, tenant, {
    label: label ?? role,
    post: role,
    by: BY,
    ...(read.data.scopes === undefined ? {} : { scopes: wantedScopes(read.data.scopes) }),
    ...(expires === undefined ? {} : { expiresAt: moment(expires) }),
    ...(site === undefined ? {} : { estateId: await estate(pool, tenant, site) }),
  });
  if (!made.ok) throw new Trouble(made.refusal.code, made.refusal.message.zh, made.refusal.message.en);
  // Bare, so that a script can take it as it stands.
  say(text(made.value.key, made.value.key));
}

async function list(pool: Pool, tenant: string, { say }: Call): Promise<void> {
  for (const key of await keysOf(pool, tenant)) {
    const day = (at: Instant | null): string => (at === null ? '—' : formatLocal(at).slice(0, 16));
    const where = key.estate ?? '*';
    const facts = `${key.id}  ${key.label}  ${key.scopes.join(',')}  ${where}`;
    say(
      text(
        `${facts}  到期 ${day(key.expiresAt)}  上次使用 ${day(key.usedAt)}${key.revokedAt === null ? '' : '  已停用'}`,
        `${facts}  until ${day(key.expiresAt)}  last used ${day(key.usedAt)}${key.revokedAt === null ? '' : '  ended'}`,
      ),
    );
  }
}

async function rotate(pool: Pool, tenant: string, { words, flags, say }: Call): Promise<void> {
  const id = idOf(words);
  const hours = z.coerce
    .number()
    .min(0)
    .max(168)
    .safeParse(flags.grace ?? '24');
  if (!hours.success) throw usage;
  const made = await rotateApiKey(pool, tenant, id, { grace: hours.data * HOUR, by: BY });
  if (!made.ok) throw new Trouble(made.refusal.code, made.refusal.message.zh, made.refusal.message.en);
  say(text(made.value.key, made.value.key));
}

async function revoke(pool: Pool, tenant: string, { words, say }: Call): Promise<void> {
  const ended = await revokeApiKey(pool, tenant, idOf(words), Date.now(), BY);
  if (!ended.ok) throw new Trouble(ended.refusal.code, ended.refusal.message.zh, ended.refusal.message.en);
  say(text('已停用', 'Ended'));
}

function idOf(words: readonly string[]): string {
  const id = z.uuid().safeParse(words[1]);
  if (!id.success) throw usage;
  return id.data;
}

/** An estate by its name or id. */
async function estate(pool: Pool, tenant: string, wanted: string): Promise<string> {
  const all = await placesUnder(pool, tenant, null);
  const found = all.find((place) => place.id === wanted || place.name === wanted);
  if (found) return found.id;
  const names = all.map((place) => place.name).join('、');
  throw new Trouble(
    'key.estate',
    `没有小区“${wanted}”；有：${names}`,
    `There is no estate “${wanted}”; there are: ${names}`,
  );
}

async function ready(database: Database, sandbox: boolean): Promise<void> {
  if (sandbox) await checkPurpose(database.owner, 'sandbox');
  await migrate(database.owner);
}

async function choose({ companies }: Awaited<ReturnType<typeof firstRun>>, named: string | undefined): Promise<string> {
  const [only, second] = companies;
  const found = named === undefined ? only : companies.find((c) => c.tenant === named);
  if (found && (named !== undefined || !second)) return found.tenant;
  const list = companies.map((c) => `${c.tenant} ${c.name}`).join('; ');
  throw companies.length === 0
    ? new Trouble(
        'key.noCompany',
        '还没有公司：请先启动并在浏览器中完成设置',
        'There is no company yet: start and set one up in the browser first',
      )
    : new Trouble('key.tenant', `请用 --tenant 指定公司：${list}`, `Name the company with --tenant: ${list}`);
}

function moment(given: string): Instant {
  // A bare date means the end of that day here.
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(given) ? `${given}T23:59:59.999+08:00` : given);
  if (Number.isFinite(at) && at > Date.now()) return at;
  throw new Trouble(
    'key.expires',
    `--expires 须是将来的日期，如 2027-01-31：${given}`,
    `--expires must be a future date such as 2027-01-31: ${given}`,
  );
}

function wantedScopes(given: string): Scope[] {
  const read = z.array(z.enum(scopes)).min(1).safeParse(given.split(','));
  if (read.success) return read.data;
  throw new Trouble('key.scopes', `--scopes 可选：${scopes.join(',')}`, `--scopes may be: ${scopes.join(',')}`);
}

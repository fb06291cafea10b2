import { resolve } from 'node:path';
import { z } from 'zod';
import { migrate } from '#db/migrate.ts';
import { type Database, openDatabase } from '#db/open.ts';
import { openPool } from '#db/pool.ts';
import { checkPurpose } from '#db/purpose.ts';
import { Trouble } from '#db/trouble.ts';
import { createApiKey, type Scope, scopes } from '#directory/account/api-key.ts';
import { firstRun } from '#directory/first-run.ts';
import type { Instant } from '#kernel/instant.ts';
import { text } from '#kernel/text.ts';
import type { Call, Command } from '../command.ts';

/** `huiyin key create --role <post>`: prints a new API key once. */
export const command: Command = {
  doc: text('为某个岗位生成接口密钥', 'Make an API key for a post'),
  usage: 'create --role <post> [--label] [--expires] [--scopes] [--tenant]',
  flags: {
    // `--role` is also a setting of the server; here it names the post, so it must be read as plain text.
    role: { type: 'string' },
    label: { type: 'string' },
    expires: { type: 'string' },
    scopes: { type: 'string' },
    tenant: { type: 'string' },
  },
  run,
};

const asked = z.object({
  role: z.string().min(1),
  label: z.string().trim().min(1).max(60).optional(),
  expires: z.string().optional(),
  scopes: z.string().optional(),
  tenant: z.string().optional(),
});

async function run({ config, words, flags, say }: Call): Promise<number> {
  const read = asked.safeParse(flags);
  if (words[0] !== 'create' || !read.success)
    throw new Trouble(
      'key.usage',
      '用法：huiyin key create --role <岗位> [--label 名称] [--expires 2027-01-31]',
      'Usage: huiyin key create --role <post> [--label name] [--expires 2027-01-31]',
    );
  const wish = read.data;
  const expiresAt = wish.expires === undefined ? undefined : moment(wish.expires);
  const wanted = wish.scopes === undefined ? undefined : wantedScopes(wish.scopes);
  const database = await openDatabase({
    dataDir: resolve(config.data),
    databaseUrl: config.databaseUrl,
    appDatabaseUrl: config.appDatabaseUrl,
    what: 'key',
  });
  const pool = openPool(database.app, 2);
  try {
    await ready(database, config.sandbox);
    const tenant = await choose(await firstRun(pool), wish.tenant);
    const made = await createApiKey(pool, tenant, {
      label: wish.label ?? wish.role,
      post: wish.role,
      ...(wanted && { scopes: wanted }),
      ...(expiresAt !== undefined && { expiresAt }),
    });
    if (!made.ok) throw new Trouble(made.refusal.code, made.refusal.message.zh, made.refusal.message.en);
    // Bare, so that a script can take it as it stands.
    say(text(made.value.key, made.value.key));
    return 0;
  } finally {
    await pool.end();
    await database.stop();
  }
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

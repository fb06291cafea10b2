import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { formatLocal } from '#clock/civil.ts';
import { migrate } from '#db/migrate.ts';
import { openDatabase } from '#db/open.ts';
import { openPool, withTenant } from '#db/pool.ts';
import { checkPurpose } from '#db/purpose.ts';
import { Trouble } from '#db/trouble.ts';
import { firstRun } from '#directory/first-run.ts';
import { openPacks } from '#handling/packs.ts';
import { proposalsOf } from '#handling/proposals.ts';
import { openPublishing } from '#handling/publishing.ts';
import { text } from '#kernel/text.ts';
import type { Call } from '../../command.ts';
import { readPackFolder } from '../../packs.ts';
import { tell } from './check.ts';
import { folderOf } from './folder.ts';

/** `huiyin pack submit <folder> --author <who>`: hands a version in for review; exit code 1 when the check has findings. */
export async function submit(call: Call, [where = '']: readonly string[]): Promise<number> {
  const sources = await readPackFolder(await folderOf(where));
  return atCompany(call, async (pool, tenant) => {
    const author = await authorOf(pool, tenant, asText(call.flags.author));
    const now = (): number => Date.now();
    const publishing = openPublishing({
      pool,
      time: { now },
      packs: openPacks(pool, now),
      calendars: new Map(),
      wake: () => undefined,
    });
    const note = asText(call.flags.note);
    const made = await publishing.handIn(tenant, { sources, origin: 'terminal', note, author });
    const { problems, findings, incomplete } = made.verdict;
    if (made.status === 'faulty') return tell(call, problems, findings, {}, incomplete);
    call.say(
      text(
        `已提交 ${made.pack} ${made.version}，待 ${author.name} 以外的管理员或总经理在“制度版本”页复核`,
        `${made.pack} ${made.version} is handed in; an administrator or general manager other than ${author.name} decides on the page Versions`,
      ),
    );
    return 0;
  });
}

/** `huiyin pack versions`: what was handed in and what became of it, latest first. */
export function versions(call: Call): Promise<number> {
  return atCompany(call, async (pool, tenant) => {
    const published = await openPacks(pool, () => Date.now()).list(tenant);
    for (const { pack, version, current, inForceFrom, publishedBy, digest } of published)
      call.say(
        text(
          `${current ? '●' : '○'} ${pack} ${version}  自 ${formatLocal(inForceFrom)}  ${publishedBy}  ${digest.slice(0, 12)}`,
          `${current ? '●' : '○'} ${pack} ${version}  from ${formatLocal(inForceFrom)}  ${publishedBy}  ${digest.slice(0, 12)}`,
        ),
      );
    for (const one of await proposalsOf(pool, tenant)) {
      const line = `  ${one.pack} ${one.version}  ${one.status}  ${formatLocal(one.handedInAt)} ${one.authorName}${one.reviewerName === null ? '' : ` → ${one.reviewerName}: ${one.reason ?? ''}`}`;
      call.say(text(line, line));
    }
    return 0;
  });
}

async function atCompany(
  { config, flags }: Call,
  work: (pool: Pool, tenant: string) => Promise<number>,
): Promise<number> {
  const database = await openDatabase({
    dataDir: resolve(config.data),
    databaseUrl: config.databaseUrl,
    appDatabaseUrl: config.appDatabaseUrl,
    what: 'pack',
  });
  const pool = openPool(database.app, 2);
  try {
    if (config.sandbox) await checkPurpose(database.owner, 'sandbox');
    await migrate(database.owner);
    const { companies } = await firstRun(pool);
    const named = asText(flags.tenant);
    const [only, second] = named === '' ? companies : companies.filter((one) => one.tenant === named);
    if (!only || second)
      throw new Trouble(
        'pack.tenant',
        `请用 --tenant 指定公司：${companies.map((one) => `${one.tenant} ${one.name}`).join('；') || '还没有公司'}`,
        `Name the company with --tenant: ${companies.map((one) => `${one.tenant} ${one.name}`).join('; ') || 'there is none yet'}`,
      );
    return await work(pool, only.tenant);
  } finally {
    await pool.end();
    await database.stop();
  }
}

const asText = (flag: string | boolean | undefined): string => (typeof flag === 'string' ? flag.trim() : '');

/** The author by username or, where nobody else bears it, by name: who wrote it must be known, because he may not approve it. */
async function authorOf(pool: Pool, tenant: string, who: string): Promise<{ id: string; name: string }> {
  const found = await withTenant(pool, tenant, (client) =>
    client.query<{ id: string; name: string }>(
      `select p.person_id as id, p.name from huiyin.person p
         left join huiyin.login l on l.tenant_id = p.tenant_id and l.person_id = p.person_id
       where p.tenant_id = $1 and p.left_at is null and not p.automaton and (l.username = lower($2) or p.name = $2) limit 2`,
      [tenant, who],
    ),
  );
  const [only, second] = found.rows;
  if (only && !second) return only;
  throw new Trouble(
    'pack.author',
    who === ''
      ? '请用 --author 写明作者（用户名或姓名）：作者不能复核自己的版本'
      : `找不到作者“${who}”，或有同名：请写用户名`,
    who === ''
      ? 'Name the author with --author (username or name): authors do not approve their own versions'
      : `There is no author “${who}”, or two: write the username`,
  );
}

import { resolve } from 'node:path';
import { migrate } from '#db/migrate.ts';
import { openDatabase } from '#db/open.ts';
import { openPool } from '#db/pool.ts';
import { Trouble } from '#db/trouble.ts';
import { systemTime } from '#handling/time.ts';
import { castAnchor } from '#journal/anchor.ts';
import { openAnchorKey } from '#journal/anchor-key.ts';
import { verifyJournal } from '#journal/verify.ts';
import { text } from '#kernel/text.ts';
import type { Call, Command } from '../command.ts';

/** `huiyin journal verify` proves the books; `huiyin journal anchor` signs what was written so far. */
export const command: Command = {
  doc: text('核验全部过程记录，或立即签存', 'Verify every journal, or sign what was written so far'),
  usage: 'verify | anchor',
  run: async (call) => {
    const work = { verify, anchor }[call.words[0] ?? ''];
    if (!work)
      throw new Trouble(
        'journal.usage',
        '用法：huiyin journal verify 或 huiyin journal anchor',
        'Usage: huiyin journal verify or huiyin journal anchor',
      );
    const { data, databaseUrl, appDatabaseUrl } = call.config;
    const dataDir = resolve(data);
    const database = await openDatabase({ dataDir, databaseUrl, appDatabaseUrl, what: 'journal' });
    try {
      await migrate(database.owner);
      return await work(call, database, dataDir);
    } finally {
      await database.stop();
    }
  },
};

type Work = (call: Call, database: Awaited<ReturnType<typeof openDatabase>>, dataDir: string) => Promise<number>;

const verify: Work = async ({ say }, database, dataDir) => {
  const done = await verifyJournal(database.owner, dataDir);
  for (const { message } of done.findings) say(message);
  const { cases, entries, anchors, covered, findings } = done;
  if (findings.length > 0) {
    say(text(`发现 ${findings.length} 处问题`, `${findings.length} findings`));
    return 1;
  }
  say(
    text(
      `${cases} 个案件、${entries} 条过程记录全部完好；其中 ${covered} 条由 ${anchors} 个签名锚担保`,
      `${cases} cases with ${entries} entries are all intact; ${covered} of them are vouched for by ${anchors} signed anchors`,
    ),
  );
  return 0;
};

const anchor: Work = async ({ say }, database, dataDir) => {
  const pool = openPool(database.app, 1);
  try {
    const made = await castAnchor(pool, openAnchorKey(dataDir), dataDir, systemTime.now());
    say(
      made
        ? text(
            `第 ${made.number} 号锚：${made.cases} 个案件的 ${made.entries} 条记录已签存，摘要 ${made.digest.toString('hex')}`,
            `Anchor ${made.number}: ${made.entries} entries of ${made.cases} cases are signed, digest ${made.digest.toString('hex')}`,
          )
        : text('没有新的记录需要签存', 'There is nothing new to sign'),
    );
    return 0;
  } finally {
    await pool.end();
  }
};

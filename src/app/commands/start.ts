import { resolve } from 'node:path';
import { pino } from 'pino';
import { migrate } from '#db/migrate.ts';
import { type Database, openDatabase } from '#db/open.ts';
import { checkPurpose, claimPurpose, readPurpose } from '#db/purpose.ts';
import { Trouble } from '#db/trouble.ts';
import { text } from '#kernel/text.ts';
import type { Call, Command } from '../command.ts';
import { serve } from '../serve.ts';
import { stopRequest } from '../stop.ts';

/** Database, migrations, purpose, then serving until asked to stop. */
export const command: Command = {
  doc: text('启动', 'Start'),
  usage: '',
  run,
};

async function run({ config, say }: Call): Promise<number> {
  const stop = stopRequest();
  const log = pino({ level: config.logLevel });
  let lost: Trouble | undefined;
  let database: Database | undefined;
  try {
    database = await openDatabase({
      dataDir: resolve(config.data),
      databaseUrl: config.databaseUrl,
      appDatabaseUrl: config.appDatabaseUrl,
      what: 'start',
      exclusive: true,
      onLost: (trouble) => {
        lost = trouble;
        stop.ask();
      },
    });
    if (stop.isAsked()) return 0;
    if (config.sandbox) await checkPurpose(database.owner, 'sandbox');
    await migrate(database.owner);
    if (config.sandbox) await claimPurpose(database.owner, 'sandbox');
    // Without --sandbox the first page decides; a folder in which the demo was chosen stays a demo.
    const sandbox = (await readPurpose(database.owner)) === 'sandbox';
    if (stop.isAsked()) return 0;
    const serving = await serve({ config: { ...config, sandbox }, database, log });
    say(text(`回音已启动：${serving.url}`, `Huiyin is running: ${serving.url}`));
    if (serving.setupCode !== null)
      say(
        text(
          `首次设置：从其他电脑打开时需填设置码 ${serving.setupCode}（用一次即失效）`,
          `First set-up: from another computer it asks for the code ${serving.setupCode} (valid once)`,
        ),
      );
    if (sandbox && !config.sandbox)
      say(
        text(
          '这个数据目录是演示，按演示启动；正式使用请用 --data 另选空目录',
          'This data folder is a demo and starts as one; for real use choose an empty folder with --data',
        ),
      );
    await stop.asked;
    await serving.close();
  } catch (cause) {
    // Interrupted in the middle of a step (Ctrl-C also reaches its children): ending is what was asked for.
    if (!(stop.isAsked() && cause instanceof Trouble)) throw cause;
  } finally {
    await database?.stop();
  }
  if (lost) throw lost;
  return 0;
}

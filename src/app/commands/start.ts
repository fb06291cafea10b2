import { resolve } from 'node:path';
import { pino } from 'pino';
import { migrate } from '#db/migrate.ts';
import { type Database, openDatabase } from '#db/open.ts';
import { checkPurpose, claimPurpose } from '#db/purpose.ts';
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
  const purpose = config.sandbox ? 'sandbox' : 'production';
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
    await checkPurpose(database.owner, purpose);
    await migrate(database.owner);
    await claimPurpose(database.owner, purpose);
    if (stop.isAsked()) return 0;
    const serving = await serve({ config, database, log });
    say(text(`回音已启动：${serving.url}`, `Huiyin is running: ${serving.url}`));
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

import { resolve } from 'node:path';
import { restore } from '#db/restore.ts';
import { Trouble } from '#db/trouble.ts';
import { text } from '#kernel/text.ts';
import type { Command } from '../command.ts';

/** Puts a backup into an empty data folder. */
export const command: Command = {
  doc: text('从备份恢复到空的数据目录', 'Restore a backup into an empty data folder'),
  usage: '<folder>',
  run: async ({ config, words, say }) => {
    const [folder] = words;
    if (!folder)
      throw new Trouble(
        'restore.where',
        '请写明备份目录：huiyin restore <目录>',
        'Name the folder: huiyin restore <folder>',
      );
    const { databaseUrl, appDatabaseUrl } = config;
    const { files, takenAt } = await restore(
      { dataDir: resolve(config.data), databaseUrl, appDatabaseUrl, what: 'restore' },
      folder,
    );
    const when = new Date(takenAt).toISOString();
    say(
      text(
        `已恢复 ${when} 的备份（${files.length} 个文件，逐个校验）`,
        `Restored the backup of ${when} (${files.length} files, each verified)`,
      ),
    );
    return 0;
  },
};

import { resolve } from 'node:path';
import { backup } from '#db/backup.ts';
import { openDatabase } from '#db/open.ts';
import { Trouble } from '#db/trouble.ts';
import { text } from '#kernel/text.ts';
import type { Command } from '../command.ts';

/** Saves database and files while everything runs. */
export const command: Command = {
  doc: text('备份到一个空目录（可在运行中进行）', 'Back up into an empty folder (while running, if you like)'),
  usage: '<folder>',
  run: async ({ config, words, say }) => {
    const [folder] = words;
    if (!folder)
      throw new Trouble(
        'backup.where',
        '请写明备份目录：huiyin backup <目录>',
        'Name the folder: huiyin backup <folder>',
      );
    const { databaseUrl, appDatabaseUrl } = config;
    const database = await openDatabase({
      dataDir: resolve(config.data),
      databaseUrl,
      appDatabaseUrl,
      what: 'backup',
      create: false,
    });
    try {
      const { files } = await backup(database, folder, Date.now());
      const megabytes = Math.ceil(files.reduce((sum, f) => sum + f.size, 0) / 1_048_576);
      say(
        text(
          `已备份 ${files.length} 个文件（${megabytes} MB）到 ${resolve(folder)}`,
          `Saved ${files.length} files (${megabytes} MB) to ${resolve(folder)}`,
        ),
      );
      return 0;
    } finally {
      await database.stop();
    }
  },
};

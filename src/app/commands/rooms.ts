import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '#kernel/text.ts';
import type { Command } from '../command.ts';
import { HOME } from '../config.ts';
import { staleFiles } from '../rooms/generated.ts';

/** Writes what is made from the table of rooms: the lint rules and the page about the rooms. */
export const command: Command = {
  doc: text('由房间表生成规范配置与说明页', 'Make the lint rules and the page from the table of rooms'),
  usage: '',
  run: ({ say }) => {
    const stale = staleFiles(HOME);
    for (const { path, text: content } of stale) {
      writeFileSync(join(HOME, path), content);
      say(text(`已写入 ${path}`, `Wrote ${path}`));
    }
    if (stale.length === 0) say(text('都是最新的', 'Everything is up to date'));
    return Promise.resolve(0);
  },
};

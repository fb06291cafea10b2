import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { text } from '#kernel/text.ts';
import { OPEN_API_FILE, openApiText } from '../checks/open-api.ts';
import type { Command } from '../command.ts';

/** Writes docs/api/openapi.json from the contract (for those who change the API). */
export const command: Command = {
  doc: text('由接口约定生成 docs/api/openapi.json', 'Write docs/api/openapi.json from the contract'),
  usage: '',
  run: async ({ say }) => {
    await mkdir(dirname(OPEN_API_FILE), { recursive: true });
    await writeFile(OPEN_API_FILE, await openApiText());
    say(text(`已写入 ${OPEN_API_FILE}`, `Written: ${OPEN_API_FILE}`));
    return 0;
  },
};

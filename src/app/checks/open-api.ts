import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApi } from '#http/openapi.ts';
import { text } from '#kernel/text.ts';
import { HOME } from '../config.ts';
import type { Check } from './check.ts';

/** Where the committed description of the API lies. */
export const OPEN_API_FILE = join(HOME, 'docs/api/openapi.json');

/** The description of the API as it is committed: made from the contract, one line per value so that changes show. */
export const openApiText = async (): Promise<string> => `${JSON.stringify(await openApi(), null, 2)}\n`;

/** The committed description must be what the contract says now. */
export const openApiCheck: Check = {
  id: 'openapi',
  name: text('接口说明', 'Description of the API'),
  run: async () => {
    const now = await openApiText();
    const there = existsSync(OPEN_API_FILE) ? readFileSync(OPEN_API_FILE, 'utf8') : '';
    if (now === there) return { state: 'passed', detail: '' };
    const [a, b] = [there.split('\n'), now.split('\n')];
    const at = b.findIndex((line, i) => line !== a[i]);
    return {
      state: 'failed',
      detail: `docs/api/openapi.json, line ${at + 1}:\n- ${a[at] ?? ''}\n+ ${b[at] ?? ''}\nWrite it anew with: npm run huiyin -- openapi`,
    };
  },
};

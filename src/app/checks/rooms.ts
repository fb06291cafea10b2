import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { text } from '#kernel/text.ts';
import { HOME } from '../config.ts';
import { findBreaches } from '../rooms/breaches.ts';
import { staleFiles } from '../rooms/generated.ts';
import { folderOf, ROOMS } from '../rooms/table.ts';
import type { Check } from './check.ts';

/** No file reaches into a room it may not know, and everything made from the table of rooms is up to date. */
export const rooms: Check = {
  id: 'rooms',
  name: text('房间之墙', 'Walls between the rooms'),
  run: () => {
    const faults = [
      ...findBreaches(HOME).map((b) => `${b.file}:${b.line} ${b.rule}: ${b.message}`),
      ...staleFiles(HOME).map(({ path }) => `${path} is not up to date; run npm run huiyin -- rooms`),
      ...impureTypes(),
    ];
    return Promise.resolve(
      faults.length === 0
        ? { state: 'passed', detail: `${ROOMS.length} rooms` }
        : { state: 'failed', detail: faults.join('\n') },
    );
  },
};

/** The pure rooms are also compiled without the types of Node: tsconfig.pure.json must name exactly them. */
function impureTypes(): string[] {
  const config: unknown = JSON.parse(readFileSync(join(HOME, 'tsconfig.pure.json'), 'utf8'));
  const { include } = z.object({ include: z.array(z.string()) }).parse(config);
  const pure = ROOMS.filter((room) => room.pure).map(folderOf);
  return [
    ...pure.filter((folder) => !include.includes(folder)).map((folder) => `tsconfig.pure.json lacks ${folder}`),
    ...include.filter((folder) => !pure.includes(folder)).map((folder) => `tsconfig.pure.json names ${folder}`),
  ];
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { text } from '#kernel/text.ts';
import { HOME } from '../config.ts';
import type { Check } from './check.ts';

const entry = z.object({
  version: z.string().optional(),
  link: z.boolean().optional(),
  deprecated: z.string().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
export type LockEntry = z.output<typeof entry>;

/** The packages of the lock file by their place (`node_modules/…`; '' and `web` are our own). */
export function lockedPackages(): Map<string, LockEntry> {
  const lock: unknown = JSON.parse(readFileSync(join(HOME, 'package-lock.json'), 'utf8'));
  return new Map(Object.entries(z.object({ packages: z.record(z.string(), entry) }).parse(lock).packages));
}

/** The lock file names exactly what package.json asks for, and every platform's optional packages. */
export const lockFile: Check = {
  id: 'lock-file',
  name: text('锁定文件', 'Lock file'),
  run: () => {
    const packages = lockedPackages();
    const faults: string[] = [];
    for (const place of ['', 'web']) {
      const file = join(HOME, place, 'package.json');
      if (!existsSync(file)) continue;
      const wanted = entry.parse(JSON.parse(readFileSync(file, 'utf8')));
      for (const kind of ['dependencies', 'devDependencies'] as const) {
        for (const [name, range] of Object.entries(wanted[kind] ?? {})) {
          const where = `${place === '' ? '' : `${place}/`}package.json`;
          if (!/^\d/.test(range)) faults.push(`${where}: ${name}@${range} is not an exact version`);
          if (packages.get(place)?.[kind]?.[name] !== range)
            faults.push(`${where}: ${name}@${range} is not in package-lock.json; run npm install`);
        }
      }
    }
    for (const [place, { optionalDependencies = {} }] of packages) {
      for (const name of Object.keys(optionalDependencies)) {
        if (packages.has(`node_modules/${name}`) || packages.has(`${place}/node_modules/${name}`)) continue;
        faults.push(`package-lock.json lacks ${name}; run node scripts/complete-lock.mjs`);
      }
    }
    return Promise.resolve(
      faults.length === 0 ? { state: 'passed', detail: '' } : { state: 'failed', detail: faults.join('\n') },
    );
  },
};

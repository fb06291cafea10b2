import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { text } from '#kernel/text.ts';
import { HOME } from '../config.ts';
import type { Check } from './check.ts';
import { lockedPackages } from './lock-file.ts';

/** Licences that go together with Apache-2.0 without conditions on our own code. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'CC-BY-4.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
]);

/** Families of packages accepted with another licence, for a reason. */
const EXCEPTIONS: Record<string, string> = {
  lightningcss: 'MPL-2.0: builds the staff pages, unchanged and not shipped in them',
  'libheif-js': 'LGPL-3.0: libheif as its own replaceable package, unchanged; reads the photos of telephones',
  '@img/sharp-': 'LGPL-3.0-or-later: libvips as a shared library, replaceable, unchanged',
};
const isExcepted = (name: string): boolean => Object.keys(EXCEPTIONS).some((family) => name.startsWith(family));

const manifest = z.object({
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
});

/** True when the expression allows use under an allowed licence: one of an OR, all of an AND. */
export function isAllowed(expression: string): boolean {
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  if (plain.includes(' OR ')) return plain.split(' OR ').some((part) => isAllowed(part.trim()));
  return plain.split(' AND ').every((part) => ALLOWED.has(part.replace(/[()]/g, '').trim()));
}

/** Every package that is shipped has a licence we may ship. */
export const licences: Check = {
  id: 'licences',
  name: text('依赖许可证', 'Licences of dependencies'),
  run: () => {
    const faults: string[] = [];
    let seen = 0;
    for (const [place, { dev, link, version }] of lockedPackages()) {
      const file = join(HOME, place, 'package.json');
      if (!place.includes('node_modules/') || dev || link || !existsSync(file)) continue;
      seen += 1;
      const name = place.split('node_modules/').at(-1) ?? place;
      const read = manifest.safeParse(JSON.parse(readFileSync(file, 'utf8')));
      const licence = read.success
        ? typeof read.data.license === 'string'
          ? read.data.license
          : (read.data.license?.type ?? read.data.licenses?.map((l) => l.type).join(' OR '))
        : undefined;
      if (!(licence && isAllowed(licence)) && !isExcepted(name))
        faults.push(`${name}@${version}: ${licence ?? 'no licence given'}`);
    }
    return Promise.resolve(
      faults.length === 0
        ? { state: 'passed', detail: `${seen} packages` }
        : { state: 'failed', detail: faults.join('\n') },
    );
  },
};

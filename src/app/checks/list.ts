import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '#kernel/text.ts';
import { HOME } from '../config.ts';
import { byTool, type Check } from './check.ts';
import { licences } from './licences.ts';
import { lockFile } from './lock-file.ts';
import { openApiCheck } from './open-api.ts';
import { packLanguage } from './pack-language.ts';
import { rooms } from './rooms.ts';
import { rules } from './rules.ts';
import { vulnerabilities } from './vulnerabilities.ts';

/** Every check, in the order they are reported. One more is one file and one line. */
export const CHECKS: Check[] = [
  byTool('types', text('类型', 'Types'), 'tsc', '--noEmit', '-p', 'tsconfig.json'),
  byTool(
    'types-pure',
    text('类型（纯房间）', 'Types of the pure rooms'),
    'tsc',
    '--noEmit',
    '-p',
    'tsconfig.pure.json',
  ),
  ...(existsSync(join(HOME, 'web/tsconfig.json'))
    ? [
        byTool(
          'types-web',
          text('类型（工作台）', 'Types of the staff pages'),
          'tsc',
          '--noEmit',
          '-p',
          'web/tsconfig.json',
        ),
      ]
    : []),
  byTool('lint', text('代码规范', 'Lint and format'), 'biome', 'check', '--diagnostic-level=warn', '.'),
  rooms,
  rules,
  byTool('dead-code', text('无用代码', 'Dead code'), 'knip', '--no-progress', '--no-config-hints'),
  openApiCheck,
  packLanguage,
  lockFile,
  licences,
  vulnerabilities,
];

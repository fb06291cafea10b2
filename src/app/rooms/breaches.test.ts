import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tool } from '../checks/check.ts';
import { HOME } from '../config.ts';
import { findBreaches } from './breaches.ts';
import { lintConfig } from './lint.ts';
import { withTable } from './page.ts';
import { ROOMS } from './table.ts';

/** A full copy for the lint, and one with the pure rooms alone, which is quicker to read again and again. */
let [tree, small] = ['', ''];

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'huiyin-rooms-'));
  for (const path of ['src', 'web/src', 'web/tsconfig.json', 'package.json', 'biome.json'])
    cpSync(join(HOME, path), join(tree, path), { recursive: true });
  symlinkSync(join(HOME, 'node_modules'), join(tree, 'node_modules'));
  writeFileSync(join(tree, 'biome.rooms.json'), lintConfig());
  small = mkdtempSync(join(tmpdir(), 'huiyin-rooms-'));
  for (const path of ['kernel', 'clock', 'policy', 'case', 'http/contract'])
    cpSync(join(HOME, 'src', path), join(small, 'src', path), { recursive: true });
});
afterAll(() => {
  for (const copy of [tree, small]) rmSync(copy, { recursive: true, force: true });
});

/** Writes files into the copy, does the work, and takes them away again. */
async function planted<T>(files: Record<string, string>, work: () => T | Promise<T>, copy = small): Promise<T> {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), content);
  }
  try {
    return await work();
  } finally {
    for (const path of Object.keys(files)) rmSync(join(copy, path));
  }
}

const told = () => findBreaches(small).map(({ file, line, rule }) => `${file}:${line} ${rule}`);

test('the source as it stands keeps every wall', () => {
  expect(findBreaches(HOME)).toEqual([]);
});

/** One breach of each kind: what is written where, and the line at which it must be reported. */
const BREACHES: [string, string, string, string][] = [
  ['the kernel imports the engine', 'src/kernel/x.ts', "\nimport '#case/decide.ts';\n", '2 room.imports'],
  [
    'a clock reads a file',
    'src/clock/x.ts',
    "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n",
    '1 room.node',
  ],
  [
    'a clock reads a file, by the old name',
    'src/clock/x.ts',
    "import fs from 'fs/promises';\nfs.stat('x');\n",
    '1 room.node',
  ],
  ['the pack language looks at the time', 'src/policy/x.ts', '\n\nexport const x = Date.now();\n', '3 room.globals'],
  ['the engine throws dice', 'src/case/x.ts', 'export const x = () =>\n  Math.random();\n', '2 room.globals'],
  [
    'the engine asks for the machine’s language',
    'src/case/x.ts',
    "export const x = 'a'.localeCompare('b');\n",
    '1 room.globals',
  ],
  ['the engine waits', 'src/case/x.ts', 'setTimeout(() => {}, 1);\n', '1 room.globals'],
  ['the engine reads a setting', 'src/case/x.ts', 'export const x = process.env.X;\n', '1 room.globals'],
  ['a replay calls another machine', 'src/simulation/x.ts', "export const x = fetch('http://x');\n", '1 room.globals'],
  ['the engine imports the transaction by room', 'src/case/x.ts', "import '#handling/handle.ts';\n", '1 room.imports'],
  [
    'the engine imports the transaction relatively',
    'src/case/abilities/x.ts',
    "export * from '../../handling/handle.ts';\n",
    '1 room.relative',
  ],
  [
    'the engine imports no more than a type of it',
    'src/case/x.ts',
    "import type { Handler } from '#handling/handle.ts';\nexport type X = Handler;\n",
    '1 room.imports',
  ],
  [
    'the engine names a type of it in passing',
    'src/case/x.ts',
    "\nexport type X = import('#handling/handle.ts').Handler;\n",
    '2 room.imports',
  ],
  [
    'the engine imports it when called',
    'src/case/x.ts',
    "export const x = () => import('#handling/handle.ts');\n",
    '1 room.imports',
  ],
  [
    'the engine imports what it computes',
    'src/case/x.ts',
    "export const x = (n: string) => import('#' + n);\n",
    '1 room.computed',
  ],
  ['the engine uses a package', 'src/case/x.ts', "import { z } from 'zod';\nexport const x = z;\n", '1 room.packages'],
  [
    'the transaction mixes with the timers outside its index',
    'src/handling/x.ts',
    "import '#timers/loop.ts';\n",
    '1 room.imports',
  ],
  ['the journal sends mail', 'src/journal/x.ts', "import 'nodemailer';\n", '1 room.packages'],
  ['the server leans on a helper of tests', 'src/http/x.ts', "import '#db/testing.ts';\n", '1 room.tests'],
  [
    'the staff pages import the server’s insides',
    'web/src/x.tsx',
    "import '@room/http/server.ts';\nexport const x = <b>x</b>;\n",
    '1 room.imports',
  ],
  [
    'the staff pages import the database relatively',
    'web/src/x.ts',
    "import '../../src/db/pool.ts';\n",
    '1 room.relative',
  ],
  ['the contract imports the server', 'src/http/contract/x.ts', "import '../server.ts';\n", '1 room.imports'],
  ['a folder is in no table', 'src/cellar/x.ts', 'export const x = 1;\n', '1 room.unknown'],
  ['a file cannot be read', 'src/case/x.ts', 'export const x = ;\n', '1 room.unreadable'],
];

describe('a planted breach is reported with file, line and rule', () => {
  // Each in a file of its own, all at one reading: none of them imports another.
  const files = BREACHES.map(([, file], i) => file.replace(/x(?=\.tsx?$)/, `x${i}-`));
  let all: string[] = [];
  beforeAll(async () => {
    all = await planted(Object.fromEntries(BREACHES.map(([, , content], i) => [files[i] ?? '', content])), told);
  });
  test.each(BREACHES.map((breach, i) => [...breach, files[i] ?? ''] as const))(
    '%s',
    (_what, _x, _content, where, file) => {
      expect(all.filter((one) => one.startsWith(`${file}:`))).toEqual([`${file}:${where}`]);
    },
  );
  test('nothing else is reported', () => {
    expect(all).toHaveLength(BREACHES.length);
  });

  test('two files import each other', async () => {
    const files = {
      'src/case/x1.ts': "\nimport { b } from './x2.ts';\nexport const a = () => b;\n",
      'src/case/x2.ts': "import { a } from './x1.ts';\nexport const b = () => a;\n",
    };
    expect(await planted(files, told)).toEqual(['src/case/x1.ts:2 room.cycle']);
  });

  test('three files import each other in a circle, across rooms', async () => {
    const files = {
      'src/app/x1.ts': "export { x } from '#app/x2.ts';\n",
      'src/app/x2.ts': "export { x } from './x3.ts';\n",
      'src/app/x3.ts': "export { y as x } from '#app/x1.ts';\n",
    };
    expect(await planted(files, told)).toEqual(['src/app/x1.ts:1 room.cycle']);
  });
});

test('words in comments and texts, properties of that name, types in a circle and tests are no breaches', async () => {
  const files = {
    'src/case/x1.ts':
      "// import '#db/pool.ts'; Date.now()\nexport const x = \"import '#db/pool.ts'; Date.now()\";\nexport interface X {\n  process: string;\n}\nexport const y = (x: X) => x.process;\nexport type { Y } from './x2.ts';\n",
    'src/case/x2.ts':
      "import { type X, y } from './x1.ts';\nexport type Y = X;\nexport const z = { process: y, Date: 1 };\n",
    'src/case/x.test.ts': "import '#db/testing.ts';\nimport 'node:fs';\nDate.now();\n",
  };
  expect(await planted(files, told)).toEqual([]);
});

test('the editor’s lint reports the same breaches between rooms, in pure rooms and in circles', async () => {
  const files = {
    'src/kernel/x.ts': "export { decide } from '#case/decide.ts';\n",
    'src/clock/x.ts': "export { readFile } from 'node:fs/promises';\n",
    'src/policy/x.ts': 'export const x = Date.now();\n',
    'src/handling/x.ts': "export { startTimers } from '#timers/loop.ts';\n",
    'web/src/x.ts':
      "export { buildServer } from '@room/http/server.ts';\nexport { contract } from '@room/http/contract/index.ts';\n",
    'src/db/x1.ts': "import { b } from './x2.ts';\nexport const a = () => b;\n",
    'src/db/x2.ts': "import { a } from '#db/x1.ts';\nexport const b = () => a;\n",
  };
  const rules = ['noRestrictedImports', 'noRestrictedGlobals', 'noImportCycles'];
  const lint = () =>
    tool('biome', ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github', '.'], tree);
  const seen = (text: string) =>
    text.split('\n').flatMap((line) => {
      const m = /^::error title=lint\/\w+\/(\w+),file=(.+?),line=(\d+)/.exec(line);
      return m && rules.includes(m[1] ?? '') ? [`${m[2]?.replace(`${tree}/`, '')}:${m[3]} ${m[1]}`] : [];
    });
  const { text } = await planted(files, lint, tree);
  expect(seen(text).sort()).toEqual([
    'src/clock/x.ts:1 noRestrictedImports',
    'src/db/x1.ts:1 noImportCycles',
    'src/db/x2.ts:1 noImportCycles',
    'src/handling/x.ts:1 noRestrictedImports',
    'src/kernel/x.ts:1 noRestrictedImports',
    'src/policy/x.ts:1 noRestrictedGlobals',
    'web/src/x.ts:1 noRestrictedImports',
  ]);
});

test('the table itself has no circle: of two rooms at most one knows the other', () => {
  const done = new Set<string>();
  const visit = (name: string, way: string[]): void => {
    expect(way, `${[...way, name].join(' → ')}`).not.toContain(name);
    if (done.has(name)) return;
    done.add(name);
    const room = ROOMS.find((r) => r.name === name);
    expect(room, name).toBeDefined();
    for (const next of room?.imports ?? []) visit(next, [...way, name]);
  };
  for (const room of ROOMS) visit(room.name, []);
});

test('a pure room knows only pure rooms', () => {
  const pure = ROOMS.filter((r) => r.pure);
  for (const room of pure) for (const name of room.imports) expect(pure.map((r) => r.name)).toContain(name);
});

test('the page about the rooms keeps what people wrote around its table', () => {
  const page = withTable(
    'before\n<!-- made from src/app/rooms/table.ts by `npm run huiyin -- rooms` -->\nstale row\n<!-- end of the table -->\nafter\n',
  );
  expect(page.startsWith('before\n')).toBe(true);
  expect(page.endsWith('\nafter\n')).toBe(true);
  expect(page).not.toContain('stale row');
  for (const room of ROOMS) expect(page).toContain(room.purpose.en);
});

// Entry of every npm script. Core modules only and plain enough for Node 18: it runs before anything is installed.
// Longer than usual because the steps share one story: runtime, packages, web pages, then the program itself.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, Stop, say } from './lib/common.mjs';
import { hand } from './lib/hand.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { ensureRuntime } from './lib/runtime.mjs';
import { runTests } from './lib/tests.mjs';
import { ensureWeb } from './lib/web.mjs';

const [task = 'start', ...args] = process.argv.slice(2);

/** What each script runs once everything is in place. */
const PROGRAMS = {
  start: ['src/app/cli.ts', 'start'],
  huiyin: ['src/app/cli.ts'],
  check: ['src/app/cli.ts', 'check'],
  rules: ['src/app/cli.ts', 'rules'],
  bench: ['bench/run.ts'],
};

async function main() {
  const node = await ensureRuntime();
  await ensurePackages(node);
  if (task === 'test') {
    await ensureWeb(node);
    return runTests(node, args);
  }
  const program = PROGRAMS[task];
  if (!program || !existsSync(join(ROOT, program[0]))) {
    throw new Stop(`没有这个任务：${task}`, `There is no such task: ${task}`);
  }
  if (task === 'start') await ensureWeb(node);
  return hand(node, [...program, ...args]);
}

try {
  process.exitCode = await main();
} catch (cause) {
  if (!(cause instanceof Stop)) throw cause;
  if (cause.zh) say(cause.zh, cause.en);
  process.exitCode = cause.code;
}

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { environment, ROOT, RUNTIME, read, run, say } from './common.mjs';

/**
 * Runs the unit tests and stories, and those in the browser beside them: each alone leaves half of the machine idle.
 * What the second says is told when the first has ended; the last line is `N passed, N failed` over both.
 * With arguments only the first runner runs and gets them. Answers 0 only when something ran and nothing failed.
 */
export async function runTests(node, args) {
  const inBrowser = args.length === 0 && existsSync(join(ROOT, 'playwright.config.ts'));
  const env = environment(node);
  if (inBrowser) env.HUIYIN_CHROMIUM = await ensureBrowser();
  mkdirSync(RUNTIME, { recursive: true });
  const memory = folderInMemory();
  // What was compiled is worth keeping for the next run.
  const kept = { PWTEST_CACHE_DIR: join(RUNTIME, 'playwright'), NODE_COMPILE_CACHE: join(RUNTIME, 'compiled') };
  if (memory) Object.assign(env, { ...kept, TMPDIR: memory });
  try {
    return await both(node, args, env, inBrowser);
  } finally {
    if (memory) rmSync(memory, { recursive: true, force: true });
  }
}

async function both(node, args, env, inBrowser) {
  const browser = inBrowser && runner(node, env, 'playwright', playwright, countPlaywright, { quiet: true });
  const counts = [await runner(node, env, 'vitest', vitest(args), countVitest)];
  if (browser) {
    say('浏览器里的故事还在跑 …', 'The stories in the browser are still running …');
    counts.push(await browser);
    process.stdout.write(counts[1].text);
  }
  const passed = counts.reduce((sum, c) => sum + c.passed, 0);
  const failed = counts.reduce((sum, c) => sum + c.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

const MEMORY = '/dev/shm';
/** Bytes to spare, of the disk in memory and of memory itself: some hundred databases are made, three dozen MB each. */
const ROOM = 2 * 2 ** 30;

/** Where databases lie in memory: making one costs a tenth of the work. Nothing where there is no room to spare. */
function folderInMemory() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (tmpdir() !== '/tmp' || bavail * bsize < ROOM || freemem() < 2 * ROOM) return undefined;
    for (const name of readdirSync(MEMORY)) {
      const pid = /^huiyin-tests-(\d+)-/.exec(name)?.[1];
      // What a run that was killed has left would take up memory until the next start of the machine.
      if (pid && !existsSync(`/proc/${pid}`)) rmSync(join(MEMORY, name), { recursive: true, force: true });
    }
    const folder = mkdtempSync(join(MEMORY, `huiyin-tests-${process.pid}-`));
    // As root the database runs under an account of its own, which has to pass through.
    chmodSync(folder, 0o755);
    return folder;
  } catch {
    return undefined;
  }
}

const vitest = (args) => (file) => [
  join(ROOT, 'node_modules/vitest/vitest.mjs'),
  ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args],
];

const playwright = () => [join(ROOT, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json'];

async function runner(node, env, name, argsFor, count, how = {}) {
  const file = join(RUNTIME, `${name}-${process.pid}.json`);
  const { code, text } = await run(node, argsFor(file), {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    ...how,
  });
  const report = read(file);
  rmSync(file, { force: true });
  const counts = report ? count(JSON.parse(report)) : { passed: 0, failed: 0 };
  // A runner that ends badly without naming a test (set-up, leak, crash) has failed all the same.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { ...counts, text };
}

function countVitest(report) {
  const unloadable = report.testResults.filter(
    (f) => f.status === 'failed' && f.assertionResults.every((a) => a.status !== 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloadable.length };
}

function countPlaywright({ stats, errors }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
}

import { existsSync, mkdirSync, rmSync } from 'node:fs';
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

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { until } from '#db/process.ts';
import { testFolder } from '#db/testing.ts';

const folder = testFolder();

interface Run {
  child: ChildProcess;
  said(): string;
  ended(): Promise<number | null>;
}

function start(...flags: string[]): Run {
  const { DATABASE_URL: _, ...env } = process.env;
  const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));
  const child = spawn(process.execPath, [cli, 'start', '--port', '0', '--data', join(folder, 'data'), ...flags], {
    env,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      text += part;
    });
  }
  const end = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  return { child, said: () => text, ended: () => end };
}

const urlOf = (run: Run): string => /http:\/\/[\d.:]+/.exec(run.said())?.[0] ?? '';
const serving = (run: Run): Promise<boolean> => until(() => urlOf(run) !== '', 30_000, 20);

test('it serves, answers that it is ready, and stops within three seconds of SIGTERM', async () => {
  const run = start();
  expect(await serving(run), run.said()).toBe(true);
  const ready = await fetch(`${urlOf(run)}/readyz`);
  expect(ready.status).toBe(200);
  const asked = performance.now();
  run.child.kill('SIGTERM');
  expect(await run.ended()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(3_000);
  await expect(fetch(`${urlOf(run)}/healthz`)).rejects.toThrow();
});

test('Ctrl-C at any moment of the start ends it cleanly, and the next start works', async () => {
  for (const after of [100, 350, 500, 650]) {
    const run = start();
    await new Promise((done) => setTimeout(done, after));
    run.child.kill('SIGINT');
    const code = await run.ended();
    // Before our handler is in place the signal itself ends the program.
    expect([0, null]).toContain(code);
    expect(run.said()).not.toMatch(/Error|at .*\.ts/);
  }
  const run = start();
  expect(await serving(run), run.said()).toBe(true);
  run.child.kill('SIGINT');
  expect(await run.ended()).toBe(0);
});

test('a taken port is told in one line per language, without a stack trace', async () => {
  const blocker = createServer();
  const port = await new Promise<number>((done) =>
    blocker.listen(0, '127.0.0.1', () => {
      const at = blocker.address();
      done(typeof at === 'object' && at ? at.port : 0);
    }),
  );
  const run = start('--port', String(port));
  expect(await run.ended()).toBe(1);
  expect(run.said().trim()).toBe(
    `端口 ${port} 已被占用：请用 --port 换一个\nPort ${port} is taken: choose another with --port`,
  );
  blocker.close();
});

test('a company’s database never opens as a demo', async () => {
  const run = start('--sandbox');
  expect(await run.ended()).toBe(1);
  expect(run.said()).toContain('never opens with --sandbox');
});

test('every command is named in the help, in both languages', async () => {
  const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));
  const names = [...readFileSync(cli, 'utf8').matchAll(/^ {2}(\w+): \(\) => import/gm)].map((m) => m[1]);
  expect(names).toContain('backup');
  const child = spawn(process.execPath, [cli, 'help']);
  let text = '';
  child.stdout.on('data', (part) => {
    text += part;
  });
  await new Promise((done) => child.once('close', done));
  for (const name of names) expect(text).toMatch(new RegExp(`^huiyin ${name} .*[\u4e00-\u9fff].* · \\w`, 'm'));
});

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
  return startIn('data', ...flags);
}

function startIn(data: string, ...flags: string[]): Run {
  const { DATABASE_URL: _, ...env } = process.env;
  const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));
  const child = spawn(process.execPath, [cli, 'start', '--port', '0', '--data', join(folder, data), ...flags], {
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

const answerOf = (run: Run, path: string, body?: object, cookie = ''): Promise<Response> =>
  fetch(urlOf(run) + path, {
    headers: { 'content-type': 'application/json', cookie },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });

test('a company’s database never opens as a demo', async () => {
  const first = start();
  expect(await serving(first), first.said()).toBe(true);
  const administrator = { name: '钱经理', username: 'qian', password: 'a long enough one' };
  const own = { choice: 'own', company: '安居物业', estate: '春风里', administrator };
  expect((await answerOf(first, '/api/v1/setup', own)).status).toBe(201);
  first.child.kill('SIGTERM');
  expect(await first.ended()).toBe(0);
  const run = start('--sandbox');
  expect(await run.ended()).toBe(1);
  expect(run.said()).toContain('never opens with --sandbox');
});

test('a demo that was chosen on the first page stays one, with its whole past, even when the program was killed on the way', async () => {
  for (const after of [150, 600]) {
    const run = startIn('chosen');
    expect(await serving(run), run.said()).toBe(true);
    expect(run.said()).not.toMatch(/设置码/);
    void answerOf(run, '/api/v1/setup', { choice: 'demo' }).catch(() => undefined);
    await new Promise((done) => setTimeout(done, after));
    run.child.kill('SIGKILL');
    await run.ended();
  }
  const run = startIn('chosen');
  expect(await serving(run), run.said()).toBe(true);
  await until(() => run.said().includes('这个数据目录是演示'), 2_000, 20);
  expect(run.said()).toContain('这个数据目录是演示');
  const people = (await (await answerOf(run, '/api/v1/sandbox/people')).json()) as { personId: string; name: string }[];
  const personId = people.find(({ name }) => name === '赵明辉')?.personId;
  const entered = await answerOf(run, '/api/v1/session', { personId });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const listed = await answerOf(
    run,
    '/api/v1/worklist?view=all&procedure=complaint&state=any&limit=100',
    undefined,
    cookie,
  );
  const { items } = (await listed.json()) as { items: unknown[] };
  expect(items).toHaveLength(13);
  run.child.kill('SIGTERM');
  expect(await run.ended()).toBe(0);
});

test('a program that others can reach prints the code that the first set-up asks of them, and speaks of itself by its public address', async () => {
  const run = startIn('reachable', '--host', '0.0.0.0', '--public-url', 'https://huiyin.example.com/');
  expect(await until(() => /设置码 [A-Z0-9]{5}-[A-Z0-9]{5}/.test(run.said()), 30_000, 20), run.said()).toBe(true);
  const from = urlOf(run).replace('0.0.0.0', '127.0.0.1');
  const setUp = async (code: string): Promise<number> => {
    const administrator = { name: '王管理', username: 'admin', password: 'Correct-horse-7!' };
    const body = { choice: 'own', company: '锦绣物业', estate: '锦绣花园', administrator, code };
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7' };
    return (await fetch(`${from}/api/v1/setup`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
  };
  expect(await setUp('AAAAA-AAAAA')).toBe(403);
  expect(await setUp(/设置码 ([A-Z0-9-]+)/.exec(run.said())?.[1] ?? '')).toBeLessThan(300);
  const discovered = await (await fetch(`${from}/open311/discovery.json`)).text();
  expect(discovered).toContain('https://huiyin.example.com/open311');
  run.child.kill('SIGTERM');
  expect(await run.ended()).toBe(0);
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

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { TypesetInput } from './tasks.ts';
import { openWorkshop } from './workshop.ts';

const sheet: TypesetInput = { template: 'doors', data: { labels: [] }, pictures: [], createdAt: 0 };
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('the workshop starts at the first task, ends when idle and starts again', async () => {
  const shop = openWorkshop({ idleMs: 50 });
  expect(shop.pid()).toBeNull();
  await shop.run('typeset', sheet);
  const first = Number(shop.pid());
  expect(isRunning(first)).toBe(true);
  await expect.poll(() => shop.pid() ?? isRunning(first), { timeout: 5_000 }).toBe(false);
  await shop.run('typeset', sheet);
  expect(shop.pid()).not.toBe(first);
  await shop.close();
});

test('killed at work it fails that task only', async () => {
  const shop = openWorkshop();
  const doomed = shop.run('typeset', sheet);
  const next = shop.run('typeset', sheet);
  await expect.poll(() => shop.pid()).not.toBeNull();
  process.kill(Number(shop.pid()), 'SIGKILL');
  await expect(doomed).rejects.toThrow(/ended unexpectedly \(SIGKILL\)/);
  expect((await next).length).toBeGreaterThan(1000);
  await shop.close();
});

test('a task over the limit is given up, and the next one is served', async () => {
  const shop = openWorkshop({ limitMs: 30 });
  await expect(shop.run('typeset', sheet)).rejects.toThrow('took longer than 30 ms');
  await shop.close();
  const patient = openWorkshop();
  const many = await Promise.all(Array.from({ length: 20 }, () => patient.run('typeset', sheet)));
  expect(new Set(many.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(1);
  await patient.close();
});

test('closing fails what waits and starts nothing new', async () => {
  const shop = openWorkshop();
  const tasks = [shop.run('typeset', sheet), shop.run('typeset', sheet)].map((task) =>
    expect(task).rejects.toThrow('closed'),
  );
  await expect.poll(() => shop.pid()).not.toBeNull();
  await shop.close();
  await Promise.all(tasks);
  expect(shop.pid()).toBeNull();
});

test('a server killed by force leaves no workshop behind', async () => {
  const home = fileURLToPath(new URL('./workshop.ts', import.meta.url));
  const code = `import { workshop } from ${JSON.stringify(home)};
    await workshop.run('typeset', ${JSON.stringify(sheet)});
    console.log(workshop.pid());
    setInterval(() => {}, 1000);`;
  const server = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(server.stdout, 'data');
  const pid = Number(String(line));
  expect(isRunning(pid)).toBe(true);
  server.kill('SIGKILL');
  await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false);
});

test('a command that printed something ends by itself', async () => {
  const home = fileURLToPath(new URL('./workshop.ts', import.meta.url));
  const code = `import { workshop } from ${JSON.stringify(home)}; await workshop.run('typeset', ${JSON.stringify(sheet)});`;
  const command = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const started = performance.now();
  expect(await once(command, 'exit')).toEqual([0, null]);
  expect(performance.now() - started).toBeLessThan(10_000);
});

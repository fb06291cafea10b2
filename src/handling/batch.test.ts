import { expect, test } from 'vitest';
import { pause } from '#db/process.ts';
import { openBatcher } from './batch.ts';

test('requests that come while another is being written share the next write', async () => {
  const sizes: number[] = [];
  const batcher = openBatcher<number, number>(
    async (items) => {
      sizes.push(items.length);
      await pause(5);
      for (const item of items) item.resolve(item.input * 2);
    },
    { most: 64, abreast: 1 },
  );
  const first = batcher.run(1, 'home', []);
  await pause(1);
  const rest = Array.from({ length: 100 }, (_, i) => batcher.run(i, 'home', []));
  expect(await first).toBe(2);
  expect(await Promise.all(rest)).toEqual(rest.map((_, i) => i * 2));
  expect(sizes).toEqual([1, 64, 36]);
  await batcher.idle();
});

test('two orders on one case never run at the same time and stay in their order; two companies never share a write', async () => {
  const running = new Set<string>();
  const done: string[] = [];
  const batcher = openBatcher<string, void>(
    async (items) => {
      expect(new Set(items.map((item) => item.group)).size).toBe(1);
      for (const item of items) {
        const [lane = ''] = item.lanes;
        expect(running.has(lane)).toBe(false);
        running.add(lane);
      }
      await pause(2);
      for (const item of items) {
        running.delete(item.lanes[0] ?? '');
        done.push(item.input);
        item.resolve();
      }
    },
    { abreast: 3 },
  );
  await Promise.all(
    ['a1', 'b1', 'a2', 'b2', 'a3'].map((id) => batcher.run(id, id.startsWith('a') ? 'home' : 'other', ['case'])),
  );
  expect(done.filter((id) => id.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
});

test('one request that breaks the write is told so; the others are written alone', async () => {
  const batcher = openBatcher<number, number>(async (items) => {
    await pause(1);
    if (items.some((item) => item.input === 3)) throw new Error('broken');
    for (const item of items) item.resolve(item.input);
  });
  const said = await Promise.allSettled([1, 2, 3, 4].map((n) => batcher.run(n, 'home', [])));
  expect(said.map((s) => s.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

test('while a clock that fell due is written, other requests are written one batch at a time, and afterwards several again', async () => {
  let running = 0;
  let most = 0;
  const batcher = openBatcher<number, void>(
    async (items) => {
      running += 1;
      most = Math.max(most, running);
      await pause(1);
      running -= 1;
      for (const item of items) item.resolve();
    },
    { most: 1, abreast: 3 },
  );
  const ask = (): Promise<void>[] => Array.from({ length: 6 }, (_, i) => batcher.run(i, 'home', []));
  expect(await batcher.first(async () => (await Promise.all(ask())).length)).toBe(6);
  expect(most).toBe(1);
  await Promise.all(ask());
  expect(most).toBe(3);
  await expect(batcher.first(() => Promise.reject(new Error('it failed')))).rejects.toThrow('it failed');
  most = 0;
  await Promise.all(ask());
  expect(most).toBe(3);
});

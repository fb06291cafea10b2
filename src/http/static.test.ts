import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveWeb } from './static.ts';

let folder: string;
let app: FastifyInstance;
const script = 'console.log("回音")'.repeat(50);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-web-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>回音</title>');
  await writeFile(join(folder, 'assets/main-abc.js'), script);
  await writeFile(join(folder, 'assets/main-abc.js.br'), brotliCompressSync(script));
  app = Fastify();
  await serveWeb(app, folder);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

test('every address of the staff application opens its page, which is always asked for anew', async () => {
  for (const url of ['/', '/desk', '/desk/cases/42?tab=clocks']) {
    const page = await app.inject({ url });
    expect(page.statusCode, url).toBe(200);
    expect(page.body).toContain('回音');
    expect(page.headers['cache-control']).toBe('no-cache');
  }
});

test('built files are sent in brotli as they lie on disk and may be kept for good', async () => {
  const sent = await app.inject({ url: '/assets/main-abc.js', headers: { 'accept-encoding': 'br, gzip' } });
  expect(sent.headers['content-encoding']).toBe('br');
  expect(sent.headers['cache-control']).toContain('immutable');
  expect(brotliDecompressSync(sent.rawPayload).toString()).toBe(script);
  const plain = await app.inject({ url: '/assets/main-abc.js' });
  expect(plain.body).toBe(script);
});

test('files of an application built anew beside the running program are served at once', async () => {
  await writeFile(join(folder, 'assets/main-def.js'), script);
  const sent = await app.inject({ url: '/assets/main-def.js' });
  expect(sent.statusCode).toBe(200);
  expect(sent.body).toBe(script);
});

test('an address of the API or a missing file is not answered with a page', async () => {
  for (const url of ['/api/v1/nothing', '/o/nothing', '/assets/gone.js']) {
    const none = await app.inject({ url });
    expect(none.statusCode, url).toBe(404);
    expect(none.json()).toMatchObject({ code: 'route.unknown' });
  }
});

test('without a built application the page says so instead of showing nothing', async () => {
  const bare = Fastify();
  await serveWeb(bare, null);
  const said = await bare.inject({ url: '/desk' });
  expect(said.statusCode).toBe(503);
  expect(said.json()).toMatchObject({ code: 'service.webNotBuilt' });
  await bare.close();
});

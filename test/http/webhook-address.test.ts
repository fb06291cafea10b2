import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { askOut, openLine } from '#channels/messaging/ask-out.ts';
import { post } from '#subscriptions/post.ts';
import { site } from './support.ts';

const at = site();

test('as delivered, addresses inside the company and without https are refused, by number and by name', async () => {
  const manager = await at().as('xukai');
  const subscribe = (url: string) =>
    manager.ask<{ code: string }>('/api/v1/webhooks', { method: 'POST', body: { label: '试', url } });
  for (const url of ['https://127.0.0.1/x', 'https://[::1]/x', 'https://10.0.0.8/x', 'https://0x7f000001/x'])
    expect((await subscribe(url)).body.code, url).toBe('webhook.inside');
  expect((await subscribe('http://example.com/x')).body.code).toBe('webhook.notSecure');
  expect((await subscribe('ftp://example.com/x')).body.code).toBe('webhook.badAddress');
  // A name is only known by what it stands for at the moment of connecting.
  expect(await post('https://localhost:9/x', '{}', {}, false)).toMatchObject({ status: null, barred: true });
});

test('接口地址填在内网，或对方让系统去内网取文件：都不去', async () => {
  const manager = await at().as('xukai');
  const settings = { webhook: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${'a'.repeat(36)}` };
  for (const base of ['https://10.0.0.8', 'https://[::ffff:7f00:1]', 'http://example.com']) {
    const saved = await manager.ask<{ field: string; detail: string }>('/api/v1/connections/wecomgroup', {
      method: 'PUT',
      body: { settings: { ...settings, base }, active: true },
    });
    expect(saved.body.field, base).toBe('base');
    expect(saved.text, base).toContain('HUIYIN_WEBHOOK_PRIVATE');
  }
  for (const line of ['wss://10.0.0.8/connect', 'ws://example.com/connect', 'https://example.com/connect'])
    expect(() => openLine(line, false), line).toThrow('inside');
  // What a name stands for shows while connecting.
  const line = openLine('wss://localhost:9/connect', false);
  expect(String(await new Promise((fail) => line.on('error', fail)))).toContain('inside');
  let asked = 0;
  const inside = createServer((_, answer) => {
    asked += 1;
    answer
      .setHeader('location', 'https://example.com')
      .writeHead(asked === 1 ? 200 : 302)
      .end('ours');
  });
  await new Promise<void>((done) => inside.listen(0, '127.0.0.1', done));
  const { port } = inside.address() as AddressInfo;
  await expect(askOut(`http://127.0.0.1:${port}/`, false)).rejects.toThrow('inside');
  await expect(askOut(`http://localhost:${port}/`, false)).rejects.toThrow('inside');
  expect(asked).toBe(0);
  expect((await askOut(`http://localhost:${port}/`, true)).bytes.toString()).toBe('ours');
  await expect(askOut(`http://localhost:${port}/`, true)).rejects.toThrow('elsewhere');
  inside.close();
});

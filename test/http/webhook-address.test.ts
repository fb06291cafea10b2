import { expect, test } from 'vitest';
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

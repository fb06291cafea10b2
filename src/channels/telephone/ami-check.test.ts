import { createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { tryAsterisk } from './ami-check.ts';

let stop = (): void => undefined;
afterEach(() => stop());

/** Tries a machine that treats whoever connects as it is told. */
async function tried(treat: (line: Socket) => void): Promise<{ ok: boolean; said: string }> {
  const server = createServer(treat);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  stop = () => server.close();
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { ok, said } = await tryAsterisk({ host: '127.0.0.1', port, user: 'huiyin', secret: 'x', exchange: '' });
  return { ok, said: said.zh };
}

test('an exchange that hangs up on this machine without a word is told of, not waited for', async () => {
  const { ok, said } = await tried((line) => line.end());
  expect(ok).toBe(false);
  expect(said).toContain('permit');
});

test('signed in, refused and switched off are told apart', async () => {
  const answering = (words: string) => (line: Socket) =>
    line.on('data', () => line.write(`Asterisk Call Manager/9.0\r\n${words}\r\n\r\n`)).on('error', () => undefined);
  expect((await tried(answering('Response: Success\r\nMessage: Authentication accepted'))).ok).toBe(true);
  stop();
  expect(await tried(answering('Response: Error\r\nMessage: Authentication failed'))).toMatchObject({
    ok: false,
    said: expect.stringContaining('manager.conf 的用户名和密码'),
  });
  stop();
  const gone = await tryAsterisk({ host: '127.0.0.1', port: 9, user: 'huiyin', secret: 'x', exchange: '' });
  expect(gone).toMatchObject({ ok: false, said: { zh: expect.stringContaining('连不上 127.0.0.1:9') } });
});

import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { until } from '#db/process.ts';
import { testDatabase } from '#db/testing.ts';
import { systemTime } from '#handling/time.ts';
import { watchMailbox } from './mailbox.ts';
import { imapAccess } from './settings.ts';

const db = testDatabase();
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function serverThat(behaves: (socket: Socket) => void): Promise<number> {
  const server = createServer(behaves);
  open.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

const watch = (port: number, failures: unknown[]) =>
  watchMailbox({
    pool: db.appPool,
    tenant: 'probe',
    time: systemTime,
    access: imapAccess(`imap://cases:secret@127.0.0.1:${port}`),
    receive: () => Promise.reject(new Error('there is no mail in this test')),
    onFailure: (cause) => failures.push(cause),
  });

test('a mail server that takes the call and never says a word does not hold up the end', async () => {
  const calls: Socket[] = [];
  const port = await serverThat((socket) => calls.push(socket));
  const failures: unknown[] = [];
  const channel = watch(port, failures);
  expect(await until(() => calls.length > 0, 5_000)).toBe(true);
  const begun = performance.now();
  await channel.stop();
  expect(performance.now() - begun).toBeLessThan(2_500);
  for (const call of calls) call.destroy();
});

test('a mail server that hangs up is called again, and the failure is told', async () => {
  let calls = 0;
  const port = await serverThat((socket) => {
    calls += 1;
    socket.on('error', () => undefined);
    socket.end('* BYE closing\r\n');
  });
  const failures: unknown[] = [];
  const channel = watch(port, failures);
  expect(await until(() => calls >= 2, 10_000)).toBe(true);
  await channel.stop();
  expect(failures.length).toBeGreaterThan(0);
});

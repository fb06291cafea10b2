import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { type Client, openClient } from './client.ts';

// Sends messages at a fixed rate, each with a key of its own, again and again until it is acknowledged, as a program
// that must lose nothing does. Usage: node intake-thread.ts PORT KEYFILE RESULT RATE SECONDS
const [portText = '', keyFile = '', result = '', rateText = '', seconds = ''] = process.argv.slice(2);
const port = Number(portText);
const rate = Number(rateText);
const total = rate * Number(seconds);
const authorization = `Bearer ${readFileSync(keyFile, 'utf8').trim()}`;
const CLIENTS = 64;
const RETRY = 100;
const PATIENCE = 5_000;

const body = (key: string): string =>
  JSON.stringify({
    matter: 'complaint',
    channel: 'phone',
    values: {
      content: `大堂漏水，请来人处理 ${key}`,
      occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
      place: '锦绣花园3栋2单元101',
      contactName: '王小明',
      contactPhone: '13800001234',
    },
  });
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

let next = 0;
let retried = 0;
const took: number[] = [];
const acknowledged: [key: string, caseId: string, attempts: number][] = [];
const refused: string[] = [];
const begun = performance.now();

async function once(client: Client, key: string, words: string): Promise<{ status: number; location: string }> {
  const late = pause(PATIENCE).then(() => Promise.reject(new Error('no answer')));
  const said = await Promise.race([
    client.send('POST', '/api/v1/cases', { authorization, 'idempotency-key': key }, words),
    late,
  ]);
  return { status: said.status, location: /\r\nlocation: \/api\/v1\/cases\/(\S+)/i.exec(said.head)?.[1] ?? '' };
}

async function sender(): Promise<void> {
  let client = openClient(port);
  for (; next < total; ) {
    next += 1;
    const due = (next / rate) * 1000;
    const wait = due - (performance.now() - begun);
    if (wait > 0) await pause(wait);
    const key = `intake-${randomUUID()}`;
    const words = body(key);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const said = await once(client, key, words);
        if (said.status === 201) {
          acknowledged.push([key, said.location, attempt]);
          // From the moment it was to be sent: waiting for a server that is away is counted.
          took.push(performance.now() - begun - due);
          break;
        }
        // What the program itself says not to repeat is not repeated.
        if (said.status < 500 && said.status !== 429) {
          refused.push(`${said.status}`);
          break;
        }
      } catch {
        client.close();
        client = openClient(port);
      }
      retried += 1;
      await pause(RETRY);
    }
  }
  client.close();
}

await Promise.all(Array.from({ length: CLIENTS }, sender));
const ms = performance.now() - begun;
writeFileSync(result, JSON.stringify({ acknowledged, refused, retried, took, ms }));

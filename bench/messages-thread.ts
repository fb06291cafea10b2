import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { sealEnvelope, sortedSha1 } from '#channels/messaging/vendor-crypto.ts';
import { type Client, openClient } from './client.ts';

// Messages as WeChat pushes them, sealed and signed, at a fixed rate (0: as fast as they are answered), each again until it
// is answered. Usage: node messages-thread.ts PORT PATH RESULT RATE SECONDS CLIENTS TOKEN AESKEY APPID SENDERS
const [
  port = '',
  path = '',
  result = '',
  rateText = '',
  seconds = '',
  clients = '',
  token = '',
  aesKey = '',
  appId = '',
  senders = '',
] = process.argv.slice(2);
const rate = Number(rateText);
const total = rate === 0 ? Number.POSITIVE_INFINITY : rate * Number(seconds);
const PATIENCE = 5_000;
const RETRY = 100;

function call(key: string, n: number): { query: string; body: string } {
  const fields = {
    ToUserName: 'gh_1',
    FromUserName: `o${n % Number(senders)}`,
    CreateTime: String(Math.floor(Date.now() / 1000)),
    MsgType: 'text',
    Content: `新事：大堂漏水，请来人处理 ${key}`,
    MsgId: key,
  };
  const xml = Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('');
  const encrypt = sealEnvelope(`<xml>${xml}</xml>`, aesKey, appId);
  const [timestamp, nonce] = [fields.CreateTime, '1320562132'];
  const msg_signature = sortedSha1(token, timestamp, nonce, encrypt);
  return {
    query: new URLSearchParams({ timestamp, nonce, msg_signature, encrypt_type: 'aes' }).toString(),
    body: `<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
  };
}
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

let next = 0;
let retried = 0;
const took: number[] = [];
const acknowledged: string[] = [];
const refused: number[] = [];
const begun = performance.now();
const end = begun + Number(seconds) * 1000;

async function sender(): Promise<void> {
  let client: Client = openClient(Number(port));
  while (next < total && (rate !== 0 || performance.now() < end)) {
    next += 1;
    const n = next;
    const due = rate === 0 ? performance.now() - begun : (n / rate) * 1000;
    const wait = due - (performance.now() - begun);
    if (wait > 0) await pause(wait);
    const key = randomUUID();
    for (;;) {
      const { query, body } = call(key, n);
      try {
        const late = pause(PATIENCE).then(() => Promise.reject(new Error('no answer')));
        const said = await Promise.race([client.send('POST', `${path}?${query}`, {}, body), late]);
        if (said.status === 200) {
          acknowledged.push(key);
          took.push(performance.now() - begun - due);
          break;
        }
        if (said.status < 500 && said.status !== 429) {
          refused.push(said.status);
          break;
        }
      } catch {
        client.close();
        client = openClient(Number(port));
      }
      retried += 1;
      await pause(RETRY);
    }
  }
  client.close();
}

await Promise.all(Array.from({ length: Number(clients) }, sender));
writeFileSync(result, JSON.stringify({ acknowledged, refused, retried, took, ms: performance.now() - begun }));

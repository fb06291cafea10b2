import { type Answered, type Client, openClient } from './client.ts';
import type { Order, Outcome } from './orders.ts';

// The other end of `startLoad`: carries out one order after another, told by messages.
const port = Number(process.argv[2]);
const authorization = `Bearer ${process.argv[3]}`;
const run = Date.now().toString(36);
/** Cases that wait for their first command. */
const waiting: string[] = [];
let n = 0;

const content = (i: number): string =>
  `三号楼二单元夜间施工噪音影响休息，从晚上十点持续到凌晨一点，已向门岗反映未果，第${i}次来电`;
const registration = (i: number): string =>
  JSON.stringify({
    matter: 'complaint',
    channel: 'phone',
    values: {
      content: content(i),
      occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
      place: '锦绣花园3栋2单元101',
      contactName: '王小明',
      contactPhone: '13800001234',
    },
  });
const contact = JSON.stringify({
  type: 'take',
  step: 'contact',
  values: { how: 'phone', spokenWith: '王小明', contentConfirmed: true, procedureExplained: true },
});

async function register(client: Client, cases: string[]): Promise<void> {
  n += 1;
  const said = await client.send(
    'POST',
    '/api/v1/cases',
    { authorization, 'idempotency-key': `bench-${run}-${n}` },
    registration(n),
  );
  expect(said, 201);
  const id = /\r\nlocation: \/api\/v1\/cases\/(\S+)/i.exec(said.head)?.[1] ?? '';
  const seq = /\r\netag: "(\d+)"/i.exec(said.head)?.[1] ?? '';
  cases.push(`${id} ${seq}`);
  waiting.push(`${id} ${seq}`);
}

async function command(client: Client): Promise<void> {
  const [id = '', seq = ''] = waiting.shift()?.split(' ') ?? [];
  n += 1;
  const headers = { authorization, 'if-match': `"${seq}"`, 'idempotency-key': `bench-${run}-${n}` };
  expect(await client.send('POST', `/api/v1/cases/${id}/commands`, headers, contact), 200);
}

function expect(said: Answered, status: number): void {
  if (said.status !== status) throw new Error(`${said.status}: ${said.body.toString()}`);
}

async function carryOut(order: Order): Promise<Outcome> {
  const took: number[] = [];
  const cases: string[] = [];
  const clients = Array.from({ length: order.clients }, () => openClient(port));
  const begun = performance.now();
  const timed = async (work: Promise<unknown>): Promise<void> => {
    const at = performance.now();
    await work;
    took.push(performance.now() - at);
  };
  let sent = 0;
  const each = async (client: Client): Promise<void> => {
    if (order.what === 'pages') {
      for (; sent < order.count; ) {
        const path = order.paths[sent++ % order.paths.length] ?? '';
        await timed(client.send('GET', path, { authorization }).then((said) => expect(said, 200)));
      }
      return;
    }
    while (performance.now() - begun < order.ms) {
      if (order.what === 'command') {
        if (waiting.length === 0) return;
        await timed(command(client));
        continue;
      }
      // At a given rate every client keeps to its place in the timetable.
      if (order.rate !== undefined) {
        sent += 1;
        const wait = (sent / order.rate) * 1000 - (performance.now() - begun);
        if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      }
      await timed(register(client, cases));
    }
  };
  await Promise.all(clients.map(each));
  const seconds = (performance.now() - begun) / 1000;
  for (const client of clients) client.close();
  return { done: took.length, perSecond: took.length / seconds, took, cases };
}

process.on('message', (order: Order) => {
  carryOut(order).then(
    (outcome) => process.send?.(outcome),
    (cause: unknown) => process.send?.({ fault: String(cause) }),
  );
});
process.on('disconnect', () => process.exit());

import type { PoolConfig } from 'pg';
import { openPool } from '#db/pool.ts';
import { openDirectoryCache } from '#directory/cache.ts';
import { openHandling } from './index.ts';
import type { Handled, Request } from './request.ts';
import type { TestCompany } from './testing.ts';
import { systemTime } from './time.ts';

/** What the test that kills this program tells it. */
interface Orders {
  app: PoolConfig;
  owner: PoolConfig;
  tenant: string;
  clerk: TestCompany['clerk'];
  manager: TestCompany['manager'];
  calendars: [string, NonNullable<ReturnType<TestCompany['calendars']['get']>>][];
  round: number;
}

// Run as a program of its own: registers and commands as fast as it can, and says aloud what was acknowledged, until it
// is killed.
const orders: Orders = JSON.parse(process.argv[2] ?? '{}');
const pool = openPool(orders.app, 6);
const directory = await openDirectoryCache(pool);
const calendars = new Map(
  orders.calendars.map(([id, calendar]) => [id, { ...calendar, days: new Map(), years: new Map() }]),
);
const handling = await openHandling({
  pool,
  owner: orders.owner,
  time: systemTime,
  directory,
  calendars,
  mail: null,
  dataDir: null,
  works: true,
  reports: { openCases: () => Promise.resolve({ total: 1 }) },
  onFailure: () => undefined,
});

/** Asks again with the same key when the connection broke and nobody knows what became of the request. */
async function insist(request: Request): Promise<Handled | undefined> {
  for (;;) {
    try {
      const said = await handling.handle(request);
      return said.ok ? said.value : undefined;
    } catch {
      process.stdout.write(`again ${request.idempotencyKey} 0\n`);
    }
  }
}

async function clerkAtWork(desk: number): Promise<never> {
  for (let n = 0; ; n += 1) {
    const key = `${orders.round}-${desk}-${n}`;
    const made = await insist({
      tenant: orders.tenant,
      actor: orders.clerk,
      pack: 'T',
      idempotencyKey: key,
      command: {
        type: 'register',
        matter: 'complaint',
        channel: 'phone',
        values: { content: `第 ${key} 件`, name: '王' },
      },
    });
    if (!made) throw new Error('a registration was refused');
    say(key, made.caseId, made.seq);
    for (const step of ['contact', 'inspect', 'measure']) {
      const done = await insist({
        tenant: orders.tenant,
        actor: orders.manager,
        caseId: made.caseId,
        idempotencyKey: `${key}-${step}`,
        command: { type: 'take', step, values: step === 'contact' ? { words: '已联系' } : {} },
      });
      if (done) say(`${key}-${step}`, done.caseId, done.seq);
    }
  }
}

const say = (key: string, caseId: string, seq: number): void => {
  process.stdout.write(`${key} ${caseId} ${seq}\n`);
};
await Promise.all(Array.from({ length: 16 }, (_, desk) => clerkAtWork(desk)));

import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Pool, PoolConfig } from 'pg';
import type { Logger } from 'pino';
import { countDeadLetters, deadLetters, settleLetter, tryLetterAgain } from '#channels/dead-letters.ts';
import { mailSight } from '#channels/email/mail-sight.ts';
import { mailSettings } from '#channels/email/settings.ts';
import { type ChannelConfig, startChannels } from '#channels/index.ts';
import { openCodeWays, openDesk, openKeeper, openListeners, registerCallbacks } from '#channels/messaging/index.ts';
import { registerOpen311 } from '#channels/open311/index.ts';
import { registerTelephone, tryLine } from '#channels/telephone/index.ts';
import { readMigrations } from '#db/migrate.ts';
import { openPool } from '#db/pool.ts';
import { readPurpose } from '#db/purpose.ts';
import { learnTables } from '#db/statistics.ts';
import { createRecogniser } from '#directory/account/recognise.ts';
import { openVault } from '#directory/account/vault.ts';
import { openDirectoryCache } from '#directory/cache.ts';
import { createDemoCompany } from '#directory/demo/company.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { staffDemo } from '#directory/demo/staff.ts';
import { firstRun } from '#directory/first-run.ts';
import { type Handling, openHandling } from '#handling/index.ts';
import { openPacks, publishPack } from '#handling/packs.ts';
import { type InstallationTime, openTime } from '#handling/time.ts';
import type { HttpDeps } from '#http/deps.ts';
import { openMetrics } from '#http/metrics.ts';
import { createServer } from '#http/server.ts';
import { prepareJobs } from '#jobs/prepare.ts';
import { registerOwnerPages } from '#owner/index.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { PackSource } from '#policy/source.ts';
import { openReports, readReport } from '#reports/registry.ts';
import { loadCalendars } from './calendars.ts';
import { HOME } from './config.ts';
import { playDemoHistory } from './demo-history.ts';
import { enablePacks, goOnWithPublished, SHIPPED } from './enable-packs.ts';
import { openFirstChoice } from './first-choice.ts';
import { chosenPacks, readPacks } from './packs.ts';

/** What a program is composed on: a migrated database and a few settings. */
export interface Foundation {
  app: PoolConfig;
  owner: PoolConfig;
  /** Where the signing key and the anchors lie. */
  dataDir: string;
  log: Logger;
  sandbox: boolean;
  role: 'web' | 'worker' | 'all';
  /** Address people reach the server at; empty: as each request says. */
  publicUrl?: string;
  /** What the first set-up asks of whoever is not at this machine; absent or null: it is open to this machine only. */
  setupCode?: string | null;
  /** Ways in and out besides the pages; absent: none. */
  channels?: ChannelConfig;
  /** Whether webhooks may go to addresses inside the company's own network; absent: they may not. */
  webhookPrivate?: boolean;
  /** Gives a demo company its past; tests begin with an empty one. */
  history?: boolean;
  /** Folders of the packs in force; S1 alone when absent. */
  packs?: readonly string[];
  /** Where they lie; the program’s own when absent. */
  packsDir?: string;
}

/** Everything that runs, before it listens. */
export interface Program {
  server: FastifyInstance;
  handling: Handling;
  pool: Pool;
  /** Whether nobody has answered the first question yet. */
  fresh: boolean;
  /** Ends timers and outside work, then closes the pool. Close the server first. */
  close(): Promise<void>;
}

// One connection listens for changes of the organisation, one for the journal; eight are for requests.
const CONNECTIONS = 10;

/** Composes the program: the only place that knows every room. */
export async function compose(foundation: Foundation): Promise<Program> {
  const { log, sandbox, role } = foundation;
  const wires = foundation.channels ?? { mailPlus: true };
  await prepareJobs(foundation.owner);
  const calendars = await loadCalendars(join(HOME, 'calendars'));
  if (!calendars.ok) throw new Error(calendars.refusal.message.en);
  const packsDir = foundation.packsDir ?? join(HOME, 'packs');
  const sources = chosenPacks(await readPacks(packsDir), foundation.packs ?? ['s1']);
  // A new connection has to plan every statement first, and timers sleep longer than idle connections would live.
  const pool = openPool({ ...foundation.app, idleTimeoutMillis: 0 }, CONNECTIONS);
  const closing: (() => Promise<void> | void)[] = [() => pool.end()];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const time = await openTime(pool, sandbox);
    // Several processes cannot share a clock that is moved by hand: only a whole program may still become a demo.
    const undecided = !sandbox && role === 'all' && (await readPurpose(foundation.owner)) === undefined;
    const directory = await openDirectoryCache(pool);
    closing.push(() => directory.close());
    const demo = (): Promise<void> =>
      prepareDemo(pool, time, foundation, sources, { directory, calendars: calendars.value });
    if (sandbox && role !== 'web') await demo();
    const metrics = openMetrics({
      timerLag: () => timerLag(pool, time.now()),
      queue: () => waiting(pool),
      deadLetters: () => lettersWaiting(pool, time.now()),
    });
    const onFailure = ({ where, what, cause }: { where: string; what: string; cause: string }): void => {
      metrics.failures.inc({ where });
      log.error({ where, what, cause }, 'failed out of sight');
    };
    const vault = openVault(foundation.dataDir);
    const handling = await openHandling({
      pool,
      owner: foundation.owner,
      time,
      get sandbox() {
        return time.sandbox;
      },
      directory,
      calendars: calendars.value,
      // Versions never change, so the reports keep their own and need not hear of publications.
      reports: openReports(openPacks(pool)),
      mail: mailSettings(wires),
      vault,
      publicUrl: foundation.publicUrl,
      dataDir: foundation.dataDir,
      webhookPrivate: foundation.webhookPrivate === true,
      works: role !== 'web',
      later: undecided,
      onFailure,
    });
    closing.push(() => handling.close());
    const measured = measure(handling, metrics);
    const publishFor = async (tenant: string): Promise<void> => {
      const demo = time.sandbox !== undefined;
      await enablePacks(handling, tenant, sources.values(), { demo, log });
    };
    const { companies } = await firstRun(pool);
    if (role !== 'web') for (const { tenant } of companies) await publishFor(tenant);
    if (undecided) closing.push(beginWhenDecided(foundation.owner, handling, onFailure));
    const codeWays = await openCodeWays({ pool, vault }, mailSettings(wires) !== null);
    closing.push(() => codeWays.stop());
    const inner = foundation.webhookPrivate === true;
    const desk = openDesk({ pool, vault, inner, time, handling: measured, publicUrl: foundation.publicUrl });
    const keep = openKeeper(pool);
    const lines = role === 'web' ? null : openListeners({ pool, vault, inner, time, keep }, onFailure);
    closing.push(async () => lines?.stop());
    const deps: HttpDeps = {
      pool,
      log,
      time,
      handling: measured,
      directory,
      recogniser: createRecogniser(pool),
      vault,
      get codeWays() {
        return codeWays.now();
      },
      metrics,
      get sandbox() {
        return role === 'all' && time.sandbox !== undefined;
      },
      dataDir: foundation.dataDir,
      setup: openFirstChoice({
        pool,
        time,
        undecided,
        code: foundation.setupCode ?? null,
        onCompany: async (tenant) => {
          directory.drop(tenant);
          await publishFor(tenant);
        },
        prepareDemo: demo,
        begin: () => handling.begin(),
      }),
      deadLetters: (tenant) => deadLetters(pool, tenant, time.now()),
      tryLetterAgain: (tenant, which) => tryLetterAgain(pool, tenant, which),
      settleLetter: (tenant, which, by) => settleLetter(pool, tenant, which, by, time.now()),
      tryLine: (exchange, only) => tryLine(wires, exchange, only),
      connections: {
        ...desk,
        mail: (tenant) => mailSight(pool, tenant, wires),
        async save(...wish) {
          const saved = await codeWays.after(desk.save(...wish));
          await lines?.look();
          return saved;
        },
      },
      report: ({ tenant, actor }, name, params) =>
        readReport({ pool, packs: handling.packs, tenant, now: time.now(), reader: actor }, name, params),
      ready: {
        database: async () => (await pool.query('select 1')).rowCount === 1,
        migrations: async () => {
          const found = await pool.query<{ n: number }>('select huiyin.migrations_applied() as n');
          return found.rows[0]?.n === readMigrations().length;
        },
        // A process that only answers requests is ready without a worker of its own.
        worker: async () => role === 'web' || (await timerLag(pool, time.now())) < 60,
      },
      packFolders: () => readPacks(packsDir),
      webhookPrivate: foundation.webhookPrivate === true,
      webFolder: join(HOME, 'web/dist'),
      publicUrl: foundation.publicUrl ?? '',
    };
    if (role !== 'web') {
      const channels = startChannels({ pool, time, handling: measured, onFailure }, wires);
      closing.push(() => channels.stop());
    }
    const pages = async (app: FastifyInstance): Promise<void> => {
      registerOwnerPages(app, deps);
      registerOpen311(app, deps, onFailure);
      registerCallbacks(app, { pool, vault, time, keep }, onFailure);
      registerTelephone(app, deps);
    };
    const server = await createServer(deps, pages, role !== 'worker');
    return { server, handling: measured, pool, fresh: companies.length === 0, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

type Sources = ReadonlyMap<string, readonly PackSource[]>;
type PlayDeps = Omit<Parameters<typeof playDemoHistory>[0], 'pool' | 'packs'>;

// Another process on the same database may be the one that is asked.
const LOOK_EVERY = 5_000;

/** Starts timers and outside work once the first question was answered anywhere; answers how to stop looking. */
function beginWhenDecided(
  owner: PoolConfig,
  handling: Handling,
  onFailure: (failure: { where: string; what: string; cause: string }) => void,
): () => void {
  const look = async (): Promise<void> => {
    if ((await readPurpose(owner)) !== 'production') return;
    clearInterval(timer);
    await handling.begin();
  };
  const timer = setInterval(() => {
    look().catch((cause: unknown) => onFailure({ where: 'start', what: 'purpose', cause: String(cause) }));
  }, LOOK_EVERY).unref();
  return () => clearInterval(timer);
}

/** The demo company with its procedures and its past, before any other timer runs. */
async function prepareDemo(
  pool: Pool,
  clock: InstallationTime,
  foundation: Foundation,
  sources: Sources,
  around: PlayDeps,
): Promise<void> {
  const now = clock.now();
  await createDemoCompany(pool, async () => undefined, now);
  around.directory.drop(DEMO_TENANT);
  const objection = async (pack: CompiledPack): Promise<undefined> => {
    await staffDemo(pool, pack, now);
    around.directory.drop(DEMO_TENANT);
  };
  const publication = { ...SHIPPED, now, objection };
  for (const own of sources.values()) {
    const published = await publishPack(pool, DEMO_TENANT, { sources: own, ...publication });
    if (!published.ok) goOnWithPublished(published.refusal, foundation.log);
  }
  if (foundation.history === false) return;
  await playDemoHistory({ pool, packs: openPacks(pool), ...around }, now);
  await learnTables(foundation.owner);
}

/** The same handling, timed. */
function measure(handling: Handling, metrics: HttpDeps['metrics']): Handling {
  return {
    ...handling,
    handle: async (request) => {
      const begun = performance.now();
      const said = await handling.handle(request);
      const outcome = said.ok ? 'done' : 'refused';
      metrics.handle.observe({ command: request.command.type, outcome }, (performance.now() - begun) / 1000);
      return said;
    },
  };
}

/** Seconds the most overdue timer is late. */
async function timerLag(pool: Pool, now: number): Promise<number> {
  const found = await pool.query<{ wake_at: number }>('select wake_at from huiyin.next_wake()');
  const first = found.rows[0]?.wake_at;
  return first === undefined ? 0 : Math.max(0, (now - first) / 1000);
}

async function waiting(pool: Pool): Promise<number> {
  const found = await pool.query<{ n: number }>('select huiyin.jobs_waiting() as n');
  return found.rows[0]?.n ?? 0;
}

async function lettersWaiting(pool: Pool, now: number): Promise<number> {
  const { companies } = await firstRun(pool);
  let sum = 0;
  for (const { tenant } of companies) sum += await countDeadLetters(pool, tenant, now);
  return sum;
}

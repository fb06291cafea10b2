import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Calendar } from '#clock/calendar.ts';
import type { Recogniser } from '#directory/account/recognise.ts';
import type { DirectoryCache } from '#directory/cache.ts';
import type { PublishPacks } from '#directory/first-run.ts';
import type { Handler } from '#handling/handle.ts';
import type { Packs } from '#handling/packs.ts';
import type { TimeSource } from '#handling/time.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Result } from '#kernel/result.ts';
import type { Metrics } from './metrics.ts';

/** The demo's movable clock. */
export interface ClockMover {
  /** Fires everything due on the way, carries out its outside work, then stands at `target`. Never called with a past moment. */
  moveTo(target: Instant): Promise<{ moments: number; cases: number; jobs: number }>;
}

/** What the HTTP room stands on; composed once at the start. */
export interface HttpDeps {
  pool: Pool;
  log: Logger;
  time: TimeSource;
  handler: Handler;
  packs: Packs;
  directory: DirectoryCache;
  recogniser: Recogniser;
  calendars: ReadonlyMap<string, Calendar>;
  metrics: Metrics;
  /** Present only in the sandbox. */
  sandbox: ClockMover | null;
  /** Publishes the packs folder for a company that is being created. */
  publish: PublishPacks;
  /** A company has just been created: its timers and caches begin. */
  onCompany(tenant: string): Promise<void>;
  /** Computes a report; refuses with report.unknown and what the report itself refuses. */
  report(
    tenant: string,
    name: string,
    params: { [name: string]: string },
  ): Promise<Result<{ [figure: string]: unknown }>>;
  /** What else must be well before requests are sent here. */
  ready: { [check: string]: () => Promise<boolean> };
  /** Folder of the built staff application; null when it was not built. */
  webFolder: string | null;
  /** Address people reach the server at; empty: as the request says. */
  publicUrl: string;
}

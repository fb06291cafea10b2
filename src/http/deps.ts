import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Values } from '#case/event.ts';
import type { Recogniser } from '#directory/account/recognise.ts';
import type { DirectoryCache } from '#directory/cache.ts';
import type { Handling } from '#handling/index.ts';
import type { TimeSource } from '#handling/time.ts';
import type { Result } from '#kernel/result.ts';
import type { Metrics } from './metrics.ts';
import type { Viewer } from './who.ts';

/** What the HTTP room stands on; composed once at the start. */
export interface HttpDeps {
  pool: Pool;
  log: Logger;
  time: TimeSource;
  handling: Handling;
  directory: DirectoryCache;
  recogniser: Recogniser;
  metrics: Metrics;
  /** Where the installation's signing key lies. */
  dataDir: string;
  /** Whether this is a demo whose clock can be moved. */
  sandbox: boolean;
  /** A company has just been created: its procedures are published, its duties set. */
  onCompany(tenant: string): Promise<void>;
  /** Computes a report; refuses with report.unknown and what the report itself refuses. */
  report(viewer: Viewer, name: string, params: { [name: string]: string }): Promise<Result<Values>>;
  /** What else must be well before requests are sent here. */
  ready: { [check: string]: () => Promise<boolean> };
  /** Folder of the built staff application; null when it was not built. */
  webFolder: string | null;
  /** Address people reach the server at; empty: as the request says. */
  publicUrl: string;
}

import type { Logger } from 'pino';
import type { Database } from '#db/open.ts';
import type { Config } from './config.ts';

/** What a running process has at hand: everything above the database is composed from it. */
export interface Context {
  config: Config;
  database: Database;
  log: Logger;
}

/** Something that runs until it is closed. */
export interface Serving {
  /** Where it answers, e.g. `http://127.0.0.1:8137`. */
  url: string;
  /** What the first set-up asks of whoever is not at this machine; null when it is done, or open to this machine only. */
  setupCode: string | null;
  /** Ends in good order: no new requests, the present ones finished or cut after a moment. */
  close(): Promise<void>;
}

import type { Pool } from 'pg';
import type { Packs } from '#handling/packs.ts';
import type { Handled, Request } from '#handling/request.ts';
import type { TimeSource } from '#handling/time.ts';
import type { CaseFile } from '#journal/read.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { Result } from '#kernel/result.ts';

/** What became of something that arrived. Whatever it became, the thing itself is kept. */
export type Arrival =
  | { became: 'case' | 'addition' | 'bounce'; caseId: string; number: string }
  /** Of no concern, e.g. an automatic answer; `why` says so to whoever looks. */
  | { became: 'nothing'; why: Refusal }
  /** Could not be made a case of: shown to people, who decide. */
  | { became: 'deadLetter'; why: Refusal };

/**
 * Takes in one thing that arrived: it is verified, recognised when it came before, and journalled before this resolves;
 * only then may the channel acknowledge it to the other side. The same thing any number of times gives one case and the
 * same answer. Rejects only when nothing could be kept: then nothing is acknowledged and it is tried again.
 */
export type Receive<Raw> = (raw: Raw) => Promise<Arrival>;

/**
 * Sends one thing, from a job that was ordered in the transaction of the act it tells of. May be run twice for the same
 * thing; rejects to be tried again later. The job writes down what became of it.
 */
export type Send<Letter> = (letter: Letter) => Promise<void>;

/** What a channel stands on. */
export interface ChannelDeps {
  pool: Pool;
  time: TimeSource;
  /** What a channel asks of cases; the room `handling` answers. */
  handling: {
    handle(request: Request): Promise<Result<Handled>>;
    packs: Pick<Packs, 'list' | 'current'>;
    caseById(tenant: string, caseId: string): Promise<CaseFile | undefined>;
  };
  /** Told of what failed out of sight, for the log. */
  onFailure(failure: { where: string; what: string; cause: string }): void;
}

/** A channel at work. */
export interface RunningChannel {
  /** Waits for what is in hand; afterwards nothing more is received. */
  stop(): Promise<void>;
}

/** One way by which matters reach the company. A new channel is one folder and one line in index.ts. */
export interface Channel<Settings> {
  /** The name it has in packs. */
  id: string;
  /** Begins to receive; null when it is not set up. */
  start(deps: ChannelDeps, settings: Settings): RunningChannel | null;
}

import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Values } from '#case/event.ts';
import type { Recogniser } from '#directory/account/recognise.ts';
import type { CodeWay } from '#directory/account/sent-code.ts';
import type { Vault } from '#directory/account/vault.ts';
import type { DirectoryCache } from '#directory/cache.ts';
import type { OwnCompany } from '#directory/first-run.ts';
import type { Handling } from '#handling/index.ts';
import type { TimeSource } from '#handling/time.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { Result } from '#kernel/result.ts';
import type { PackSource } from '#policy/source.ts';
import type { ConnectionView, FindingView, MailView } from './contract/connection.ts';
import type { DeadLetterView } from './contract/dead-letter.ts';
import type { Metrics } from './metrics.ts';
import type { Viewer } from './who.ts';

/** How the company is connected to one service, with moments instead of words for them. */
export type ConnectionSight = Omit<ConnectionView, 'changedAt' | 'heardAt'> & {
  changedAt: Instant | null;
  heardAt: Instant | null;
};

/** What the HTTP room stands on; composed once at the start. */
export interface HttpDeps {
  pool: Pool;
  log: Logger;
  time: TimeSource;
  handling: Handling;
  directory: DirectoryCache;
  recogniser: Recogniser;
  /** Keeps what must be read again, such as the seeds of authenticator apps. */
  vault: Vault;
  /** Ways a code can be sent by on this installation. */
  codeWays: readonly CodeWay[];
  metrics: Metrics;
  /** Where the installation's signing key lies. */
  dataDir: string;
  /** Whether this is a demo whose clock can be moved. May become true once, by the answer to the first question. */
  readonly sandbox: boolean;
  /** The answer to the first question; each refuses with setup.done when it was answered differently. */
  setup: {
    /** What whoever is not at this machine must enter; null when only this machine can reach the program. */
    code: string | null;
    /** Whether the demo company is there but its past is still being played. */
    preparing(): boolean;
    demo(): Promise<Result<undefined>>;
    own(wish: OwnCompany): Promise<Result<{ tenant: string; personId: string }>>;
  };
  /** Whatever came or should have gone by any channel and waits for a person, newest first. */
  deadLetters(tenant: string): Promise<(Omit<DeadLetterView, 'receivedAt'> & { receivedAt: Instant })[]>;
  /** Tries one again; answers why it cannot be. */
  tryLetterAgain(
    tenant: string,
    which: Pick<DeadLetterView, 'channel' | 'direction' | 'key'>,
  ): Promise<Refusal | undefined>;
  /** Puts one away that somebody has seen to; answers why it cannot be. */
  settleLetter(
    tenant: string,
    which: Pick<DeadLetterView, 'channel' | 'direction' | 'key'> & { note: string },
    by: { id: string | null; name: string },
  ): Promise<Refusal | undefined>;
  /** Tries the line to the Asterisk that stands for a telephone exchange; null where none is listened to. */
  tryLine(exchange: string, only: boolean): Promise<Pick<FindingView, 'ok' | 'said'> | null>;
  /** Services that carry messages. */
  connections: {
    list(tenant: string): Promise<ConnectionSight[]>;
    save(
      tenant: string,
      kind: string,
      wish: { settings: { [name: string]: string }; active: boolean; by: string },
    ): Promise<Result<ConnectionSight>>;
    check(tenant: string, kind: string): Promise<Result<FindingView[]>>;
    setMenu(tenant: string, kind: string): Promise<Result<FindingView>>;
    /** How e-mail stands for a company. */
    mail(tenant: string): Promise<Omit<MailView, 'heardAt'> & { heardAt: Instant | null }>;
  };
  /** Computes a report; refuses with report.unknown and what the report itself refuses. */
  report(viewer: Viewer, name: string, params: { [name: string]: string }): Promise<Result<Values>>;
  /** What else must be well before requests are sent here. */
  ready: { [check: string]: () => Promise<boolean> };
  /** The folder of packs as it lies now, by name of each pack's folder. */
  packFolders(): Promise<ReadonlyMap<string, PackSource[]>>;
  /** Whether other programs may be told at addresses inside the company's own network. */
  webhookPrivate?: boolean;
  /** Folder of the built staff application; null when it was not built. */
  webFolder: string | null;
  /** Address people reach the server at; empty: as the request says. */
  publicUrl: string;
}

import type { Pool } from 'pg';
import type { CodeWay } from '#directory/account/sent-code.ts';
import type { DirectoryCache } from '#directory/cache.ts';
import type { Handling } from '#handling/index.ts';
import type { TimeSource } from '#handling/time.ts';

/** What the owner's pages stand on; composed once at the start. */
export interface OwnerDeps {
  pool: Pool;
  time: TimeSource;
  handling: Pick<Handling, 'handle' | 'packs' | 'context' | 'caseById'> & {
    notices: Pick<Handling['notices'], 'ofOwner' | 'ofCase' | 'ownerHasRead'>;
  };
  /** Ways a code can be sent by on this installation. */
  codeWays: readonly CodeWay[];
  directory: Pick<DirectoryCache, 'at' | 'snapshot'>;
}

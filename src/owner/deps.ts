import type { Pool } from 'pg';
import type { DirectoryCache } from '#directory/cache.ts';
import type { Handling } from '#handling/index.ts';
import type { TimeSource } from '#handling/time.ts';

/** What the owner's pages stand on; composed once at the start. */
export interface OwnerDeps {
  pool: Pool;
  time: TimeSource;
  handling: Pick<Handling, 'handle' | 'packs' | 'context' | 'caseById'> & {
    notices: Pick<Handling['notices'], 'ofOwner'>;
  };
  directory: Pick<DirectoryCache, 'at' | 'snapshot'>;
}

import type { Pool } from 'pg';
import { z } from 'zod';
import { withTenant } from '#db/pool.ts';
import { type JournalEntry, readSince, readWritten } from '#journal/read.ts';

/** Hears of every new entry of a company, soon after it is on disk. */
export type FeedReader = (entries: readonly JournalEntry[]) => void;

export interface Feed {
  /** Payload of a message on the journal's channel. */
  heard(payload: string): void;
  /** Messages may have been missed: every reader is given what it lacks. */
  missed(): void;
  subscribe(tenant: string, reader: FeedReader): () => void;
  /** Entries after a position, for a reader that comes back; a few earlier ones may be repeated. */
  since(tenant: string, position: number): Promise<JournalEntry[]>;
  close(): void;
}

const message = z.object({
  tenant: z.string(),
  first: z.number().nullable(),
  position: z.number().nullable(),
  xid: z.number(),
  wake: z.number().nullable(),
});
export const JOURNAL_CHANNEL = 'huiyin_journal';

// Transactions finish out of order: an entry with a lower position may appear a moment after one with a higher.
const OVERLAP = 200;
const MOST = 2_000;
/** Milliseconds. A writer that dies between its write and telling of it is made up for by then. */
const LOOK = 30_000;

/** Opens the feed. `onTimer` hears of the earliest timer set anywhere. */
export function openFeed(pool: Pool, onTimer: (dueAt: number) => void): Feed {
  const readers = new Map<string, Map<FeedReader, { seen: number }>>();
  const deliver = (tenant: string, entries: readonly JournalEntry[]): void => {
    const last = entries.at(-1);
    if (!last) return;
    for (const [reader, place] of readers.get(tenant) ?? []) {
      place.seen = Math.max(place.seen, last.position);
      reader(entries);
    }
  };
  const quietly = (work: Promise<void>): void => {
    // The next message or reconnection brings what this one could not.
    work.catch(() => undefined);
  };
  const after = (tenant: string, position: number): Promise<JournalEntry[]> =>
    withTenant(pool, tenant, (client) => readSince(client, tenant, Math.max(0, position), MOST));
  const since: Feed['since'] = (tenant, position) => after(tenant, position - OVERLAP);
  const catchUp = (read: Feed['since']): void => {
    onTimer(0);
    for (const [tenant, own] of readers) {
      const least = Math.min(...[...own.values()].map((place) => place.seen));
      if (least > 0) quietly(read(tenant, least).then((entries) => deliver(tenant, entries)));
    }
  };
  const looking = setInterval(catchUp, LOOK, after).unref();
  return {
    since,
    missed: () => catchUp(since),
    close: () => clearInterval(looking),
    heard(payload) {
      const read = message.safeParse(JSON.parse(payload));
      if (!read.success) return;
      const { tenant, first, position, xid, wake } = read.data;
      if (wake !== null) onTimer(wake);
      if (first === null || position === null || !readers.has(tenant)) return;
      quietly(
        withTenant(pool, tenant, (client) => readWritten(client, tenant, first, position, xid)).then((entries) =>
          deliver(tenant, entries),
        ),
      );
    },
    subscribe(tenant, reader) {
      const own = readers.get(tenant) ?? new Map<FeedReader, { seen: number }>();
      readers.set(tenant, own);
      own.set(reader, { seen: 0 });
      return () => {
        own.delete(reader);
        if (own.size === 0) readers.delete(tenant);
      };
    },
  };
}

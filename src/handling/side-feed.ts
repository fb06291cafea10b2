import { z } from 'zod';

/** Hears what something happened to. */
export type SideReader = (about: string) => void;

/** News that stands in no journal: of telephone calls, of messages to staff. */
export interface SideFeed {
  /** Payload of a message on its channel. */
  heard(payload: string): void;
  /** Answers how to stop listening. */
  subscribe(tenant: string, reader: SideReader): () => void;
}

/** Servers tell each other on it which call has changed. */
export const CALL_CHANNEL = 'huiyin_call';
/** And on this one, who was told something that belongs to no case. */
export const HOUSE_CHANNEL = 'huiyin_house';
const message = z.object({ tenant: z.string(), about: z.string() });

/** Opens a feed. A message that is missed is made up for by the next look at the list. */
export function openSideFeed(): SideFeed {
  const readers = new Map<string, Set<SideReader>>();
  return {
    heard(payload) {
      const read = message.safeParse(JSON.parse(payload));
      if (!read.success) return;
      for (const reader of readers.get(read.data.tenant) ?? []) reader(read.data.about);
    },
    subscribe(tenant, reader) {
      const own = readers.get(tenant) ?? new Set();
      readers.set(tenant, own.add(reader));
      return () => {
        own.delete(reader);
        if (own.size === 0 && readers.get(tenant) === own) readers.delete(tenant);
      };
    },
  };
}

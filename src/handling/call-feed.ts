import { z } from 'zod';

/** Hears which call has changed. */
export type CallReader = (callId: string) => void;

export interface CallFeed {
  /** Payload of a message on the channel of calls. */
  heard(payload: string): void;
  /** Answers how to stop listening. */
  subscribe(tenant: string, reader: CallReader): () => void;
}

/** Servers tell each other on it which call has changed. */
export const CALL_CHANNEL = 'huiyin_call';
const message = z.object({ tenant: z.string(), call: z.string() });

/** Opens the feed of calls. A message that is missed is made up for by the next look at the list. */
export function openCallFeed(): CallFeed {
  const readers = new Map<string, Set<CallReader>>();
  return {
    heard(payload) {
      const read = message.safeParse(JSON.parse(payload));
      if (!read.success) return;
      for (const reader of readers.get(read.data.tenant) ?? []) reader(read.data.call);
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

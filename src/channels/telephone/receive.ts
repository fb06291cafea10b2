import { systemTime } from '#handling/time.ts';
import { hear, type Said } from '#inbox/calls/hear.ts';
import type { ChannelDeps } from '../contract.ts';

/** One thing that an exchange said. */
export interface Told {
  tenant: string;
  exchangeId: string;
  said: Said;
}

/** Takes in what exchanges say; resolves once it is on disk, with whether it was heard for the first time. */
export function callReceiver({
  pool,
  time,
}: Pick<ChannelDeps, 'pool' | 'time'>): (told: Told) => Promise<{ callId: string; fresh: boolean }> {
  return async ({ tenant, exchangeId, said }) => {
    const now = time.now();
    // The demo's clock may have been moved; the exchange's was not.
    const at = said.at + (now - systemTime.now());
    return hear(pool, tenant, exchangeId, { ...said, at }, now);
  };
}

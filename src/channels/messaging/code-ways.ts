import type { CodeWay } from '#directory/account/sent-code.ts';
import { firstRun } from '#directory/first-run.ts';
import { MINUTE } from '#kernel/instant.ts';
import { messengers } from '../messengers.ts';
import { type ConnectionStore, connectionOf } from './connections.ts';
import { sendsCodes } from './send.ts';

/** By which ways codes can be sent now. */
export interface CodeWays {
  now(): readonly CodeWay[];
  /** Looks again when something was changed. */
  after<T>(change: Promise<T>): Promise<T>;
  stop(): void;
}

/** Looks at the start, after changes here, and every minute for those that another process made. */
export async function openCodeWays(store: ConnectionStore, mail: boolean): Promise<CodeWays> {
  let ways: readonly CodeWay[] = [];
  const look = async (): Promise<void> => {
    const { companies } = await firstRun(store.pool);
    let sms = false;
    for (const { tenant } of companies) {
      for (const { kind } of messengers.filter(({ sendCode }) => sendCode !== undefined)) {
        const there = await connectionOf(store, tenant, kind);
        sms ||= there !== null && sendsCodes(there);
      }
    }
    ways = [...(mail ? (['email'] as const) : []), ...(sms ? (['sms'] as const) : [])];
  };
  await look();
  const timer = setInterval(() => void look().catch(() => undefined), MINUTE).unref();
  return {
    now: () => ways,
    async after(change) {
      const done = await change;
      await look();
      return done;
    },
    stop: () => clearInterval(timer),
  };
}

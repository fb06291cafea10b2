import { firstRun } from '#directory/first-run.ts';
import { MINUTE, SECOND } from '#kernel/instant.ts';
import type { Channel } from '../contract.ts';
import { unsettled } from './kept.ts';
import { requestReceiver } from './receive.ts';

export { registerOpen311 } from './routes.ts';

// Whoever is answering a request just now is not interrupted.
const UNTOUCHED = 20 * SECOND;

/** Makes cases of requests that were kept and not finished, because the program or the database went away in between. */
export const open311: Channel<object> = {
  id: 'open311',
  start(deps) {
    const receive = requestReceiver(deps);
    const failed = (cause: unknown): void =>
      deps.onFailure({ where: 'open311', what: 'kept', cause: cause instanceof Error ? cause.message : String(cause) });
    const round = async (): Promise<void> => {
      const { companies } = await firstRun(deps.pool);
      for (const { tenant } of companies)
        for (const row of await unsettled(deps.pool, tenant, deps.time.now() - UNTOUCHED))
          await receive(row).catch(failed);
    };
    let last = round().catch(failed);
    const timer = setInterval(() => {
      last = last.then(round).catch(failed);
    }, MINUTE).unref();
    return {
      async stop() {
        clearInterval(timer);
        await last;
      },
    };
  },
};

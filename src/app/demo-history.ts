import type { Pool } from 'pg';
import { renderForm } from '#case/render-form.ts';
import type { Calendar } from '#clock/calendar.ts';
import { withTenant } from '#db/pool.ts';
import type { DirectoryCache } from '#directory/cache.ts';
import { createDemoHistory } from '#directory/demo/history.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { openHandler } from '#handling/handle.ts';
import type { Packs } from '#handling/packs.ts';
import { digestText } from '#journal/chain.ts';
import type { Instant } from '#kernel/instant.ts';
import { startTimers } from '#timers/loop.ts';

/** The procedure the demo's stories follow. */
const PACK = 'S1';

export interface DemoHistoryDeps {
  pool: Pool;
  packs: Packs;
  directory: DirectoryCache;
  calendars: ReadonlyMap<string, Calendar>;
}

/**
 * Gives the demo company its past, through a handler and timers of its own on a clock of the past. Does nothing when
 * there are cases already. No other timers may run on this database meanwhile: they would fire the past at the present.
 * Answers how many cases were begun. Throws when S1 is not published for the demo company.
 */
export async function playDemoHistory(deps: DemoHistoryDeps, now: Instant): Promise<number> {
  const { pool, packs, directory } = deps;
  const company = await directory.at(DEMO_TENANT, now);
  const pack = await packs.current(DEMO_TENANT, PACK);
  if (!pack) throw new Error(`${PACK} is not published for the demo company`);
  const before = await withTenant(pool, DEMO_TENANT, (client) =>
    client.query('select 1 from huiyin.case_file where tenant_id = $1 limit 1', [DEMO_TENANT]),
  );
  if (before.rowCount !== 0) return 0;

  let at = now;
  const time = { now: (): Instant => at };
  const set = (moment: Instant): void => {
    at = moment;
  };
  // No mail: nobody is told today of what is made up about last week.
  const handler = openHandler({ ...deps, time, mail: false });
  let trouble: string | undefined;
  const timers = startTimers({
    pool,
    time,
    packs,
    handler,
    onFailure: (failure) => {
      trouble ??= `${failure.key}: ${failure.cause}`;
    },
  });
  try {
    const begun = await createDemoHistory(
      pool,
      company,
      {
        begin: (actor, command) => handler.handle({ tenant: DEMO_TENANT, actor, pack: PACK, command }),
        act: (caseId, actor, command) => handler.handle({ tenant: DEMO_TENANT, actor, caseId, command }),
        moveTo: async (moment) => {
          await timers.fireDue(moment, { at: set, drain: () => Promise.resolve() });
          set(moment);
        },
        digestOf: (form, state) =>
          Promise.resolve(renderForm(form, state, { pack, directory: company, digest: digestText }).digest),
      },
      now,
    );
    if (trouble !== undefined) throw new Error(`a timer of the demo's history failed: ${trouble}`);
    return begun;
  } finally {
    await timers.stop();
    await handler.idle();
  }
}

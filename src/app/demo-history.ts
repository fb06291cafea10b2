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
 * that is done; where the program was killed meanwhile it goes on, since every act of the past has a key of its own. No other timers may run on this database meanwhile: they would fire the past at the present.
 * Answers how many cases were begun. A demo that does not follow S1 has no past.
 */
export async function playDemoHistory(deps: DemoHistoryDeps, wanted: Instant): Promise<number> {
  const { pool, packs, directory } = deps;
  const pack = await packs.current(DEMO_TENANT, PACK);
  if (!pack) return 0;
  const now = await playsTo(pool, wanted);
  if (now === null) return 0;
  const company = await directory.at(DEMO_TENANT, now);

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
    calendars: deps.calendars,
    onFailure: (failure) => {
      trouble ??= `${failure.key}: ${failure.cause}`;
    },
  });
  try {
    const begun = await createDemoHistory(
      pool,
      company,
      {
        begin: (key, actor, command) =>
          handler.handle({ tenant: DEMO_TENANT, actor, idempotencyKey: key, pack: PACK, command }),
        act: (key, caseId, actor, command) =>
          handler.handle({ tenant: DEMO_TENANT, actor, idempotencyKey: key, caseId, command }),
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
    await withTenant(pool, DEMO_TENANT, (client) =>
      client.query('update huiyin.demo_history set finished = true where tenant_id = $1', [DEMO_TENANT]),
    );
    return begun;
  } finally {
    await timers.stop();
    await handler.idle();
  }
}

/** Up to when the past is to be played: as decided at the first attempt. Null when it is finished. */
async function playsTo(pool: Pool, now: Instant): Promise<Instant | null> {
  return withTenant(pool, DEMO_TENANT, async (client) => {
    const read = 'select played_to as "to", finished from huiyin.demo_history where tenant_id = $1';
    const [row] = (await client.query<{ to: Instant; finished: boolean }>(read, [DEMO_TENANT])).rows;
    if (row) return row.finished ? null : row.to;
    const cases = await client.query('select 1 from huiyin.case_file where tenant_id = $1 limit 1', [DEMO_TENANT]);
    if (cases.rowCount !== 0) return null;
    const write = 'insert into huiyin.demo_history (tenant_id, played_to) values ($1, huiyin.instant($2))';
    await client.query(write, [DEMO_TENANT, now]);
    return now;
  });
}

import pg, { type PoolClient } from 'pg';
import { nextMoment } from '#case/next-moment.ts';
import type { CaseState } from '#case/state.ts';
import type { Calendar } from '#clock/calendar.ts';
import { statement } from '#db/statement.ts';
import { loadSnapshot, type Snapshot } from '#directory/snapshot.ts';
import { CERTIFICATE } from '#directory/staffing/expiry-timer.ts';
import { LEAVE } from '#directory/staffing/leave-timer.ts';
import { tellCertificate } from '#handling/certificates.ts';
import type { Handler } from '#handling/handle.ts';
import type { Packs } from '#handling/packs.ts';
import { clockwork, plan, type Surroundings, timerKey } from '#handling/plan.ts';
import { enact, PUBLICATION } from '#handling/publishing.ts';
import { uuid7 } from '#handling/uuid.ts';
import { type AppendItem, appendBatch } from '#journal/append.ts';
import { taskOf } from '#journal/later.ts';
import type { CaseFile } from '#journal/read.ts';
import type { Instant } from '#kernel/instant.ts';
import { nextOccurrence } from '#policy/schedule.ts';

/** A timer that this process alone holds until the end of its transaction. */
export interface Claimed {
  tenant_id: string;
  key: string;
  case_id: string | null;
  due_at: Instant;
  /** The case as it stands; null for a duty of the calendar, and for a case that is gone. */
  state: CaseState | null;
  seq: number;
  head_hash: Buffer;
  changed_at: Instant;
  changed_by: string;
}

export interface FireDeps {
  packs: Packs;
  handler: Pick<Handler, 'surroundings'>;
  calendars: ReadonlyMap<string, Calendar>;
}

/** A timer whose effect could not be decided: tried again later, and said aloud. */
export interface Failure {
  tenant: string;
  key: string;
  cause: string;
}

export interface Fired {
  claimed: number;
  /** Outside effects ordered. */
  jobs: number;
  failures: Failure[];
  /** Companies of which an approved version was to come into force. */
  published: string[];
}

const claim = statement<Claimed>('timers.claim', 'select * from huiyin.claim_due(huiyin.instant($1), $2)');
const postpone = statement<never>(
  'timers.postpone',
  `update huiyin.timer set failures = failures + 1, last_failure = $3,
     wake_at = huiyin.instant($4) + least(power(2, failures), 3600) * interval '1 second'
   where tenant_id = $1 and key = $2`,
);

/**
 * Claims timers due by `now` and writes their effects, all in the caller's transaction: either the timer is still there,
 * or everything it had to do is done.
 */
export async function fireBatch(client: PoolClient, deps: FireDeps, now: Instant, most: number): Promise<Fired> {
  const claimed = await claim.run(client, [now, most]);
  const failures: Failure[] = [];
  let jobs = 0;
  for (const [tenant, timers] of Map.groupBy(claimed, (timer) => timer.tenant_id)) {
    const fired = await fireTenant(client, deps, tenant, timers, now);
    failures.push(...fired.failures);
    jobs += fired.jobs;
  }
  const published = claimed.filter(({ key }) => key.startsWith(PUBLICATION)).map((timer) => timer.tenant_id);
  return { claimed: claimed.length, jobs, failures, published };
}

async function fireTenant(
  client: PoolClient,
  deps: FireDeps,
  tenant: string,
  timers: readonly Claimed[],
  now: Instant,
): Promise<{ failures: Failure[]; jobs: number }> {
  const items: AppendItem[] = [];
  const failures: Failure[] = [];
  const around = keepSurroundings(deps, tenant, now);
  let known: Promise<Snapshot> | undefined;
  const organisation = (): Promise<Snapshot> => (known ??= loadSnapshot(client, tenant));
  for (const timer of timers) {
    try {
      items.push(
        timer.key.startsWith(PUBLICATION)
          ? await aside(client, tenant, () => publish(client, deps, tenant, timer, now))
          : timer.key.startsWith(CERTIFICATE)
            ? await aside(client, tenant, async () => tellCertificate(client, await organisation(), timer.key, now))
            : await effectOf(timer, around),
      );
    } catch (cause) {
      failures.push({ tenant, key: timer.key, cause: cause instanceof Error ? cause.message : String(cause) });
    }
  }
  // A case that was changed since it was read is left to the next round: its timer stays.
  if (items.length > 0) {
    const { repeated } = await appendBatch(client, tenant, items);
    // A date whose case was opened before only moves its timer on.
    const again = repeated.flatMap(({ item }) => items[item]?.timers.filter((set) => set.caseId === null) ?? []);
    if (again.length > 0) await appendBatch(client, tenant, [{ cases: [], timers: again, notices: [], jobs: [] }]);
  }
  if (failures.length > 0) await client.query(`set local app.tenant = ${pg.escapeLiteral(tenant)}`);
  for (const { key, cause } of failures) await postpone.run(client, [tenant, key, cause.slice(0, 500), now]);
  return { failures, jobs: items.reduce((sum, item) => sum + item.jobs.length, 0) };
}

/** Does what writes by itself, as the company; what goes wrong in it undoes only itself. */
async function aside<T>(client: PoolClient, tenant: string, work: () => Promise<T>): Promise<T> {
  await client.query(`select set_config('app.tenant', $1, true)`, [tenant]);
  await client.query('savepoint aside');
  try {
    const done = await work();
    await client.query('release savepoint aside');
    return done;
  } catch (cause) {
    await client.query('rollback to savepoint aside');
    throw cause;
  }
}

/** Puts an approved version in force. */
async function publish(
  client: PoolClient,
  deps: FireDeps,
  tenant: string,
  timer: Claimed,
  now: Instant,
): Promise<AppendItem> {
  const done = await enact(client, deps, tenant, timer.key.slice(PUBLICATION.length), now);
  if (!done.ok) throw new Error(done.refusal.message.en);
  return { cases: [], timers: [{ key: timer.key, caseId: null, dueAt: null }], notices: [], jobs: [] };
}

export type Around = (pack: string, version: string | null) => Promise<Surroundings | undefined>;

/** Loads each pack's surroundings once per batch. */
export function keepSurroundings({ packs, handler }: FireDeps, tenant: string, now: Instant): Around {
  const kept = new Map<string, Promise<Surroundings | undefined>>();
  return (name, version) => {
    const key = `${name} ${version}`;
    const there = kept.get(key);
    if (there) return there;
    const made = (version === null ? packs.current(tenant, name) : packs.version(tenant, name, version)).then((pack) =>
      pack ? handler.surroundings(tenant, pack, now) : undefined,
    );
    kept.set(key, made);
    return made;
  };
}

/** Whether somebody stands in is asked when the leave begins: until then there is time to name one. */
const leaveBegins = ({ key, tenant_id: tenant }: Claimed): Pick<AppendItem, 'timers' | 'jobs'> => ({
  timers: [{ key, caseId: null, dueAt: null }],
  jobs: [
    {
      task: 'tell-away',
      payload: { tenant, absenceId: key.slice(LEAVE.length) },
      key: `tell-away:${key}`,
      attempts: 8,
    },
  ],
});

const orderTask = (
  { key, tenant_id: tenant, due_at: due }: Claimed,
  { task, what }: { task: string; what: string },
): Pick<AppendItem, 'timers' | 'jobs'> => ({
  timers: [{ key, caseId: null, dueAt: null }],
  jobs: [{ task, payload: { tenant, what }, key: `${key}:${due}`, attempts: 12 }],
});

/** What a due timer of a case or of the calendar writes. Throws when that cannot be decided. */
export async function effectOf(timer: Claimed, around: Around): Promise<AppendItem> {
  const none: AppendItem = { cases: [], timers: [], notices: [], jobs: [] };
  if (timer.key.startsWith(LEAVE)) return { ...none, ...leaveBegins(timer) };
  const later = taskOf(timer.key);
  if (later) return { ...none, ...orderTask(timer, later) };
  if (timer.case_id === null) return openDuty(timer, around);
  if (timer.state === null) return { ...none, timers: [{ key: timer.key, caseId: timer.case_id, dueAt: null }] };
  const file: CaseFile = {
    state: timer.state,
    seq: timer.seq,
    headHash: timer.head_hash,
    changedAt: timer.changed_at,
    changedBy: timer.changed_by,
  };
  const { pack, packVersion } = file.state;
  const found = await around(pack, packVersion);
  if (!found) throw new Error(`Pack ${pack} ${packVersion} is gone`);
  const made = await plan(file, timer.case_id, { type: 'tick' }, clockwork, found);
  if (!made.ok) throw new Error(`${made.refusal.code}: ${made.refusal.message.en}`);
  const dueAt = nextMoment(made.value.state);
  if (dueAt !== null && dueAt <= found.now) throw new Error(`A clock of ${file.state.number} does not move on`);
  return {
    ...made.value.item,
    timers: [
      ...made.value.item.timers.filter((t) => t.key !== timer.key),
      { key: timerKey(timer.case_id), caseId: timer.case_id, dueAt },
    ],
  };
}

/** A duty of the calendar: opens its case and sets its next date. */
async function openDuty(timer: Claimed, around: Around): Promise<AppendItem> {
  const [, packName = '', name = ''] = timer.key.split(':');
  const found = await around(packName, null);
  const schedule = found?.pack.schedules[name];
  const none: AppendItem = { cases: [], timers: [], notices: [], jobs: [] };
  if (!found || !schedule) return { ...none, timers: [{ key: timer.key, caseId: null, dueAt: null }] };
  const procedure = found.pack.procedures[schedule.opens];
  const matter = procedure?.matters[0];
  if (!procedure || matter === undefined) throw new Error(`${packName} schedules an unknown procedure`);
  const [number = ''] = await found.draw(procedure, 1);
  const made = await plan(
    null,
    uuid7(found.now),
    {
      type: 'register',
      number,
      procedure: schedule.opens,
      matter,
      channel: 'schedule',
      // The date it was due counts, even when the program was down then.
      receivedAt: timer.due_at,
      values: schedule.values,
    },
    clockwork,
    found,
  );
  if (!made.ok) throw new Error(`${made.refusal.code}: ${made.refusal.message.en}`);
  const dueAt = nextOccurrence(schedule, timer.due_at, found.calendar);
  return {
    ...made.value.item,
    timers: [...made.value.item.timers, { key: timer.key, caseId: null, dueAt }],
    // The same date never opens two cases, whatever is done twice.
    key: { key: `${timer.key}:${timer.due_at}`, digest: '', answer: { number }, at: found.now },
  };
}

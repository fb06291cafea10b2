import type { Task } from 'graphile-worker';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { withTenant } from '#db/pool.ts';
import type { Handler } from '#handling/handle.ts';
import type { Packs } from '#handling/packs.ts';
import { clockwork } from '#handling/plan.ts';
import type { TimeSource } from '#handling/time.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { dueOf, nextDue } from './notice-moment.ts';
import {
  lastSentTo,
  loadNotice,
  loadSendings,
  type Notice,
  orderAttempt,
  planAttempt,
  readNotices,
  rulesOf,
  type Sending,
  settle,
} from './notice-store.ts';
import { type NoticeWay, type Reach, type Told, waysFor } from './notice-ways.ts';

/** How e-mail leaves the house: an SMTP address such as smtp://user:password@host:587, and the sender. */
export interface MailSettings {
  url: string;
  from: string;
  /** Whether the mail server delivers `box+anything@` to `box@`: then answers come to an address of the case's own. */
  plus?: boolean;
}

const key = z.object({ caseId: z.string(), seq: z.number(), attempt: z.number() });
const payload = z.union([
  z.object({ tenant: z.string(), caseId: z.string(), seq: z.number() }),
  z.object({ tenant: z.string(), sendings: z.array(key).min(1) }),
  z.object({ tenant: z.string(), failed: key }),
]);

export interface DeliveryDeps {
  pool: Pool;
  time: TimeSource;
  packs: Pick<Packs, 'version'>;
  handler: Pick<Handler, 'handle'>;
  ways: readonly NoticeWay[];
}

/**
 * Brings a notice to whom it is for and writes down what became of it: at once, after the quiet hours, or together with
 * others; by the next way when one fails or is not read. Where no way is left, whoever answers for the case is told.
 */
export function deliverNotice(deps: DeliveryDeps): Task {
  const { time } = deps;
  return async (raw, helpers) => {
    const order = payload.parse(raw);
    const { tenant } = order;
    const inTenant = <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => withTenant(deps.pool, tenant, work);
    const last = helpers.job.attempts >= helpers.job.max_attempts;
    if ('failed' in order) {
      const found = await inTenant((client) => loadNotice(client, tenant, order.failed));
      if (found) await goOn(found, order.failed.attempt, found.deliveryNote ?? '');
      return;
    }
    let sendings: Sending[];
    if ('sendings' in order) sendings = await inTenant((client) => loadSendings(client, tenant, order.sendings));
    else {
      const now = await begin(order);
      if (!now) return;
      sendings = await inTenant((client) => loadSendings(client, tenant, [{ ...order, attempt: 1 }]));
    }
    await send(sendings);

    /** Plans the first try; true when it is to be made now. */
    async function begin(which: { caseId: string; seq: number }): Promise<boolean> {
      return inTenant(async (client) => {
        const notice = await loadNotice(client, tenant, which);
        if (notice?.delivery !== 'waiting') return false;
        const [before] = await loadSendings(client, tenant, [{ ...which, attempt: 1 }]);
        if (before || notice.attempts > 0) return before !== undefined;
        const rules = await rulesOf(client, tenant, notice);
        const [reach] = await waysFor(deps.ways, notice.recipient, rules.ways);
        if (!reach) {
          await client.query(
            `update huiyin.notice set delivery = 'page', delivery_at = huiyin.instant($4)
             where tenant_id = $1 and case_id = $2 and seq = $3`,
            [tenant, which.caseId, which.seq, time.now()],
          );
          return false;
        }
        const pack = await packOf(notice);
        const sentAt = rules.togetherMinutes === 0 ? null : await lastSentTo(client, tenant, notice.place);
        const { at, reason } = dueOf(notice, pack, rules, time.now(), sentAt);
        await planAttempt(client, tenant, notice, { attempt: 1, reach, reason, at, now: time.now() });
        return at <= time.now();
      });
    }

    /** Sends everything in one message; the notices that could not go any more have been left out before. */
    async function send(all: readonly Sending[]): Promise<void> {
      const [first] = all;
      if (!first) return;
      const notices = await inTenant((client) => readNotices(client, tenant, all));
      const [one, ...rest] = notices;
      if (!one) return;
      const way = deps.ways.find(({ id }) => id === first.way);
      const to = (await way?.address(one.recipient)) ?? null;
      if (!way || to === null) {
        for (const notice of notices) await fail(notice, all, '这条路已不可用 · this way is gone');
        return;
      }
      const told: [Told, ...Told[]] = [one.told, ...rest.map((notice) => notice.told)];
      try {
        await way.send({ to, recipient: one.recipient, told });
      } catch (cause) {
        if (!way.isFinal(cause) && !last) throw cause;
        const why = (cause instanceof Error ? cause.message : String(cause)).slice(0, 500);
        for (const notice of notices) await fail(notice, all, why);
        return;
      }
      for (const notice of notices) {
        const attempt = attemptOf(notice, all);
        const pack = await packOf(notice);
        await inTenant(async (client) => {
          await settle(client, tenant, notice, attempt, {
            status: 'sent',
            note: null,
            now: time.now(),
            inOne: told.length,
          });
          const rules = await rulesOf(client, tenant, notice);
          const next = await nextWay(notice, rules.ways);
          const now = time.now();
          const at = nextDue(notice, pack, rules, now);
          if (next && at !== null)
            await planAttempt(client, tenant, notice, {
              attempt: notice.attempts + 1,
              reach: next,
              reason: 'unread',
              at,
              now,
            });
        });
      }
    }

    async function packOf({ state }: Notice): Promise<CompiledPack | null> {
      return state && deps.packs.version(tenant, state.pack, state.packVersion);
    }

    async function nextWay({ recipient, tried }: Notice, order: readonly string[]): Promise<Reach | undefined> {
      return (await waysFor(deps.ways, recipient, order)).find(({ way }) => !tried.includes(way.id));
    }

    async function fail(notice: Notice, all: readonly Sending[], note: string): Promise<void> {
      const attempt = attemptOf(notice, all);
      await inTenant((client) =>
        settle(client, tenant, notice, attempt, { status: 'failed', note, now: time.now(), inOne: all.length }),
      );
      await goOn(notice, attempt, note);
    }

    /** The next way that was not tried yet; where there is none, whoever answers for the case learns of it. */
    async function goOn(notice: Notice, attempt: number, note: string): Promise<void> {
      const planned = await inTenant(async (client) => {
        const rules = await rulesOf(client, tenant, notice);
        const next = await nextWay(notice, rules.ways);
        if (!next) return false;
        const now = time.now();
        const reason = 'failed' as const;
        await orderAttempt(client, tenant, notice, { attempt: notice.attempts + 1, reach: next, reason, at: now, now });
        return true;
      });
      // A message about a message that did not arrive is not told of again: it stands in the list for people.
      // What is about no case has nobody answering for one: it stays in the bell, and his superior was told too.
      if (planned || notice.notice === UNDELIVERED || notice.state === null) return;
      const said = await deps.handler.handle({
        tenant,
        caseId: notice.caseId,
        actor: clockwork,
        command: { type: 'undelivered', to: notice.recipient.personId, title: notice.told.text, why: note },
        idempotencyKey: `undelivered:${notice.caseId}:${notice.seq}:${attempt}`,
      });
      if (!said.ok && said.refusal.code !== 'idempotency.keyReused')
        throw new Error(`${said.refusal.code}: ${said.refusal.message.en}`);
    }
  };
}

const UNDELIVERED = 'undelivered';
const attemptOf = (notice: Notice, all: readonly Sending[]): number =>
  all.find((one) => one.caseId === notice.caseId && one.seq === notice.seq)?.attempt ?? 1;

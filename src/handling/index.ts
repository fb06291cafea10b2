import type { Pool, PoolConfig } from 'pg';
import type { Context, MoveTarget } from '#case/context.ts';
import type { CaseState } from '#case/state.ts';
import type { Calendar } from '#clock/calendar.ts';
import { withTenant } from '#db/pool.ts';
import type { Vault } from '#directory/account/vault.ts';
import type { DirectoryCache } from '#directory/cache.ts';
import { staffFor } from '#directory/vacancies.ts';
import { inviteStaff, tellNewDevice } from '#jobs/account-letters.ts';
import { callBack } from '#jobs/call-back.ts';
import { deliverNotice, type MailSettings } from '#jobs/deliver-notice.ts';
import { deliverWebhook } from '#jobs/deliver-webhook.ts';
import { dispatchCase } from '#jobs/dispatch-case.ts';
import { emailWay } from '#jobs/email-way.ts';
import { linkIncident, tellIncident } from '#jobs/incident.ts';
import { inviteOutside } from '#jobs/invite-outside.ts';
import { keepCall } from '#jobs/keep-call.ts';
import {
  askReceipts,
  type MessagingDeps,
  messageWays,
  openEnabled,
  sendMessages,
  takeMessages,
} from '#jobs/messages.ts';
import { type NoticePump, startNoticePump } from '#jobs/notice-pump.ts';
import { type Jobs, openJobs } from '#jobs/open.ts';
import { type Reports, runReport } from '#jobs/run-report.ts';
import { codeSenders, sendCode } from '#jobs/send-code.ts';
import { askForLists } from '#jobs/shift-ends.ts';
import { tellLateList } from '#jobs/shift-late.ts';
import { tellAway } from '#jobs/tell-away.ts';
import { tellLead } from '#jobs/tell-lead.ts';
import { tellParent } from '#jobs/tell-parent.ts';
import { TIDY_UP, tidyUp } from '#jobs/tidy-up.ts';
import { type Anchoring, startAnchoring } from '#journal/anchoring.ts';
import { digestText } from '#journal/chain.ts';
import { type CaseFile, type JournalEntry, look, readJournal } from '#journal/read.ts';
import { type WorklistFilter, type WorklistPage, worklist, worklistCount } from '#journal/worklist.ts';
import { type Instant, SECOND } from '#kernel/instant.ts';
import type { Result } from '#kernel/result.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { type Pump, startPump } from '#subscriptions/pump.ts';
import { type FiredDue, startTimers, type Timers } from '#timers/loop.ts';
import { type Feed, type FeedReader, JOURNAL_CHANNEL, openFeed } from './feed.ts';
import { type Handler, openHandler } from './handle.ts';
import { listen } from './listen.ts';
import { moveTarget } from './move-target.ts';
import {
  houseNotice,
  type NoticeHistory,
  noticesOfCase,
  ownerHasRead,
  sendAgain,
  undeliveredNotices,
} from './notice-history.ts';
import { markRead, noticesOf, ownerNoticesOf, unreadCount } from './notices.ts';
import { openPacks, PACK_CHANNEL, type Packs, type Publication, publishPack } from './packs.ts';
import { openPublishing, type Publishing } from './publishing.ts';
import type { Handled, Request } from './request.ts';
import { setSchedules } from './schedules.ts';
import { CALL_CHANNEL, HOUSE_CHANNEL, openSideFeed, type SideReader } from './side-feed.ts';
import type { SandboxTime, TimeSource } from './time.ts';
import { uuid7 } from './uuid.ts';

export type { Handled, Request } from './request.ts';

/** What the room needs from the program. */
export interface HandlingDeps {
  pool: Pool;
  /** How the owner of the schema connects; only for outside work. */
  owner: PoolConfig;
  time: TimeSource;
  /** The movable clock of a demo company; it is then also `time`. */
  sandbox?: SandboxTime | undefined;
  directory: Pick<DirectoryCache, 'at' | 'snapshot'>;
  calendars: ReadonlyMap<string, Calendar>;
  reports: Reports;
  mail: MailSettings | null;
  /** What the secrets of connected services are sealed with; absent: none can be connected. */
  vault?: Vault | undefined;
  /** Address people reach the owner's pages at, for letters; absent: they carry no link. */
  publicUrl?: string | undefined;
  /** Where the signing key and the anchors outside the database lie; null: no anchors are cast by this process. */
  dataDir: string | null;
  /** False for a process that only answers requests: timers and outside work are another one's. */
  works: boolean;
  /** Timers and outside work wait for `begin`: a fresh installation has none, and a demo's past must be played first. */
  later?: boolean;
  /** Whether other programs may be told at addresses inside the company's own network. */
  webhookPrivate?: boolean | undefined;
  /** Told of what failed out of sight, for the log. */
  onFailure(failure: { where: string; what: string; cause: string }): void;
}

/** Everything the faces ask of cases. */
export interface Handling {
  handle(request: Request): Promise<Result<Handled>>;
  packs: Packs;
  /** Refuses with what publishPack refuses, and with `pack.postsVacant` when nobody could act in one of its roles. */
  publish(tenant: string, publication: Omit<Publication, 'objection'>): Promise<Result<CompiledPack>>;
  /** Versions that people hand in, approve and reject. */
  publishing: Publishing;
  /** What decisions are made from, for `allowedCommands` and `renderForm`. */
  context(tenant: string, pack: CompiledPack, actor: Context['actor']): Promise<Context>;
  /** The version in force with the case's past, for a look at what moving it would mean; undefined where it follows that one. */
  moveTarget(tenant: string, state: CaseState): Promise<MoveTarget | undefined>;
  caseById(tenant: string, caseId: string): Promise<CaseFile | undefined>;
  journalOf(tenant: string, caseId: string, range?: { after?: number; upto?: number }): Promise<JournalEntry[]>;
  worklist(
    tenant: string,
    filter: WorklistFilter,
    page?: { limit?: number; cursor?: string | null },
  ): Promise<WorklistPage>;
  worklistCount(tenant: string, filter: WorklistFilter, most?: number): Promise<number>;
  notices: {
    of(tenant: string, personId: string, page?: Parameters<typeof noticesOf>[3]): ReturnType<typeof noticesOf>;
    ofOwner(tenant: string, caseId: string): ReturnType<typeof ownerNoticesOf>;
    markRead(tenant: string, personId: string, caseId?: string | null): Promise<number>;
    unread(tenant: string, personId: string): Promise<number>;
    /** Who was told what about a case, by which ways, and whether it arrived. */
    ofCase(tenant: string, caseId: string): Promise<NoticeHistory[]>;
    undelivered(tenant: string): Promise<NoticeHistory[]>;
    /** One that is about no case. */
    house(tenant: string, notice: { caseId: string; seq: number }): Promise<NoticeHistory | undefined>;
    sendAgain(tenant: string, notice: { caseId: string; seq: number }): Promise<boolean>;
    ownerHasRead(tenant: string, caseId: string, by: 'page' | 'link'): Promise<void>;
    /** The ways by which notices leave the house. */
    ways: readonly string[];
  };
  /** New entries as they are written; answers how to stop listening. */
  subscribe(tenant: string, reader: FeedReader): () => void;
  /** Which telephone call has changed, as soon as it is on disk; answers how to stop listening. */
  subscribeCalls(tenant: string, reader: SideReader): () => void;
  /** Who was told something that belongs to no case. */
  subscribeHouse(tenant: string, reader: SideReader): () => void;
  entriesSince(tenant: string, position: number): Promise<JournalEntry[]>;
  /** Moves the demo clock; every due timer fires in order, and outside work is done, before it returns. */
  moveClock(target: Instant): Promise<FiredDue>;
  drainJobs(): Promise<boolean>;
  /** Starts timers and outside work where `later` held them back; otherwise they run already. */
  begin(): Promise<void>;
  /** Stops timers and outside work, and waits for requests in hand. The pool stays open. */
  close(): Promise<void>;
}

/** Opens the room: request handling, timers, outside work and the feed. */
export async function openHandling(deps: HandlingDeps): Promise<Handling> {
  const { pool, time } = deps;
  const packs = openPacks(pool, () => time.now());
  let timers: Timers | undefined;
  const wake = (dueAt: Instant): void => timers?.wake(dueAt);
  const messages = deps.vault && openEnabled(pool);
  const handler: Handler = openHandler({ ...deps, packs, mail: deps.mail !== null, messages, onTimer: wake });
  const context: Handling['context'] = async (tenant, pack, actor) => {
    const { now, calendar, directory } = await handler.surroundings(tenant, pack, time.now());
    return { now, actor, pack, calendar, directory, digest: digestText, newId: () => uuid7(now) };
  };
  const caseById: Handling['caseById'] = async (tenant, caseId) =>
    (await look(pool, tenant, [caseId], [])).cases.get(caseId);
  const messaging: MessagingDeps | null = deps.vault
    ? {
        pool,
        time,
        vault: deps.vault,
        inner: deps.webhookPrivate,
        publicUrl: deps.publicUrl,
        handling: { ...handler, packs, context, caseById },
      }
    : null;
  const feed: Feed = openFeed(pool, wake);
  const calls = openSideFeed();
  const house = openSideFeed();
  const failed = (where: string) => (failure: { task?: string; key?: string; cause: string }) =>
    deps.onFailure({ where, what: failure.task ?? failure.key ?? '', cause: failure.cause });
  let pump: Pump | undefined;
  let noticePump: NoticePump | undefined;
  const heard = (payload: string): void => {
    feed.heard(payload);
    pump?.wake();
  };
  const listener = await listen(
    pool,
    {
      [JOURNAL_CHANNEL]: heard,
      [PACK_CHANNEL]: (tenant) => packs.drop(tenant),
      [CALL_CHANNEL]: calls.heard,
      [HOUSE_CHANNEL]: house.heard,
    },
    () => {
      packs.drop();
      feed.missed();
    },
  );
  let jobs: Jobs | undefined;
  let anchoring: Anchoring | undefined;
  // Every way by which notices leave the house.
  const ways = [...(deps.mail ? [emailWay(deps, deps.mail)] : []), ...(messaging ? messageWays(messaging) : [])];
  const work = async (): Promise<void> => {
    timers = startTimers({ pool, time, packs, handler, calendars: deps.calendars, onFailure: failed('timer') });
    jobs = await openJobs(
      deps.owner,
      {
        'run-report': runReport({ ...deps, handler }),
        'tell-parent': tellParent({ handler }),
        'deliver-notice': deliverNotice({ pool, time, packs, handler, ways }),
        'invite-outside': inviteOutside(deps),
        'deliver-webhook': deliverWebhook(deps),
        'tell-lead': tellLead({ handler }),
        'tell-away': tellAway({ pool, time, handler }),
        'dispatch-case': dispatchCase({ ...deps, packs, handler }),
        'link-incident': linkIncident(deps),
        'tell-incident': tellIncident({ pool, handler }),
        'keep-call': keepCall({ pool, time, handler }),
        'call-back': callBack({ ...deps, packs }),
        'shift-ends': askForLists({ pool, time }),
        'shift-late': tellLateList({ pool, time, packs }),
        'send-code': sendCode({ pool, senders: codeSenders(deps.mail, messaging) }),
        'invite-staff': inviteStaff(deps),
        'tell-new-device': tellNewDevice(deps),
        'tidy-up': tidyUp(deps),
        ...(messaging
          ? {
              'take-message': takeMessages(messaging),
              'send-message': sendMessages(messaging),
              'ask-receipt': askReceipts(messaging),
            }
          : {}),
      },
      TIDY_UP,
      failed('job'),
    );
    pump = startPump({
      pool,
      version: packs.version,
      now: () => time.now(),
      onFailure: (cause) => failed('webhooks')({ cause }),
    });
    noticePump = startNoticePump({ pool, now: () => time.now(), onFailure: (cause) => failed('notices')({ cause }) });
    const { dataDir } = deps;
    if (dataDir !== null)
      anchoring = startAnchoring(
        pool,
        dataDir,
        () => time.now(),
        (cause) => failed('anchor')({ cause }),
      );
  };
  let begun: Promise<void> | undefined;
  const begin = async (): Promise<void> => {
    if (!deps.works) return;
    begun ??= work();
    await begun;
  };
  if (!deps.later) await begin();
  const drainJobs = async (): Promise<boolean> => {
    await noticePump?.round();
    return (await jobs?.drain()) ?? true;
  };
  // Two people moving the clock at once would fire out of order.
  let moving: Promise<unknown> = Promise.resolve();
  const move = async (sandbox: SandboxTime, running: Timers, target: Instant): Promise<FiredDue> => {
    // The clock runs on while a request is on its way.
    if (target < sandbox.now() - SECOND) throw new RangeError('The clock of the demo only moves forward');
    await handler.idle();
    const drain = async (): Promise<void> => void (await drainJobs());
    try {
      const done = await running.fireDue(target, {
        at: (moment) => sandbox.holdAt(Math.max(moment, sandbox.now())),
        drain,
      });
      sandbox.holdAt(null);
      // Firing may have taken longer than the clock was moved.
      if (target > sandbox.now()) await sandbox.moveTo(target);
      await drain();
      return done;
    } finally {
      sandbox.holdAt(null);
      running.wake(0);
    }
  };
  return {
    handle: (request) => handler.handle(request),
    packs,
    publishing: openPublishing({ pool, time, packs, calendars: deps.calendars, wake }),
    async publish(tenant, publication) {
      const now = time.now();
      const done = await publishPack(pool, tenant, {
        ...publication,
        now,
        objection: (pack) => staffFor(pool, tenant, pack, now),
      });
      if (!done.ok) return done;
      packs.drop(tenant);
      const calendar = deps.calendars.get(done.value.calendar);
      if (!calendar) throw new Error(`Pack ${done.value.pack} names the unknown calendar ${done.value.calendar}`);
      const due = await setSchedules(pool, tenant, done.value, calendar, now);
      if (due !== null) wake(due);
      return done;
    },
    context,
    moveTarget: (tenant, state) => moveTarget({ pool, packs, calendars: deps.calendars }, tenant, state),
    caseById,
    journalOf: (tenant, caseId, range) =>
      withTenant(pool, tenant, (client) => readJournal(client, tenant, caseId, range)),
    worklist: (tenant, filter, page) => worklist(pool, tenant, filter, page),
    worklistCount: (tenant, filter, most) => worklistCount(pool, tenant, filter, most),
    notices: {
      of: (tenant, personId, page) => noticesOf(pool, tenant, personId, page),
      ofOwner: (tenant, caseId) => ownerNoticesOf(pool, tenant, caseId),
      markRead: (tenant, personId, caseId) => markRead(pool, tenant, personId, time.now(), caseId),
      unread: (tenant, personId) => unreadCount(pool, tenant, personId),
      ofCase: (tenant, caseId) => noticesOfCase(pool, tenant, caseId),
      undelivered: (tenant) => undeliveredNotices(pool, tenant),
      house: (tenant, notice) => houseNotice(pool, tenant, notice),
      sendAgain: (tenant, notice) => sendAgain(pool, tenant, notice, time.now()),
      ownerHasRead: (tenant, caseId, by) => ownerHasRead(pool, tenant, caseId, by, time.now()),
      ways: ways.map(({ id }) => id),
    },
    subscribe: (tenant, reader) => feed.subscribe(tenant, reader),
    subscribeCalls: (tenant, reader) => calls.subscribe(tenant, reader),
    subscribeHouse: (tenant, reader) => house.subscribe(tenant, reader),
    entriesSince: (tenant, position) => feed.since(tenant, position),
    moveClock(target) {
      const { sandbox } = deps;
      if (!sandbox || !timers) return Promise.reject(new Error('Only a demo has a movable clock'));
      const running = timers;
      const mine = moving.then(() => move(sandbox, running, target));
      moving = mine.catch(() => undefined);
      return mine;
    },
    drainJobs,
    begin,
    async close() {
      await begun?.catch(() => undefined);
      await timers?.stop();
      await pump?.stop();
      await noticePump?.stop();
      await jobs?.stop();
      await handler.idle();
      await anchoring?.stop();
      listener.close();
      feed.close();
    },
  };
}

import pg, { type Pool } from 'pg';
import { z } from 'zod';
import type { Directory } from '#case/context.ts';
import { replay } from '#case/evolve.ts';
import type { Calendar } from '#clock/calendar.ts';
import { formatLocal } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import { type AppendItem, appendBatch } from '#journal/append.ts';
import { type CaseFile, look, readJournal } from '#journal/read.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { openBatcher, type Waiting } from './batch.ts';
import { appendClaiming, type Claims, claimsIn, claimsNothing } from './claims.ts';
import { moveTarget, notInForce, recordVersion } from './move-target.ts';
import { type Numbering, openCaseNumbers, seriesOf } from './numbers.ts';
import type { Packs } from './packs.ts';
import { type Plan, plan, type Surroundings } from './plan.ts';
import { type Handled, isRegister, type Request, requestDigest } from './request.ts';
import type { TimeSource } from './time.ts';
import { uuid7 } from './uuid.ts';

/** What the one write needs around it. */
export interface HandlerDeps {
  pool: Pool;
  time: TimeSource;
  packs: Packs;
  directory: { at(tenant: string, now: Instant): Promise<Directory> };
  calendars: ReadonlyMap<string, Calendar>;
  /** Whether notices can leave the house. */
  mail: boolean;
  /** Whether a company is connected to a service that carries messages; absent: none is. */
  messages?: ((tenant: string) => Promise<boolean>) | undefined;
  /** Told after a batch is on disk: the earliest timer in it. */
  onTimer?: (dueAt: Instant) => void;
}

export interface Handler {
  handle(request: Request): Promise<Result<Handled>>;
  /** What a decision needs, for those who write in a transaction of their own. */
  surroundings(tenant: string, pack: CompiledPack, now: Instant): Promise<Surroundings>;
  /** Does something urgent, such as firing a timer, before most of what waits. */
  first<T>(work: () => Promise<T>): Promise<T>;
  idle(): Promise<void>;
}

type Item = Waiting<Job, Result<Handled>>;
interface Job {
  request: Request;
  caseId: string;
  digest: string;
}
interface Planned {
  waiting: Item;
  plan: Plan;
  append: AppendItem;
  /** Uploads and numbers that the new entries name: they become the case's in the same transaction. */
  claims: Claims;
}

const ATTEMPTS = 12;
const answerShape = z.object({ caseId: z.string(), fromSeq: z.number(), seq: z.number() });

/** Opens the one way by which anything befalls a case. */
export function openHandler(deps: HandlerDeps): Handler {
  const { pool, time, packs } = deps;
  const numbers = openCaseNumbers(pool);

  const surroundings = async (tenant: string, pack: CompiledPack, now: Instant): Promise<Surroundings> => {
    const calendar = deps.calendars.get(pack.calendar);
    if (!calendar) throw new Error(`Pack ${pack.pack} names the unknown calendar ${pack.calendar}`);
    return {
      tenant,
      now,
      pack,
      calendar,
      directory: await deps.directory.at(tenant, now),
      mail: deps.mail,
      messages: (await deps.messages?.(tenant)) ?? false,
      draw: (by, count) => numbers.draw(tenant, by, now, calendar.offsetMinutes, count),
    };
  };

  const work = async (items: readonly Item[]): Promise<void> => {
    let rest = items;
    for (let attempt = 1; rest.length > 0; attempt += 1) {
      if (attempt > ATTEMPTS) throw new Error('A case changed under every attempt to write it');
      rest = await once(rest);
    }
  };

  /** One try for all items; answers those whose case was changed by another process meanwhile. */
  const once = async (items: readonly Item[]): Promise<Item[]> => {
    const tenant = items[0]?.group ?? '';
    const now = time.now();
    const orders = items.filter(({ input }) => !isRegister(input.request));
    const keys = orders.flatMap(({ input }) => input.request.idempotencyKey ?? []);
    const found =
      orders.length === 0
        ? undefined
        : await look(
            pool,
            tenant,
            orders.map((o) => o.input.caseId),
            keys,
          );
    const drawn = await drawNumbers(items, now);
    const planned: Planned[] = [];
    const unused: string[] = [];
    for (const waiting of items) {
      const { request } = waiting.input;
      const before = request.idempotencyKey === undefined ? undefined : found?.answers.get(request.idempotencyKey);
      if (before) {
        await answerAgain(waiting, before);
        continue;
      }
      try {
        const made = await planOne(waiting, found?.cases, drawn.get(waiting), now);
        if (made.ok) {
          const { pack, packVersion } = made.value.state;
          planned.push(toAppend(waiting, made.value, await packs.version(tenant, pack, packVersion), now));
        } else {
          unused.push(...(drawn.get(waiting) ?? []));
          waiting.resolve(made);
        }
      } catch (cause) {
        unused.push(...(drawn.get(waiting) ?? []));
        waiting.reject(cause);
      }
    }
    if (unused.length > 0) numbers.giveBack(tenant, unused);
    const alone = planned.filter((one) => !claimsNothing(one.claims) || isMove(one));
    const plain = planned.filter((one) => !alone.includes(one));
    const again = plain.length === 0 ? [] : await write(tenant, plain);
    for (const one of alone) again.push(...(await write(tenant, [one])));
    return again;
  };

  const write = async (tenant: string, planned: readonly Planned[]): Promise<Item[]> => {
    let said: Awaited<ReturnType<typeof appendBatch | typeof appendClaiming>>;
    const [first] = planned;
    try {
      said =
        first && !claimsNothing(first.claims)
          ? await appendClaiming(pool, tenant, first.append, first.plan.state.id, first.claims)
          : first && isMove(first)
            ? await recordVersion(pool, tenant, first.append, first.plan.state)
            : await appendBatch(
                pool,
                tenant,
                planned.map((p) => p.append),
              );
    } catch (cause) {
      // With an SQL state the server has rolled everything back. Without one nobody knows: the sender must ask again
      // with the same key, and we must not write a second time.
      if (cause instanceof pg.DatabaseError) {
        numbers.giveBack(
          tenant,
          planned.flatMap((p) => newNumbers(p.plan)),
        );
        if (planned.length > 1) throw cause;
      }
      for (const { waiting } of planned) waiting.reject(cause);
      return [];
    }
    if ('code' in said) {
      if (first) numbers.giveBack(tenant, newNumbers(first.plan));
      first?.waiting.resolve(refuse(said));
      return [];
    }
    const repeated = new Map(said.repeated.map((r) => [r.item, r]));
    const again: Item[] = [];
    let earliest = Infinity;
    for (const [i, { waiting, plan: made, append }] of planned.entries()) {
      const before = repeated.get(i);
      if (before) {
        numbers.giveBack(tenant, newNumbers(made));
        await answerAgain(waiting, before);
      } else if (said.conflicts.includes(i)) {
        numbers.giveBack(tenant, newNumbers(made));
        again.push(waiting);
      } else {
        for (const timer of append.timers) earliest = Math.min(earliest, timer.dueAt ?? Infinity);
        const { state, fromSeq, events } = made;
        waiting.resolve(
          accept({ caseId: state.id, number: state.number, fromSeq, seq: state.seq, state, events, repeated: false }),
        );
      }
    }
    if (earliest < Infinity) deps.onTimer?.(earliest);
    return again;
  };

  const drawNumbers = async (items: readonly Item[], now: Instant): Promise<Map<Item, string[]>> => {
    const drawn = new Map<Item, string[]>();
    const bySeries = new Map<string, { items: Item[]; by: Numbering; offset: number }>();
    for (const item of items) {
      const { request } = item.input;
      if (!isRegister(request)) continue;
      const pack = await packs.current(request.tenant, request.pack);
      const name = request.command.procedure ?? pack?.matters[request.command.matter]?.procedure;
      const by = name === undefined ? undefined : pack?.procedures[name];
      if (!pack || by === undefined) continue;
      const offset = deps.calendars.get(pack.calendar)?.offsetMinutes ?? 480;
      const key = seriesOf(by, now, offset);
      const series = bySeries.get(key) ?? { items: [], by, offset };
      series.items.push(item);
      bySeries.set(key, series);
    }
    for (const series of bySeries.values()) {
      const given = await numbers.draw(items[0]?.group ?? '', series.by, now, series.offset, series.items.length);
      for (const [i, item] of series.items.entries()) drawn.set(item, given.slice(i, i + 1));
    }
    return drawn;
  };

  const planOne = async (
    { input }: Item,
    files: ReadonlyMap<string, CaseFile> | undefined,
    drawn: readonly string[] | undefined,
    now: Instant,
  ): Promise<Result<Plan>> => {
    const { request, caseId } = input;
    if (isRegister(request)) {
      const pack = await packs.current(request.tenant, request.pack);
      if (!pack) return refuse(unknownPack(request.pack));
      const around = await surroundings(request.tenant, pack, now);
      return plan(null, caseId, { ...request.command, number: drawn?.[0] ?? '' }, request.actor, around);
    }
    const file = files?.get(caseId);
    if (!file) return refuse(unknownCase);
    if (request.ifMatch !== undefined && request.ifMatch !== file.seq) return refuse(changedMeanwhile(file));
    const { tenant, command, actor } = request;
    const pack = await packs.version(tenant, file.state.pack, file.state.packVersion);
    const around = await surroundings(tenant, pack, now);
    if (command.type !== 'move') return plan(file, caseId, command, actor, around);
    const target = await moveTarget({ pool, packs, calendars: deps.calendars }, tenant, file.state);
    if (target?.pack.version !== command.version) return refuse(notInForce(command.version, target?.pack.version));
    return plan(file, caseId, command, actor, { ...around, target });
  };

  /** The first answer once more: the case as it stood then, rebuilt from its journal. */
  const answerAgain = async (waiting: Item, before: { digest: string; answer: unknown }): Promise<void> => {
    try {
      if (before.digest !== waiting.input.digest) return waiting.resolve(refuse(keyReused));
      const { caseId, fromSeq, seq } = answerShape.parse(before.answer);
      const { tenant } = waiting.input.request;
      const entries = await withTenant(pool, tenant, (client) => readJournal(client, tenant, caseId, { upto: seq }));
      const state = replay(caseId, entries);
      const events = entries.filter((entry) => entry.seq > fromSeq);
      waiting.resolve(accept({ caseId, number: state.number, fromSeq, seq, state, events, repeated: true }));
    } catch (cause) {
      waiting.reject(cause);
    }
  };

  const batcher = openBatcher<Job, Result<Handled>>(work);
  return {
    surroundings,
    first: (work) => batcher.first(work),
    idle: () => batcher.idle(),
    handle(request) {
      const caseId = request.caseId ?? uuid7(time.now());
      const key = request.idempotencyKey;
      const digest = key === undefined ? '' : requestDigest(request);
      const lanes = [...(isRegister(request) ? [] : [caseId]), ...(key === undefined ? [] : [`key ${key}`])];
      return batcher.run({ request, caseId, digest }, request.tenant, lanes);
    },
  };
}

const isMove = ({ waiting }: Planned): boolean => waiting.input.request.command.type === 'move';

const newNumbers = (made: Plan): string[] =>
  made.item.cases.filter((write) => write.expected === 0).map((write) => write.state.number);

function toAppend(waiting: Item, made: Plan, pack: CompiledPack, now: Instant): Planned {
  const { request, digest, caseId } = waiting.input;
  const answer = { caseId, fromSeq: made.fromSeq, seq: made.state.seq };
  const key = request.idempotencyKey;
  return {
    waiting,
    plan: made,
    claims: claimsIn(made, pack),
    append: key === undefined ? made.item : { ...made.item, key: { key, digest, answer, at: now } },
  };
}

const unknownCase = refusal('case.unknown', {
  zh: '没有这个案件，或您无权查看',
  en: 'There is no such case, or it is not yours to see',
});
const keyReused = refusal('idempotency.keyReused', {
  zh: '这个请求编号已用于另一项内容不同的请求：请换一个新编号',
  en: 'This idempotency key was used for a different request: use a new key',
});
const unknownPack = (pack: string): Refusal =>
  refusal(
    'register.unknownPack',
    { zh: `没有已发布的制度“${pack}”`, en: `No procedure “${pack}” is published` },
    { field: 'pack' },
  );

/** Somebody was faster: says who, when, and where the case stands now. */
function changedMeanwhile(file: CaseFile): Refusal {
  const at = formatLocal(file.changedAt, undefined, true);
  const who = file.changedBy === '' ? { zh: '系统', en: 'the system' } : { zh: file.changedBy, en: file.changedBy };
  return refusal(
    'case.changedMeanwhile',
    {
      zh: `${who.zh} 已于 ${at} 更新本件（现为第 ${file.seq} 条记录）：请先看最新内容再提交`,
      en: `${who.en} changed this case at ${at} (it is now at entry ${file.seq}): look at it again before you submit`,
    },
    { who },
  );
}

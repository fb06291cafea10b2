import type { Pool, PoolClient } from 'pg';
import type { Calendar } from '#clock/calendar.ts';
import { formatLocal } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import { staffFor } from '#directory/vacancies.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { Problem } from '#policy/problem.ts';
import type { PackSource } from '#policy/source.ts';
import { examined, type Packs, putInForce, sealSources, versionTaken } from './packs.ts';
import {
  holdProposal,
  keepProposal,
  type Origin,
  type Proposal,
  proposalById,
  type Settlement,
  settleProposal,
  sourcesOf,
} from './proposals.ts';
import { setSchedules } from './schedules.ts';
import type { TimeSource } from './time.ts';

export interface PublishingDeps {
  pool: Pool;
  time: TimeSource;
  packs: Packs;
  calendars: ReadonlyMap<string, Calendar>;
  /** Told of the next moment something must be done at. */
  wake(dueAt: Instant): void;
}

export interface Decision {
  act: 'approve' | 'reject' | 'withdraw';
  by: { id: string; name: string };
  reason: string;
  /** The version in force that the reviewer compared with; null where there was none. */
  against?: string | null;
  /** From when it is in force; the present moment when absent. */
  from?: Instant;
}

export interface Publishing {
  /** Checks and keeps a version; a faulty one is kept too, and can never be approved. */
  handIn(
    tenant: string,
    given: {
      sources: readonly PackSource[];
      origin: Origin;
      note: string;
      author: { id: string | null; name: string };
    },
  ): Promise<Proposal>;
  /** Approves, rejects or withdraws what was handed in; refuses with proposal.*, pack.*. */
  decide(tenant: string, id: string, decision: Decision): Promise<Result<Proposal>>;
}

/** Key of the timer that puts an approved version in force. */
export const PUBLICATION = 'publication:';

/** Opens the way by which versions of procedures come into force. */
export function openPublishing(deps: PublishingDeps): Publishing {
  const { pool, time, packs } = deps;
  const read = async (tenant: string, id: string): Promise<Proposal> => {
    const found = await proposalById(pool, tenant, id);
    if (!found) throw new Error(`Proposal ${id} is gone`);
    return found;
  };
  return {
    async handIn(tenant, { sources, origin, note, author }) {
      const said = examined(sources);
      const { pack, version } = said.pack ?? nameOf(sources);
      const published = (await packs.list(tenant)).filter((one) => one.pack === pack);
      const taken = published.find((one) => one.version === version);
      const other = taken !== undefined && taken.digest !== sealSources(sources).digest;
      const problems = [...said.problems, ...(other ? [takenProblem(pack, version, sources)] : [])];
      const { findings, incomplete } = said;
      const id = await keepProposal(pool, tenant, {
        sources,
        pack,
        version,
        origin,
        note,
        author,
        basedOn: published.find((one) => one.current)?.version ?? null,
        verdict: { problems, findings, incomplete },
        sound: said.sound && !other,
        now: time.now(),
      });
      return read(tenant, id);
    },
    async decide(tenant, id, decision) {
      const now = time.now();
      const due = await withTenant(pool, tenant, (client) => settle(client, tenant, id, decision, now));
      if (!due.ok) return due;
      packs.drop(tenant);
      if (due.value !== null) deps.wake(due.value);
      return accept(await read(tenant, id));
    },
  };

  async function settle(
    client: PoolClient,
    tenant: string,
    id: string,
    decision: Decision,
    now: Instant,
  ): Promise<Result<Instant | null>> {
    const held = await holdProposal(client, tenant, id);
    if (!held) return refuse(unknown);
    const fault = decisionFault(held, decision, now);
    if (fault) return refuse(fault);
    const { act, by } = decision;
    const reason = decision.reason.trim();
    if (act !== 'approve') {
      await settleProposal(
        client,
        tenant,
        id,
        { status: act === 'reject' ? 'rejected' : 'withdrawn', by, reason },
        now,
      );
      return accept(null);
    }
    const current = (await packs.list(tenant)).find((one) => one.pack === held.pack && one.current)?.version ?? null;
    if (decision.against !== undefined && decision.against !== current) return refuse(outdated(current));
    const { pack, sound } = examined(await sourcesOf(client, tenant, id));
    if (!pack || !sound) return refuse(faulty);
    const vacant = await staffFor(client, tenant, pack, now);
    if (vacant) return refuse(vacant);
    const from = Math.max(decision.from ?? now, now);
    await settleProposal(client, tenant, id, { status: 'approved', by, reason, inForceFrom: from }, now);
    if (from === now) return enact(client, deps, tenant, id, now);
    await client.query(
      `insert into huiyin.timer (tenant_id, key, due_at, wake_at)
       values ($1, $2, huiyin.instant($3), huiyin.instant($3))`,
      [tenant, PUBLICATION + id, from],
    );
    return accept(from);
  }
}

/**
 * Puts an approved version in force, inside the caller's transaction. Whoever is wanting by then keeps it out: that is
 * written down and the version before stays. Answers the next moment something is due.
 */
export async function enact(
  client: PoolClient,
  { calendars }: Pick<PublishingDeps, 'calendars'>,
  tenant: string,
  id: string,
  now: Instant,
): Promise<Result<Instant | null>> {
  const held = await holdProposal(client, tenant, id);
  if (held?.status !== 'approved') return accept(null);
  const sources = await sourcesOf(client, tenant, id);
  const { pack } = examined(sources);
  if (!pack) return refuse(faulty);
  const vacant = await staffFor(client, tenant, pack, now);
  const by = `${held.authorName} → ${held.reviewerName ?? ''}`;
  const enactment = { pack, ...sealSources(sources), by, reviewNote: held.reason ?? '', now };
  const against = vacant ?? (await putInForce(client, tenant, enactment));
  if (against) {
    await settleProposal(client, tenant, id, { status: 'failed', settled: against.message }, now);
    return held.decidedAt === now ? refuse(against) : accept(null);
  }
  await settleProposal(client, tenant, id, { status: 'inForce' } satisfies Settlement, now);
  return accept(await setSchedules(client, tenant, pack, calendarOf(calendars, pack), now));
}

function calendarOf(calendars: ReadonlyMap<string, Calendar>, pack: CompiledPack): Calendar {
  const calendar = calendars.get(pack.calendar);
  if (!calendar) throw new Error(`Pack ${pack.pack} names the unknown calendar ${pack.calendar}`);
  return calendar;
}

function decisionFault(held: Proposal, { act, by, reason, from }: Decision, now: Instant): Refusal | undefined {
  if (held.status === 'faulty' && act === 'approve') return faulty;
  if (held.status !== 'waiting' && !(held.status === 'faulty' && act === 'withdraw')) return decided(held);
  if (act === 'withdraw') return held.authorId === by.id ? undefined : notAuthor(held);
  if (held.authorId === by.id) return ownWork;
  if (reason.trim() === '')
    return refusal('proposal.withoutReason', { zh: '请写明理由', en: 'Say why' }, { field: 'reason' });
  if (from !== undefined && from > now + YEAR)
    return refusal('proposal.tooFar', { zh: '生效时间最多在一年之内', en: 'Within a year at most' }, { field: 'from' });
  return undefined;
}

const YEAR = 366 * 24 * 3_600_000;

const unknown = refusal('proposal.unknown', { zh: '没有这份送审稿', en: 'There is no such proposal' });
const faulty = refusal('proposal.faulty', {
  zh: '检查没有通过，不能批准：请作者改正后重新提交',
  en: 'The check has findings, so it cannot be approved: the author corrects it and hands it in again',
});
export const ownWork = refusal('role.ownWork', {
  zh: '自己提交的版本不能自己复核，须由另一人批准',
  en: 'Nobody approves what he handed in himself; another person must',
});
const notAuthor = ({ authorName }: Proposal): Refusal =>
  refusal('role.notYours', {
    zh: `只有提交人 ${authorName} 可以撤回`,
    en: `Only ${authorName}, who handed it in, may withdraw it`,
  });
const outdated = (current: string | null): Refusal =>
  refusal('proposal.outdated', {
    zh: `现行版本已变为 ${current ?? '（无）'}，请重新看过差异再定`,
    en: `Meanwhile ${current ?? 'no version'} is in force: look at what changes again`,
  });

function decided({ status, reviewerName, decidedAt }: Proposal): Refusal {
  const at = decidedAt === null ? '' : formatLocal(decidedAt, undefined, true);
  return refusal('proposal.decided', {
    zh: `这份送审稿已由 ${reviewerName ?? '检查程序'} ${at} 处理过（${STATUS[status]?.zh ?? status}）`,
    en: `This was settled already by ${reviewerName ?? 'the check'} ${at} (${STATUS[status]?.en ?? status})`,
  });
}
const STATUS: { [status: string]: { zh: string; en: string } } = {
  faulty: { zh: '检查未通过', en: 'check failed' },
  approved: { zh: '已批准，待生效', en: 'approved, not yet in force' },
  inForce: { zh: '已生效', en: 'put in force' },
  rejected: { zh: '已退回', en: 'rejected' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  failed: { zh: '未能生效', en: 'could not come into force' },
};

function takenProblem(pack: string, version: string, sources: readonly PackSource[]): Problem {
  const head = sources.find((source) => source.path === 'pack.yaml')?.text ?? '';
  const line = head.split('\n').findIndex((text) => text.startsWith('version:')) + 1;
  const { code, message } = versionTaken(pack, version);
  return { code, file: 'pack.yaml', line: Math.max(1, line), column: 1, path: 'version', message };
}

/** What a text that cannot be read calls itself. */
export function nameOf(sources: readonly PackSource[]): { pack: string; version: string } {
  const head = sources.find((source) => source.path === 'pack.yaml')?.text ?? '';
  return {
    pack: /^pack:\s*["']?([A-Z][A-Z0-9]{0,7})\b/m.exec(head)?.[1] ?? '',
    version: /^version:\s*["']?(\d+\.\d+\.\d+)\b/m.exec(head)?.[1] ?? '',
  };
}

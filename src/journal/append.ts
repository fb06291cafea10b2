import type { ClientBase, Pool } from 'pg';
import { z } from 'zod';
import type { CaseState } from '#case/state.ts';
import { statement } from '#db/statement.ts';
import type { Instant } from '#kernel/instant.ts';
import { announce } from './announce.ts';
import type { CaseRow } from './case-row.ts';
import type { SealedEntry } from './chain.ts';

/** What becomes of one case: its new state and the entries that led there. `expected` 0 begins the case. */
export interface CaseWrite {
  expected: number;
  state: CaseState;
  row: CaseRow;
  /** The words it is found by; null when they have not changed. */
  search: string | null;
  headHash: Buffer;
  entries: readonly SealedEntry[];
  changedAt: Instant;
  changedBy: string;
}

/** A timer to set, or to take away (`dueAt` null). */
export interface TimerWrite {
  key: string;
  caseId: string | null;
  dueAt: Instant | null;
}

export interface NoticeWrite {
  caseId: string;
  seq: number;
  notice: string;
  recipientKind: 'person' | 'owner';
  recipientId: string | null;
  recipientName: string;
  role: string;
  textZh: string;
  textEn: string;
  at: Instant;
  delivery: 'page' | 'waiting';
}

/** An outside effect; `key` makes a second job for the same thing replace the first. */
export interface JobWrite {
  task: string;
  payload: object;
  key: string;
  attempts: number;
}

/** What one request writes: all of it or nothing. */
export interface AppendItem {
  key?: { key: string; digest: string; answer: object; at: Instant };
  cases: readonly CaseWrite[];
  timers: readonly TimerWrite[];
  notices: readonly NoticeWrite[];
  jobs: readonly JobWrite[];
}

const answerShape = z.object({
  repeated: z.array(z.object({ item: z.number(), digest: z.string(), answer: z.unknown() })).nullable(),
  conflicts: z.array(z.number()).nullable(),
  news: z.string().nullable(),
});

/** Which items were left out, and why; every other item is written and, outside a transaction, on disk. */
export interface Appended {
  repeated: { item: number; digest: string; answer: unknown }[];
  conflicts: number[];
}

const PARAMETERS = 55;
const append = statement<{ said: unknown }>(
  'journal.append',
  `select huiyin.append(${Array.from({ length: PARAMETERS }, (_, i) => `$${i + 1}`).join(', ')}) as said`,
);

/** Writes a batch of one tenant in a single statement. */
export async function appendBatch(
  on: Pool | ClientBase,
  tenant: string,
  items: readonly AppendItem[],
): Promise<Appended> {
  const cases = items.flatMap((item, i) => item.cases.map((write) => ({ i, ...write })));
  const lines = cases.flatMap(({ i, entries }) => entries.map((entry) => ({ i, entry })));
  const timers = items.flatMap((item, i) => item.timers.map((timer) => ({ i, ...timer })));
  const keys = items.flatMap((item, i) => (item.key ? [{ item: i, ...item.key }] : []));
  const notices = items.flatMap((item, i) => item.notices.map((notice) => noticeJson(i, notice)));
  const jobs = items.flatMap((item, i) => item.jobs.map((job) => ({ item: i, ...job })));
  const values: unknown[] = [tenant, orNull(keys)];
  const column = <T>(rows: readonly T[], read: (row: T) => unknown): void => {
    values.push(rows.map(read));
  };
  column(cases, (c) => c.i);
  column(cases, (c) => c.expected);
  column(cases, (c) => c.state.id);
  column(cases, (c) => c.row.number);
  column(cases, (c) => c.row.pack);
  column(cases, (c) => c.row.packVersion);
  column(cases, (c) => c.row.procedure);
  column(cases, (c) => c.row.matter);
  column(cases, (c) => c.row.channel);
  column(cases, (c) => c.row.stateName);
  column(cases, (c) => JSON.stringify(c.state));
  column(cases, (c) => c.state.seq);
  column(cases, (c) => c.headHash);
  column(cases, (c) => c.row.open);
  column(cases, (c) => c.row.nextDueAt ?? Infinity);
  column(cases, (c) => c.row.nextDueClock);
  column(cases, (c) => c.row.breachLevel);
  column(cases, (c) => c.row.assigneeId);
  column(cases, (c) => c.row.assigneeName);
  column(cases, (c) => c.row.caseOfficerId);
  column(cases, (c) => c.row.responsibleId);
  column(cases, (c) => c.row.responsibleUnit);
  column(cases, (c) => c.row.premisesId);
  column(cases, (c) => c.row.category);
  column(cases, (c) => c.row.summary);
  column(cases, (c) => c.row.waitsFor.join(','));
  column(cases, (c) => c.row.receivedAt);
  column(cases, (c) => c.row.registeredAt);
  column(cases, (c) => c.row.closedAt);
  column(cases, (c) => c.row.archivedAt);
  column(cases, (c) => c.changedAt);
  column(cases, (c) => c.changedBy);
  column(cases, (c) => c.search);
  column(lines, (l) => l.i);
  column(lines, (l) => l.entry.caseId);
  column(lines, (l) => l.entry.seq);
  column(lines, (l) => l.entry.type);
  column(lines, (l) => l.entry.at);
  column(lines, (l) => l.entry.actor);
  column(lines, (l) => l.entry.data);
  column(lines, (l) => l.entry.personal);
  column(lines, (l) => l.entry.salt);
  column(lines, (l) => l.entry.personalSalt);
  column(lines, (l) => l.entry.dataDigest);
  column(lines, (l) => l.entry.personalDigest);
  column(lines, (l) => l.entry.prevHash);
  column(lines, (l) => l.entry.hash);
  column(timers, (t) => t.i);
  column(timers, (t) => t.key);
  column(timers, (t) => t.caseId);
  column(timers, (t) => t.dueAt);
  values.push(orNull(notices), orNull(jobs));
  const row = await append.one(on, values);
  const { repeated, conflicts, news } = answerShape.parse(row?.said);
  if (news !== null) await announce(on, news);
  return { repeated: repeated ?? [], conflicts: conflicts ?? [] };
}

const orNull = (rows: readonly unknown[]): string | null => (rows.length === 0 ? null : JSON.stringify(rows));

const noticeJson = (item: number, n: NoticeWrite): object => ({
  item,
  case_id: n.caseId,
  seq: n.seq,
  notice: n.notice,
  recipient_kind: n.recipientKind,
  recipient_id: n.recipientId,
  recipient_name: n.recipientName,
  role: n.role,
  text_zh: n.textZh,
  text_en: n.textEn,
  at: n.at,
  delivery: n.delivery,
});

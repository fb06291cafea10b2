import type { Pool } from 'pg';
import type { Duty, PersonRef } from '#case/event.ts';
import type { CaseState, ClockRun, Entry } from '#case/state.ts';
import { withTenant } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { PackSpec } from '#policy/language/pack.ts';

/** One run of a clock, as far as figures need it. */
export type RunFact = Pick<ClockRun, 'clock' | 'run' | 'status' | 'startedAt' | 'dueAt' | 'stoppedAt' | 'breachedAt'>;

/** One entry of a step. */
export type EntryFact = Pick<Entry, 'seq' | 'step' | 'at' | 'values'>;

/** What figures need of one case. */
export interface CaseFact {
  id: string;
  number: string;
  procedure: string;
  /** The pack's channel, or the way it truly came by where the pack has none for it. */
  channel: string;
  /** What people call that way; null: as the pack does. */
  via: Text | null;
  category: string | null;
  premisesId: string | null;
  open: boolean;
  receivedAt: Instant;
  registeredAt: Instant;
  closedAt: Instant | null;
  archivedAt: Instant | null;
  outcome: string | null;
  duties: { [D in Duty]: PersonRef | null };
  runs: RunFact[];
  /** Only of the steps asked for, in the order of the journal. */
  entries: EntryFact[];
}

interface Span {
  from: Instant;
  to: Instant;
}

/** Which cases to read: those received within the period, or those that are open and past a deadline at `overdueAt`. */
export interface FactFilter {
  pack: string;
  procedures: readonly string[];
  received?: Span;
  /** … or those that ended within it, or were under way at some time of it. */
  ended?: Span;
  underWay?: Span;
  overdueAt?: Instant;
  /** Only cases this person answers for or follows up. */
  personId?: string;
  /** A term of the taxonomy and everything under it. */
  category?: string;
  /** Steps whose entries are wanted. */
  steps?: readonly string[];
  limit?: number;
  /** As they were received. */
  inOrder?: true;
}

interface Row extends Omit<CaseFact, 'via' | 'entries' | 'runs' | 'duties' | 'outcome'> {
  state: CaseState;
}

// The state travels whole: taking it apart in SQL took longer than parsing it here.
const READ = `select c.id, c.number, c.procedure, c.channel, c.category, c.premises_id as "premisesId", c.open,
    c.received_at as "receivedAt", c.registered_at as "registeredAt", c.closed_at as "closedAt",
    c.archived_at as "archivedAt", c.state
  from huiyin.case_list c where c.pack = $1 and c.procedure = any ($2::text[])`;
const PAGE = 500;

/** Reads the facts of many cases one after another, without holding them all in memory. */
export async function eachFact(
  pool: Pool,
  tenant: string,
  filter: FactFilter,
  take: (fact: CaseFact, state: CaseState) => void,
): Promise<void> {
  const values: unknown[] = [filter.pack, filter.procedures];
  const where: string[] = [];
  const and = (sql: (place: string) => string, value: unknown): void => {
    values.push(value);
    where.push(` and ${sql(`$${values.length}`)}`);
  };
  if (filter.received) {
    and((p) => `c.received_at >= huiyin.instant(${p})`, filter.received.from);
    and((p) => `c.received_at < huiyin.instant(${p})`, filter.received.to);
  }
  const { ended, underWay } = filter;
  if (ended) {
    and((p) => `c.closed_at >= huiyin.instant(${p})`, ended.from);
    and((p) => `c.closed_at < huiyin.instant(${p})`, ended.to);
  }
  if (underWay) {
    and((p) => `c.received_at < huiyin.instant(${p})`, underWay.to);
    and((p) => `(c.closed_at is null or c.closed_at >= huiyin.instant(${p}))`, underWay.from);
  }
  if (filter.overdueAt !== undefined) and((p) => `c.open and c.next_due_at < huiyin.instant(${p})`, filter.overdueAt);
  if (filter.personId !== undefined) and((p) => `(c.assignee_id = ${p} or c.case_officer_id = ${p})`, filter.personId);
  if (filter.category !== undefined)
    and((p) => `(c.category = ${p} or starts_with(c.category, ${p} || '/'))`, filter.category);
  const order =
    filter.overdueAt !== undefined
      ? ' order by c.next_due_at, c.id'
      : filter.inOrder
        ? ' order by c.received_at, c.number'
        : '';
  const most = filter.limit === undefined ? '' : ` limit ${Math.floor(filter.limit)}`;
  await withTenant(pool, tenant, async (client) => {
    await client.query(`declare facts no scroll cursor for ${READ}${where.join('')}${order}${most}`, values);
    for (;;) {
      const { rows } = await client.query<Row>(`fetch ${PAGE} from facts`);
      for (const row of rows) take(toFact(row, filter.steps ?? []), row.state);
      if (rows.length < PAGE) return;
    }
  });
}

function toFact({ state, ...row }: Row, steps: readonly string[]): CaseFact {
  const entries = steps.flatMap((step) => state.entries[step] ?? []).sort((a, b) => a.seq - b.seq);
  const { via } = state;
  const way = { channel: via?.id ?? row.channel, via: via?.title ?? null };
  return { ...row, ...way, entries, runs: state.clocks, duties: state.duties, outcome: state.outcome };
}

/** The field of a step that says why a matter came up; its name has this meaning in every pack. */
export const CAUSE = 'cause';

/** Steps whose entries figures are made of: answers that metrics count, and findings that name a cause. */
export function countedSteps(pack: PackSpec, procedure: string): string[] {
  const answers = Object.values(pack.metrics).flatMap(({ procedure: of, measure }) =>
    of === procedure && 'share' in measure ? [measure.share.step, ...measure.share.against] : [],
  );
  const causes = Object.entries(pack.procedures[procedure]?.steps ?? {})
    .filter(([, step]) => CAUSE in step.fields)
    .map(([name]) => name);
  return [...new Set([...answers, ...causes])];
}

import { z } from 'zod';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import { loadDirectory } from '#directory/directory.ts';
import type { Instant } from '#kernel/instant.ts';
import { text } from '#kernel/text.ts';
import { type Answers, openAnswers } from './answers.ts';
import { drawsUp, isAbove, notForReader } from './authority.ts';
import { countedSteps, eachFact } from './case-facts.ts';
import { responsibleFor } from './clause-figures.ts';
import { openTallier, type Tally } from './clock-tally.ts';
import { daysOf, type Period, periodOf, periodParams } from './period.ts';
import { measuredProcedure } from './periodic-summary.ts';
import { plain, type ReportSpec, type Source } from './report.ts';

/** An open case that a person answers for or follows up. */
export interface OpenCase {
  id: string;
  number: string;
  procedure: string;
  state: string;
  summary: string;
  dueAt: Instant | null;
  dueClock: string | null;
  overdue: boolean;
}

/** One person's accounts (S1-34). `open` and `overdue` are of this moment; the rest is of cases received in the period. */
export interface PersonalBoard {
  personId: string;
  period: { kind: Period['kind']; from: string; to: string };
  open: number;
  overdue: number;
  /** Of the promises that were his. */
  promises: Tally;
  /** Of the cases he was the assignee of. */
  satisfaction: Answers | null;
  /** The open ones, next deadline first, up to 200. */
  cases: OpenCase[];
}

const params = z.strictObject({ ...periodParams, person: z.string().max(64).optional() });

const sums = statement<{ open: number; overdue: number }>(
  'reports.boardSums',
  `select count(*)::int as open, count(*) filter (where next_due_at < huiyin.instant($2))::int as overdue
   from huiyin.case_list where open and (assignee_id = $1 or case_officer_id = $1)`,
);
const list = statement<OpenCase>(
  'reports.boardCases',
  `select id, number, procedure, state_name as state, summary, nullif(next_due_at, 'infinity') as "dueAt",
     next_due_clock as "dueClock", next_due_at < huiyin.instant($2) as overdue
   from huiyin.case_list where open and (assignee_id = $1 or case_officer_id = $1) order by next_due_at, id limit 200`,
);

/** A person's own board; it is open to himself, to those above him and to whoever draws up the summaries. */
export const personalBoardReport: ReportSpec<z.output<typeof params>> = {
  name: 'personalBoard',
  title: text('个人看板', 'Personal board'),
  params,
  async refuses({ pool, tenant, now, pack, reader }, { person }) {
    if (person === undefined || person === reader.personId || drawsUp(pack, 'periodicSummary', reader))
      return undefined;
    return isAbove(await loadDirectory(pool, tenant, now), reader.personId, person) ? undefined : notForReader;
  },
  async compute(source, asked) {
    const person = asked.person ?? source.reader?.personId ?? '';
    return plain(await personalBoard(source, person, periodOf(asked, source.now)));
  },
};

export async function personalBoard(
  { pool, tenant, now, pack }: Omit<Source, 'reader'>,
  personId: string,
  period: Period,
): Promise<PersonalBoard> {
  const [sum, cases] = await withTenant(pool, tenant, async (client) => [
    await sums.one(client, [personId, now]),
    await list.run(client, [personId, now]),
  ]);
  const procedures = Object.keys(pack.procedures);
  const measured = measuredProcedure(pack);
  const tallier = openTallier(now);
  const answers = measured === undefined ? undefined : openAnswers(pack, measured);
  const steps = measured === undefined ? [] : countedSteps(pack, measured);
  await eachFact(pool, tenant, { pack: pack.pack, procedures, steps, personId, received: period }, (fact) => {
    for (const run of fact.runs) if (responsibleFor(pack, run, fact)?.id === personId) tallier.add(run);
    if (fact.procedure === measured && fact.duties.assignee?.id === personId) answers?.add(fact);
  });
  return {
    personId,
    period: { kind: period.kind, ...daysOf(period) },
    open: sum?.open ?? 0,
    overdue: sum?.overdue ?? 0,
    promises: tallier.tally(),
    satisfaction: answers?.sum() ?? null,
    cases,
  };
}

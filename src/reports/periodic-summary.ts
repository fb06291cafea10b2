import { z } from 'zod';
import type { Values } from '#case/event.ts';
import { type Text, text } from '#kernel/text.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import { type Answers, answerMetric, answerOf, countAnswers } from './answers.ts';
import { drawsUp, notForReader } from './authority.ts';
import { CAUSE, type CaseFact, countedSteps, eachFact } from './case-facts.ts';
import { medianHours, openTallier, spanTo, type Tally } from './clock-tally.ts';
import { more, type ParetoRow, pareto } from './pareto.ts';
import { daysOf, type Period, periodOf, periodParams } from './period.ts';
import { plain, type ReportSpec, type Source } from './report.ts';
import { summaryLines } from './summary-lines.ts';
import { categoryTitles, channelTitle, countedPlaces, NONE } from './titles.ts';

/** Figures of the matters a company received in a period. */
export interface Summary {
  period: { kind: Period['kind']; from: string; to: string };
  procedure: string;
  procedureTitle: Text;
  count: number;
  stillOpen: number;
  /** How each promise that the pack measures was kept; median hours from receipt to the act it waits for. */
  timeliness: ({ clock: string; title: Text; clause: string; medianHours: number | null } & Tally)[];
  satisfaction: Answers | null;
  /** Cases that ended without a stated outcome; anything but 0 is a fault. */
  closedWithoutOutcome: number;
  /** Cases registered later than the procedure allows after they were received (S1-09). */
  lateRegistrations: { count: number; cases: string[] };
  byChannel: ParetoRow[];
  byCategory: (ParetoRow & { causes: ParetoRow[] })[];
  byPlace: ParetoRow[];
  byCause: ParetoRow[];
  /** How it reads on paper. */
  lines: string[];
}

const params = z.strictObject(periodParams);
const NAMED_CASES = 50;

/** Number, timeliness, satisfaction and what comes up most, for the cases received in a period (S1-27, S1-28, S1-37). */
export const periodicSummary: ReportSpec<z.output<typeof params>> = {
  name: 'periodicSummary',
  title: text('投诉汇总', 'Periodic summary'),
  params,
  refuses: ({ pack, reader }) => (drawsUp(pack, 'periodicSummary', reader) ? undefined : notForReader),
  async compute(source, asked) {
    const summary = await summarise(source, periodOf(asked, source.now));
    return { figures: plain(summary) };
  },
};

/** The summary within the values that the report answers with. */
export const summaryOf = (values: Values): Summary => values.figures as unknown as Summary;

/** The procedure a pack is judged by: that of its headline metric, else of its first. */
export function measuredProcedure(pack: PackSpec): string | undefined {
  const metrics = Object.values(pack.metrics);
  return (metrics.find((metric) => metric.headline) ?? metrics[0])?.procedure;
}

/** Computes the summary of one period. Throws when the pack measures nothing: it then has no use for a summary. */
export async function summarise({ pool, tenant, now, pack }: Source, period: Period): Promise<Summary> {
  const name = measuredProcedure(pack);
  const procedure = name === undefined ? undefined : pack.procedures[name];
  if (name === undefined || !procedure) throw new Error(`Pack ${pack.pack} measures nothing`);
  const facts: CaseFact[] = [];
  const filter = { pack: pack.pack, procedures: [name], received: period, steps: countedSteps(pack, name) };
  await eachFact(pool, tenant, filter, (fact) => facts.push(fact));
  const places = await countedPlaces(pool, tenant, [...new Set(facts.flatMap((fact) => fact.premisesId ?? []))]);
  const categories = categoryTitles(pack);
  const late = facts.filter((fact) => registeredLate(fact, procedure.intake.stops));
  const summary: Omit<Summary, 'lines'> = {
    period: { kind: period.kind, ...daysOf(period) },
    procedure: name,
    procedureTitle: procedure.title,
    count: facts.length,
    stillOpen: facts.filter((fact) => fact.open).length,
    timeliness: measuredClocks(pack, name).map((clock) => {
      const tallier = openTallier(now);
      for (const fact of facts) for (const run of fact.runs) if (run.clock === clock) tallier.add(run);
      const { title, clause } = procedure.clocks[clock] ?? { title: { zh: clock, en: clock }, clause: '' };
      const spans = facts.flatMap((fact) => spanTo(fact, clock) ?? []);
      return { clock, title, clause, ...tallier.tally(), medianHours: medianHours(spans) };
    }),
    satisfaction: satisfactionOf(pack, name, facts),
    closedWithoutOutcome: facts.filter((fact) => fact.closedAt !== null && !fact.outcome?.trim()).length,
    lateRegistrations: { count: late.length, cases: late.slice(0, NAMED_CASES).map((fact) => fact.number) },
    byChannel: pareto(
      countBy(facts, (fact) => fact.channel),
      channelTitle(pack),
    ),
    byCategory: pareto(
      countBy(facts, (fact) => fact.category ?? NONE),
      categories,
    ).map((row) => ({
      ...row,
      causes: causes(facts.filter((fact) => (fact.category ?? NONE) === row.key)),
    })),
    byPlace: pareto(
      countBy(facts, (fact) => places.keyOf(fact.premisesId)),
      places.titleOf,
    ),
    byCause: causes(facts),
  };
  return { ...summary, lines: summaryLines(summary) };
}

/** Clocks that the metrics of a procedure measure, in the pack's order. */
const measuredClocks = (pack: PackSpec, procedure: string): string[] =>
  Object.values(pack.metrics).flatMap((metric) =>
    metric.procedure === procedure && 'clock' in metric.measure ? [metric.measure.clock] : [],
  );

/** Answers of many cases by the pack's headline; null when it asks for none. */
export function satisfactionOf(pack: PackSpec, procedure: string, facts: readonly CaseFact[]): Answers | null {
  const metric = answerMetric(pack);
  if (metric?.procedure !== procedure) return null;
  const given = new Map<string, number>();
  for (const fact of facts) {
    const answer = answerOf(fact, metric.share);
    if (answer !== null) more(given, answer);
  }
  return countAnswers(pack, procedure, metric.share, given);
}

// A clock that registering itself stops measures how quickly that was done.
const registeredLate = (fact: CaseFact, stops: readonly { clock: string }[]): boolean =>
  fact.runs.some((run) => run.status === 'late' && stops.some(({ clock }) => clock === run.clock));

function countBy(facts: readonly CaseFact[], keyOf: (fact: CaseFact) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const fact of facts) more(counts, keyOf(fact));
  return counts;
}

/** The latest cause each case was found to have; cases without one are not counted. */
function causes(facts: readonly CaseFact[]): ParetoRow[] {
  const counts = new Map<string, number>();
  for (const fact of facts) {
    const found = fact.entries.findLast((entry) => typeof entry.values[CAUSE] === 'string')?.values[CAUSE];
    const cause = typeof found === 'string' ? found.normalize('NFKC').trim().replace(/\s+/g, ' ') : '';
    if (cause !== '') more(counts, cause);
  }
  return pareto(counts, (key) => ({ zh: key, en: key }));
}

import { z } from 'zod';
import type { Values } from '#case/event.ts';
import { type Text, text } from '#kernel/text.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import { type Answers, openAnswers } from './answers.ts';
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

/** Computes the summary of one period, case by case: a year of a large company needs no more memory than a day. */
export async function summarise({ pool, tenant, now, pack }: Source, period: Period): Promise<Summary> {
  const name = measuredProcedure(pack);
  const procedure = name === undefined ? undefined : pack.procedures[name];
  if (name === undefined || !procedure) throw new Error(`Pack ${pack.pack} measures nothing`);
  const clocks = measuredClocks(pack, name).map((clock) => ({
    clock,
    tallier: openTallier(now),
    spans: [] as number[],
  }));
  const answers = openAnswers(pack, name);
  const counts = { all: 0, open: 0, withoutOutcome: 0, late: 0 };
  const late: string[] = [];
  const [channels, premises, causes] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];
  const ways = new Map<string, Text>();
  const categories = new Map<string, Map<string, number>>();
  const sizes = new Map<string, number>();
  const filter = { pack: pack.pack, procedures: [name], received: period, steps: countedSteps(pack, name) };
  await eachFact(pool, tenant, filter, (fact) => {
    counts.all += 1;
    if (fact.open) counts.open += 1;
    if (fact.closedAt !== null && !fact.outcome?.trim()) counts.withoutOutcome += 1;
    if (registeredLate(fact, procedure.intake.stops)) {
      counts.late += 1;
      if (late.length < NAMED_CASES) late.push(fact.number);
    }
    for (const { clock, tallier, spans } of clocks) {
      for (const run of fact.runs) if (run.clock === clock) tallier.add(run);
      const span = spanTo(fact, clock);
      if (span !== null) spans.push(span);
    }
    answers?.add(fact);
    more(channels, fact.channel);
    if (fact.via) ways.set(fact.channel, fact.via);
    more(premises, fact.premisesId ?? NONE);
    const category = fact.category ?? NONE;
    more(sizes, category);
    const cause = causeOf(fact);
    if (cause === null) return;
    more(causes, cause);
    const own = categories.get(category) ?? new Map<string, number>();
    more(own, cause);
    categories.set(category, own);
  });
  const places = await countedPlaces(pool, tenant, [...premises.keys()]);
  const byPlace = new Map<string, number>();
  for (const [id, count] of premises) more(byPlace, places.keyOf(id), count);
  const summary: Omit<Summary, 'lines'> = {
    period: { kind: period.kind, ...daysOf(period) },
    procedure: name,
    procedureTitle: procedure.title,
    count: counts.all,
    stillOpen: counts.open,
    timeliness: clocks.map(({ clock, tallier, spans }) => {
      const { title, clause } = procedure.clocks[clock] ?? { title: { zh: clock, en: clock }, clause: '' };
      return { clock, title, clause, ...tallier.tally(), medianHours: medianHours(spans) };
    }),
    satisfaction: answers?.sum() ?? null,
    closedWithoutOutcome: counts.withoutOutcome,
    lateRegistrations: { count: counts.late, cases: late },
    byChannel: pareto(channels, (key) => ways.get(key) ?? channelTitle(pack)(key)),
    byCategory: pareto(sizes, categoryTitles(pack)).map((row) => ({
      ...row,
      causes: pareto(categories.get(row.key) ?? new Map(), asItIs),
    })),
    byPlace: pareto(byPlace, places.titleOf),
    byCause: pareto(causes, asItIs),
  };
  return { ...summary, lines: summaryLines(summary) };
}

const asItIs = (key: string): Text => ({ zh: key, en: key });

/** Clocks that the metrics of a procedure measure, in the pack's order. */
const measuredClocks = (pack: PackSpec, procedure: string): string[] =>
  Object.values(pack.metrics).flatMap((metric) =>
    metric.procedure === procedure && 'clock' in metric.measure ? [metric.measure.clock] : [],
  );

// A clock that registering itself stops measures how quickly that was done.
const registeredLate = (fact: CaseFact, stops: readonly { clock: string }[]): boolean =>
  fact.runs.some((run) => run.status === 'late' && stops.some(({ clock }) => clock === run.clock));

/** The latest cause a case was found to have, written one way; null when none was named. */
function causeOf(fact: CaseFact): string | null {
  const found = fact.entries.findLast((entry) => typeof entry.values[CAUSE] === 'string')?.values[CAUSE];
  return typeof found === 'string' ? found.normalize('NFKC').trim().replace(/\s+/g, ' ') || null : null;
}

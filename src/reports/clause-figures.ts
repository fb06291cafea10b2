import { z } from 'zod';
import { DAY, type Instant } from '#kernel/instant.ts';
import { type Text, text } from '#kernel/text.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import { repeatWords } from '#policy/tell/detail.ts';
import { answerOf } from './answers.ts';
import { figuresOf, notForReader, proceduresOf } from './authority.ts';
import { type CaseFact, countedSteps, eachFact, type RunFact } from './case-facts.ts';
import { medianHours, openTallier, share, standing, type Tallier, type Tally } from './clock-tally.ts';
import { daysOf, type Period, periodOf, periodParams } from './period.ts';
import { openRepeats, windowOf } from './repeats.ts';
import { plain, type ReportSpec, type Source } from './report.ts';

/** A case that is breaking a promise at this moment. */
export interface Breaking {
  caseId: string;
  number: string;
  dueAt: Instant;
  responsible: string | null;
  responsibleId: string | null;
}

/** What stands beside one clause of the procedure (制度即看板). */
export interface ClauseFigure extends Tally {
  procedure: string;
  clock: string;
  title: Text;
  clause: string;
  /** Hours from its start to the act that stopped it, the middle one. */
  medianHours: number | null;
  /** Cases that are past it now, longest first; `overdue` of every period, up to a hundred. */
  breachedNow: Breaking[];
  /** By the person whose promise it was; promises of a post, not of a person on the case, stand under null. */
  byPerson: ({ personId: string | null; name: string | null } & Tally)[];
}

export interface MetricFigure {
  metric: string;
  title: Text;
  clause: string;
  headline: boolean;
  /** A rate 0–1, or a number of cases. */
  value: number | null;
  kind: 'rate' | 'count';
  /** What the rate is a share of. */
  of: number;
  target: number | null;
  /** What is allowed of that which should be rare. */
  atMost: number | null;
  /** Whether the share is as wanted; null where nothing was measured or asked for. */
  met: boolean | null;
  /** What is counted, where that is a matter of definition. */
  how: Text | null;
}

export interface ClauseFigures {
  pack: string;
  version: string;
  period: { kind: Period['kind']; from: string; to: string };
  clauses: ClauseFigure[];
  metrics: MetricFigure[];
}

const params = z.strictObject({ ...periodParams, procedure: z.string().max(64).optional() });
const NAMED = 100;
/** A repair that takes longer than this is no longer followed by what comes again after it. */
const LONGEST_WORK = 366 * DAY;
// Enough to name the worst of every clause; a company with more has other worries than a complete list.
const OVERDUE_READ = 2_000;

/**
 * Figures beside every clause (制度即看板): whole for procedures that are the reader's work; where he is only given tasks,
 * the sums with no colleague's name, and what he owes himself.
 */
export const clauseFiguresReport: ReportSpec<z.output<typeof params>> = {
  name: 'clauseFigures',
  title: text('条款看板', 'Figures by clause'),
  params,
  refuses: ({ pack, reader }, { procedure }) => {
    const seen = figuresOf(pack, reader);
    return seen.length > 0 && (procedure === undefined || seen.includes(procedure)) ? undefined : notForReader;
  },
  async compute(source, asked) {
    const { pack, reader } = source;
    const whole = new Set(reader ? proceduresOf(pack, reader) : Object.keys(pack.procedures));
    const seen = reader ? new Set(figuresOf(pack, reader)) : whole;
    const wanted = Object.keys(pack.procedures).filter(
      (name) => seen.has(name) && (asked.procedure === undefined || name === asked.procedure),
    );
    const figures = await clauseFigures(source, periodOf(asked, source.now), wanted);
    const clauses = figures.clauses.map((one) => (whole.has(one.procedure) ? one : ownPart(one, reader?.personId)));
    return plain({ ...figures, clauses });
  },
};

const ownPart = (one: ClauseFigure, me: string | null | undefined): ClauseFigure => ({
  ...one,
  breachedNow: one.breachedNow.filter((broken) => broken.responsibleId === me),
  byPerson: one.byPerson.filter((person) => person.personId === me),
});

interface Sums {
  whole: Tallier;
  spans: number[];
  people: Map<string | null, { name: string | null; tallier: Tallier }>;
  breaking: Breaking[];
}

/** Figures of each clock over the cases received in a period, and every metric of the pack. */
export async function clauseFigures(
  { pool, tenant, now, pack }: Omit<Source, 'reader'>,
  period: Period,
  procedures: readonly string[] = Object.keys(pack.procedures),
): Promise<ClauseFigures> {
  const sums = new Map<string, Sums>();
  const sumsOf = (procedure: string, clock: string): Sums => {
    const key = `${procedure} ${clock}`;
    const there = sums.get(key) ?? { whole: openTallier(now), spans: [], people: new Map(), breaking: [] };
    sums.set(key, there);
    return there;
  };
  const metrics = new Map(Object.entries(pack.metrics).map(([name, metric]) => [name, { ...metric, kept: 0, of: 0 }]));
  const steps = procedures.flatMap((name) => countedSteps(pack, name));
  const filter = { pack: pack.pack, procedures, steps };
  await eachFact(pool, tenant, { ...filter, received: period }, (fact) => {
    for (const run of fact.runs) {
      const own = sumsOf(fact.procedure, run.clock);
      own.whole.add(run);
      if (run.stoppedAt !== null && (run.status === 'kept' || run.status === 'late'))
        own.spans.push(run.stoppedAt - run.startedAt);
      const person = responsibleFor(pack, run, fact);
      const his = own.people.get(person?.id ?? null) ?? { name: person?.name ?? null, tallier: openTallier(now) };
      his.tallier.add(run);
      own.people.set(person?.id ?? null, his);
    }
    for (const metric of metrics.values()) measure(metric, fact, now);
  });
  await eachFact(pool, tenant, { ...filter, steps: [], overdueAt: now, limit: OVERDUE_READ }, (fact) => {
    for (const run of fact.runs)
      if (standing(run, now) === 'overdue') {
        const person = responsibleFor(pack, run, fact);
        sumsOf(fact.procedure, run.clock).breaking.push({
          caseId: fact.id,
          number: fact.number,
          dueAt: run.dueAt,
          responsible: person?.name ?? null,
          responsibleId: person?.id ?? null,
        });
      }
  });
  await countRepeats(pool, tenant, pack, period, metrics);
  const clauses = procedures.flatMap((name) =>
    Object.entries(pack.procedures[name]?.clocks ?? {}).map(([clock, { title, clause }]): ClauseFigure => {
      const own = sumsOf(name, clock);
      return {
        procedure: name,
        clock,
        title,
        clause,
        ...own.whole.tally(),
        medianHours: medianHours(own.spans),
        breachedNow: own.breaking.sort((a, b) => a.dueAt - b.dueAt).slice(0, NAMED),
        byPerson: [...own.people].map(([personId, { name: person, tallier }]) => ({
          personId,
          name: person,
          ...tallier.tally(),
        })),
      };
    }),
  );
  return {
    pack: pack.pack,
    version: pack.version,
    period: { kind: period.kind, ...daysOf(period) },
    clauses,
    metrics: [...metrics].flatMap(([name, one]) =>
      procedures.includes(one.procedure) ? [metricFigure(pack, name, one)] : [],
    ),
  };
}

export type Counted = PackSpec['metrics'][string] & { kept: number; of: number };

export function measure(metric: Counted, fact: CaseFact, now: Instant): void {
  if (metric.procedure !== fact.procedure) return;
  const rule = metric.measure;
  if ('repeats' in rule) return;
  if ('count' in rule) metric.of += 1;
  else if ('share' in rule) {
    const answer = answerOf(fact, rule.share);
    if (answer === null) return;
    metric.of += 1;
    if (answer === String(rule.share.is)) metric.kept += 1;
  } else
    for (const run of fact.runs) {
      if (run.clock !== rule.clock) continue;
      const stands = standing(run, now);
      if (stands === 'none' || stands === 'running') continue;
      metric.of += 1;
      if (stands === 'kept') metric.kept += 1;
    }
}

/** Work that had to be done again shows in cases that came later, also after the period. */
async function countRepeats(
  pool: Source['pool'],
  tenant: string,
  pack: Source['pack'],
  period: Period,
  metrics: ReadonlyMap<string, Counted>,
): Promise<void> {
  for (const metric of metrics.values()) {
    if (!('repeats' in metric.measure)) continue;
    const rule = metric.measure.repeats;
    const repeated = openRepeats(pack, rule);
    const received = { from: period.from, to: period.to + windowOf(pack, rule) + LONGEST_WORK };
    await eachFact(pool, tenant, { pack: pack.pack, procedures: [metric.procedure], received }, (fact, state) =>
      repeated.add(state, fact.receivedAt < period.to),
    );
    Object.assign(metric, repeated.sum());
  }
}

export function metricFigure(pack: PackSpec, name: string, one: Counted): MetricFigure {
  const counts = 'count' in one.measure;
  const value = counts ? one.of : share(one.kept, one.of);
  const judged = !counts && value !== null && (one.target ?? one.atMost) !== undefined;
  return {
    metric: name,
    title: one.title,
    clause: one.clause,
    headline: one.headline,
    kind: counts ? 'count' : 'rate',
    value,
    of: one.of,
    target: one.target ?? null,
    atMost: one.atMost ?? null,
    met: judged ? value >= (one.target ?? 0) && value <= (one.atMost ?? 1) : null,
    how: 'repeats' in one.measure ? repeatWords(pack, one.procedure, one.measure.repeats) : null,
  };
}

/** Who on the case owed this promise: the holder of the duty that the clock names; null when it was a post's. */
export function responsibleFor(pack: PackSpec, run: RunFact, fact: CaseFact): { id: string; name: string } | null {
  const role = pack.procedures[fact.procedure]?.clocks[run.clock]?.responsible;
  const spec = role === undefined ? undefined : pack.roles[role];
  return spec && 'duty' in spec ? fact.duties[spec.duty] : null;
}

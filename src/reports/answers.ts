import type { Text } from '#kernel/text.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import type { MetricSpec, PackSpec } from '#policy/language/pack.ts';
import type { CaseFact } from './case-facts.ts';
import { share } from './clock-tally.ts';
import { more } from './pareto.ts';

type Share = Extract<MetricSpec['measure'], { share: object }>['share'];

/** What the people who asked answered: one answer a case, the latest. */
export interface Answers {
  answered: number;
  /** Answers of the kind the metric counts, among all answers, 0–1. */
  rate: number | null;
  counts: { key: string; title: Text; count: number }[];
}

/** The metric by which a pack is judged first, when it is a share of answers; else the first such metric. */
function answerMetric(pack: PackSpec): { procedure: string; share: Share } | undefined {
  const shares = Object.values(pack.metrics).flatMap(({ headline, procedure, measure }) =>
    'share' in measure ? [{ headline, procedure, share: measure.share }] : [],
  );
  return shares.find((metric) => metric.headline) ?? shares[0];
}

/** The latest answer of a case: a value of the counted field, or the name of a step that is an answer in itself. */
export function answerOf(fact: CaseFact, { step, field, against }: Share): string | null {
  const last = fact.entries.findLast((entry) => entry.step === step || against.includes(entry.step));
  if (!last) return null;
  return last.step === step ? String(last.values[field] ?? '') : last.step;
}

/** Adds up the answers of many cases by the pack's headline; undefined when it asks this procedure for none. */
export function openAnswers(
  pack: PackSpec,
  procedure: string,
): { add(fact: CaseFact): void; sum(): Answers } | undefined {
  const metric = answerMetric(pack);
  if (metric?.procedure !== procedure) return undefined;
  const given = new Map<string, number>();
  return {
    add(fact) {
      const answer = answerOf(fact, metric.share);
      if (answer !== null) more(given, answer);
    },
    sum: () => countAnswers(pack, procedure, metric.share, given),
  };
}

/** Every possible answer named, also those nobody gave. */
function countAnswers(pack: PackSpec, procedure: string, spec: Share, given: ReadonlyMap<string, number>): Answers {
  const steps = pack.procedures[procedure]?.steps ?? {};
  const possible = [
    ...optionsOf(steps[spec.step]?.fields[spec.field]),
    ...spec.against.map((name) => ({ key: name, title: steps[name]?.title ?? { zh: name, en: name } })),
  ];
  const strange = [...given.keys()]
    .filter((key) => !possible.some((one) => one.key === key))
    .map((key) => ({ key, title: { zh: key, en: key } }));
  const counts = [...possible, ...strange].map((one) => ({ ...one, count: given.get(one.key) ?? 0 }));
  const answered = counts.reduce((sum, { count }) => sum + count, 0);
  return { answered, rate: share(given.get(String(spec.is)) ?? 0, answered), counts };
}

function optionsOf(field: FieldSpec | undefined): { key: string; title: Text }[] {
  if (field?.type === 'flag') return ['true', 'false'].map((key) => ({ key, title: yesNo(key) }));
  // A compiled choice always has options of this shape.
  const options = (field?.options ?? []) as { value: string; label: Text }[];
  return options.map(({ value, label }) => ({ key: value, title: label }));
}

const yesNo = (key: string): Text => (key === 'true' ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' });

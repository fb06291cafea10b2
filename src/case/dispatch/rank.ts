import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { DispatchSpec, DispatchWay } from '#policy/language/dispatch.ts';
import { holds } from '../guard.ts';
import type { Scope } from '../paths.ts';
import type { CandidateFacts } from './facts.ts';
import { type Factor, objections, sayScore } from './words.ts';

/** Somebody with what speaks for or against him. `score` is 0 for whoever does not fit. */
export interface Ranked {
  facts: CandidateFacts;
  fit: boolean;
  score: number;
  points: readonly { factor: Factor; points: number }[];
  why(): Text;
}

export interface Ranking {
  /** The conditions that decided: the first under which somebody fits, else the last that apply. */
  way: DispatchWay | null;
  /** Those who fit, best first; then those passed over. */
  ranked: readonly Ranked[];
}

type Policy = Pick<DispatchSpec, 'cap' | 'ways' | 'score'> & Partial<Pick<DispatchSpec, 'urgent'>>;

/** Who should get a case: hard conditions way by way, then points. Equal points keep workers before heads, then the given order. */
export function rank(policy: Policy, scope: Scope, people: readonly CandidateFacts[], now: Instant): Ranking {
  const urgent = policy.urgent !== undefined && holds(policy.urgent, scope);
  const ways = policy.ways.filter((way) => way.when === undefined || holds(way.when, scope));
  let passed: Ranked[] = [];
  for (const way of ways) {
    const fitting: CandidateFacts[] = [];
    passed = [];
    for (const facts of people) {
      const against = firstObjection(facts, way, policy.cap);
      if (against === null) fitting.push(facts);
      else passed.push({ facts, fit: false, score: 0, points: [], why: () => against });
    }
    if (fitting.length > 0) return { way, ranked: [...byScore(policy, fitting, urgent, now), ...passed] };
  }
  const way = ways.at(-1) ?? null;
  if (way === null) passed = people.map((facts) => ({ facts, fit: false, score: 0, points: [], why: () => noWay }));
  return { way, ranked: passed };
}

const noWay: Text = { zh: '没有适用于本件的派单条件', en: 'No conditions apply to such a case' };

function firstObjection(facts: CandidateFacts, way: DispatchWay, cap: number | undefined): Text | null {
  for (const objection of objections) {
    const said = objection(facts, way, cap);
    if (said !== null) return said;
  }
  return null;
}

function byScore(
  { score: weights }: Policy,
  fitting: readonly CandidateFacts[],
  urgent: boolean,
  now: Instant,
): Ranked[] {
  let busiest = 0;
  let longest = 0;
  for (const { load, lastTurn } of fitting) {
    if (load > busiest) busiest = load;
    if (lastTurn !== null && now - lastTurn > longest) longest = now - lastTurn;
  }
  // Each share lies between 0 and 1.
  const shares: { [F in Factor]: (facts: CandidateFacts) => number } = {
    presence: ({ onShiftUntil }) => (onShiftUntil === null ? 0 : 1),
    urgency: ({ onShiftUntil }) => (urgent && onShiftUntil !== null ? 1 : 0),
    load: ({ load }) => (busiest === 0 ? 1 : 1 - load / busiest),
    distance: ({ near }) => (near === 'building' ? 1 : near === 'estate' ? 0.5 : 0),
    continuity: ({ knows }) => (knows === 'case' ? 1 : knows === 'place' ? 0.5 : 0),
    // Whoever never had one goes before the one who waited longest.
    turn: ({ lastTurn }) => (lastTurn === null ? 1 : longest === 0 ? 0 : (0.9 * (now - lastTurn)) / longest),
  };
  const counted = FACTORS.filter((factor) => weights[factor] > 0);
  return fitting
    .map((facts): Ranked => {
      const points = counted.map((factor) => ({ factor, points: rounded(weights[factor] * shares[factor](facts)) }));
      const score = rounded(points.reduce((sum, one) => sum + one.points, 0));
      return { facts, fit: true, score, points, why: () => sayScore(facts, points, score) };
    })
    .sort((a, b) => b.score - a.score || Number(a.facts.head) - Number(b.facts.head));
}

const FACTORS: readonly Factor[] = ['presence', 'urgency', 'load', 'distance', 'continuity', 'turn'];
const rounded = (points: number): number => Math.round(points * 10) / 10;

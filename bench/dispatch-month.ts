import { blank } from '#case/blank.ts';
import type { CandidateFacts } from '#case/dispatch/facts.ts';
import { rank } from '#case/dispatch/rank.ts';
import type { Scope } from '#case/paths.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { DispatchSpec } from '#policy/language/dispatch.ts';

export interface MonthPlan {
  technicians: number;
  matters: number;
  /** `policy`: the scorer; `turns`: whoever has waited longest; `lot`: anybody who fits. All meet the same hard conditions. */
  how: 'policy' | 'turns' | 'lot';
  policy: DispatchSpec;
  seed: number;
}
export interface Month {
  /** Share of matters that somebody had within five minutes of being reported. */
  within5: number;
  /** Minutes until somebody had it, and until he set out for it: of every matter that was given out, unsorted. */
  waits: readonly number[];
  starts: readonly number[];
  /** Spread of matters done, among people of the same trade and shift: 0 = all alike. Mean over those groups, by their size. */
  gini: number;
  /** Minutes of way to the next matter, on average. */
  travel: number;
  /** Share of matters in another building than the one before. */
  moves: number;
}

const ESTATES = 20;
const BUILDINGS = 15;
const TRADES = ['lift', 'electric', 'plumbing'] as const;
const DAYS = 30;
const START = Date.parse('2026-03-01T00:00:00+08:00');
/** First hours of the shifts of eight hours among which the people of a trade are put. */
const SHIFTS = [0, 6, 8, 10, 12, 14, 16] as const;
/** Minutes on the way: in the building, in the estate, to another estate. */
const WAY = { building: 2, estate: 5, away: 15 };

interface Technician {
  facts: CandidateFacts;
  trades: readonly string[];
  /** First hour of his shift of eight hours. */
  begins: number;
  dayOff: number;
  open: Matter[];
  busyUntil: Instant;
  estate: number;
  building: number;
  known: Set<number>;
  done: number;
}
interface Matter {
  at: Instant;
  kind: string;
  urgent: boolean;
  estate: number;
  building: number;
  work: number;
}

/** The same numbers for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A month of a company: matters come in by the hour of the day, each is given out as soon as somebody fits, and done in turn. */
export function simulate({ technicians, matters, how, policy, seed }: MonthPlan): Month {
  const random = dice(seed);
  const people = crew(technicians);
  const reported = Array.from({ length: matters }, () => matter(random)).sort((a, b) => a.at - b.at);
  const lots = dice(seed + 1);
  let prompt = 0;
  const waits: number[] = [];
  const starts: number[] = [];
  let way = 0;
  let moved = 0;
  let waiting: Matter[] = [];
  const give = (one: Matter, now: Instant): boolean => {
    const chosen = choose(one, now);
    if (!chosen) return false;
    if (now - one.at <= 5 * MINUTE) prompt += 1;
    waits.push((now - one.at) / MINUTE);
    starts.push((Math.max(chosen.busyUntil, now) - one.at) / MINUTE);
    const near = chosen.estate !== one.estate ? 'away' : chosen.building !== one.building ? 'estate' : 'building';
    way += WAY[near];
    if (near !== 'building') moved += 1;
    chosen.estate = one.estate;
    chosen.building = one.building;
    chosen.known.add(one.estate * BUILDINGS + one.building);
    chosen.busyUntil = Math.max(chosen.busyUntil, now) + (WAY[near] + one.work) * MINUTE;
    chosen.open.push({ ...one, at: chosen.busyUntil });
    chosen.done += 1;
    chosen.facts.lastTurn = now;
    return true;
  };
  const choose = (one: Matter, now: Instant): Technician | undefined => {
    for (const person of people) refresh(person, one, now);
    const scope = scopeOf(one);
    if (how === 'policy') {
      const [best] = rank(policy, scope, facts, now).ranked;
      return best?.fit ? byId.get(best.facts.person.id) : undefined;
    }
    const fit = rank({ ...policy, score: NOTHING }, scope, facts, now).ranked.filter((each) => each.fit);
    if (how === 'lot') return byId.get(fit[Math.floor(lots() * fit.length)]?.facts.person.id ?? '');
    const longest = fit.reduce<CandidateFacts | undefined>(
      (before, { facts: each }) => (before && (before.lastTurn ?? 0) <= (each.lastTurn ?? 0) ? before : each),
      undefined,
    );
    return longest && byId.get(longest.person.id);
  };
  // Where nobody fits one of a kind, nobody fits the next: hard conditions ask for kind and present work alone.
  const again = (list: readonly Matter[], now: Instant): Matter[] => {
    const hopeless = new Set<string>();
    return list.filter((old) => {
      if (!hopeless.has(old.kind) && give(old, now)) return false;
      hopeless.add(old.kind);
      return true;
    });
  };
  const facts = people.map((person) => person.facts);
  const byId = new Map(people.map((person) => [person.facts.person.id, person]));
  // Whoever could not be given out is tried again each minute, the oldest first.
  let minute = START;
  for (const one of reported) {
    for (; minute < one.at; minute += MINUTE) {
      const now = minute;
      if (waiting.length > 0) waiting = again(waiting, now);
    }
    if (!give(one, one.at)) waiting.push(one);
  }
  const given = people.reduce((sum, person) => sum + person.done, 0);
  return { within5: prompt / matters, waits, starts, gini: spread(people), travel: way / given, moves: moved / given };
}

const NOTHING = { presence: 0, urgency: 0, load: 0, distance: 0, continuity: 0, turn: 0 };

/** The people of the company, each trade on shifts after what is reported by the hour, days off spread within each shift. */
function crew(technicians: number): Technician[] {
  const there = new Map<string, number>();
  return TRADES.flatMap((trade, t) => {
    const count = Math.floor((technicians + TRADES.length - 1 - t) / TRADES.length);
    return shiftsFor(count).map((begins) => ({ trade, begins }));
  }).map(({ trade, begins }, i) => {
    const group = `${trade} ${begins}`;
    const nth = there.get(group) ?? 0;
    there.set(group, nth + 1);
    return technician(i, trade, begins, nth);
  });
}

/** Puts people on shifts one by one: each covers the hour that has the fewest people for what is reported in it. */
function shiftsFor(count: number): number[] {
  const staff = RUSH.map(() => 0);
  const need = (hour: number): number => (RUSH[hour] ?? 0) / ((staff[hour] ?? 0) + 1);
  const hoursOf = (begins: number): number[] => Array.from({ length: 8 }, (_, i) => begins + i);
  return Array.from({ length: count }, () => {
    const worst = RUSH.reduce((most, _, hour) => (need(hour) > need(most) ? hour : most), 0);
    const relief = (begins: number): number => hoursOf(begins).reduce((sum, hour) => sum + need(hour), 0);
    const fitting = SHIFTS.filter((begins) => hoursOf(begins).includes(worst));
    const begins = fitting.reduce<number>((best, one) => (relief(one) > relief(best) ? one : best), fitting[0] ?? 8);
    for (const hour of hoursOf(begins)) staff[hour] = (staff[hour] ?? 0) + 1;
    return begins;
  });
}

function technician(i: number, trade: (typeof TRADES)[number], begins: number, nth: number): Technician {
  const trades = trade === 'lift' ? ['lift', 'electric'] : [trade];
  const estate = i % ESTATES;
  return {
    facts: {
      person: { id: `t${i}`, name: `技工${i}`, unitId: null },
      holdsPost: true,
      inUnit: true,
      head: false,
      skills: new Set(trades),
      inTerritory: true,
      onShiftUntil: null,
      nextShift: null,
      awayUntil: null,
      recused: false,
      declined: null,
      load: 0,
      near: null,
      knows: null,
      lastTurn: null,
    },
    trades,
    begins,
    dayOff: nth % 7,
    open: [],
    busyUntil: 0,
    estate,
    building: i % BUILDINGS,
    known: new Set(),
    done: 0,
  };
}

/** Hours by how much is reported in them: most between eight and ten in the evening and in the morning. */
const RUSH = [1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 8, 7, 5, 5, 7, 8, 8, 7, 8, 9, 9, 6, 3, 2];
const RUSH_SUM = RUSH.reduce((sum, n) => sum + n, 0);

function matter(random: () => number): Matter {
  let left = random() * RUSH_SUM;
  let hour = 0;
  while (hour < 23 && left >= (RUSH[hour] ?? 0)) {
    left -= RUSH[hour] ?? 0;
    hour += 1;
  }
  const kind = random();
  return {
    at: START + Math.floor(random() * DAYS) * DAY + hour * HOUR + Math.floor(random() * HOUR),
    kind: kind < 0.15 ? 'lift' : kind < 0.55 ? 'electric' : 'plumbing',
    urgent: random() < 0.1,
    estate: Math.floor(random() * ESTATES),
    building: Math.floor(random() * BUILDINGS),
    work: 5 + Math.floor(random() * 15),
  };
}

/** What is known of him when a matter is to be given out. */
function refresh(person: Technician, one: Matter, now: Instant): void {
  const { facts } = person;
  if (person.open.length > 0) person.open = person.open.filter((each) => each.at > now);
  const day = Math.floor((now - START) / DAY);
  const hour = ((now - START) % DAY) / HOUR;
  const works = day % 7 !== person.dayOff && hour >= person.begins && hour < person.begins + 8;
  facts.onShiftUntil = works ? START + day * DAY + (person.begins + 8) * HOUR : null;
  facts.load = person.open.length;
  facts.near = person.estate !== one.estate ? null : person.building === one.building ? 'building' : 'estate';
  facts.knows = person.known.has(one.estate * BUILDINGS + one.building) ? 'place' : null;
}

// Only the case is looked at by the conditions of the policy.
const scopeOf = ({ kind, urgent }: Matter): Scope =>
  ({
    state: { ...blank, values: { kind, urgency: urgent ? 'urgent' : 'ordinary' } },
    values: {},
    pack: {},
  }) as unknown as Scope;

/** Gini within each trade and shift, since nobody can be given what he has not learnt or what comes in while he sleeps. */
function spread(people: readonly Technician[]): number {
  const groups = Map.groupBy(people, (person) => `${person.trades.join()} ${person.begins}`);
  let sum = 0;
  for (const group of groups.values()) sum += gini(group.map((person) => person.done)) * group.length;
  return sum / people.length;
}

/** 0 where all are alike, towards 1 where one has everything. */
export function gini(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  const weighted = sorted.reduce((sum, value, i) => sum + (i + 1) * value, 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}

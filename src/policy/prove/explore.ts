import type { PackSpec } from '../language/pack.ts';
import type { IntakeSpec, ProcedureSpec, StepSpec } from '../language/procedure.ts';
import { judge, type Known } from './judge.ts';

/** One way a case can stand: where it is, which clocks run, what has been done. */
export interface Standing {
  state: string;
  clocks: ReadonlySet<string>;
  taken: ReadonlySet<string>;
  laterRound: boolean;
  /** Whether the person who asked has been answered since he asked. */
  answered: boolean;
  from: { step: string; standing: Standing } | null;
}

/** Everything that can come about under a procedure, each by a shortest way. */
export interface Explored {
  standings: Standing[];
  /** Steps that can be taken at all. */
  takeable: Set<string>;
  /** Which standings each standing leads to (indexes into `standings`), and by which step. */
  next: { to: number; step: string }[][];
  /** The search was cut off; nothing is proved about what lies beyond. */
  incomplete: boolean;
}

const MOST = 60_000;

/** Which steps some condition asks about: in this round, or at any time. Only these tell standings apart. */
interface Memory {
  inRound: Set<string>;
  ever: Set<string>;
}

function remembered(procedure: ProcedureSpec): Memory {
  const text = JSON.stringify([procedure.intake, procedure.steps]);
  const asked = (roots: string): Set<string> =>
    new Set(
      Object.keys(procedure.steps).filter((step) => new RegExp(`"(sum\\.)?(${roots})\\.${step}(\\.|")`).test(text)),
    );
  return { inRound: asked('last|each|count'), ever: asked('latest|all') };
}

const isOwner = (pack: PackSpec, role: string): boolean => {
  const spec = pack.roles[role];
  return spec !== undefined && 'party' in spec && spec.party === 'owner';
};

/** Whether taking the step tells the person who asked something, or is done by himself. */
export function answers(pack: PackSpec, step: StepSpec): boolean {
  return (
    step.by.every((role) => isOwner(pack, role)) ||
    step.notifies.some((notice) => notice.to.some((role) => isOwner(pack, role)))
  );
}

/** Walks through all that can happen, breadth first, so that the first way found to anything is a shortest one. */
export function explore(pack: PackSpec, procedure: ProcedureSpec): Explored {
  const memory = remembered(procedure);
  const index = new Map<string, number>();
  const explored: Explored = { standings: [], takeable: new Set(), next: [], incomplete: false };
  const add = (standing: Standing): number => {
    const key = [
      standing.state,
      [...standing.clocks].sort(),
      [...standing.taken].sort(),
      standing.laterRound,
      standing.answered,
    ].join('|');
    const known = index.get(key);
    if (known !== undefined) return known;
    const id = explored.standings.length;
    index.set(key, id);
    explored.standings.push(standing);
    explored.next.push([]);
    return id;
  };
  const begun: Standing = {
    state: procedure.intake.state,
    clocks: new Set(),
    taken: new Set(),
    laterRound: false,
    answered: false,
    from: null,
  };
  for (const clocks of clocksAfter(procedure.intake, procedure, begun, pack, procedure.intake.state))
    add({ ...begun, clocks });
  for (let i = 0; i < explored.standings.length; i++) {
    const standing = explored.standings[i];
    if (!standing || procedure.states[standing.state]?.end) continue;
    if (explored.standings.length > MOST) {
      explored.incomplete = true;
      break;
    }
    for (const [name, step] of Object.entries(procedure.steps)) {
      for (const following of take(name, step, procedure, standing, pack, memory)) {
        explored.takeable.add(name);
        explored.next[i]?.push({ to: add(following), step: name });
      }
    }
  }
  return explored;
}

/** Every standing that one step can lead to. */
function take(
  name: string,
  step: StepSpec,
  procedure: ProcedureSpec,
  at: Standing,
  pack: PackSpec,
  memory: Memory,
): Standing[] {
  const open = step.from.includes('open') && procedure.states[at.state]?.end !== true;
  if (!step.from.includes(at.state) && !open) return [];
  const known: Known = { pack, state: at.state, taken: at.taken, laterRound: at.laterRound };
  const barred = step.needs.some(
    (need) => (need.when ? judge(need.when, known) === true : true) && judge(need.that, known) === false,
  );
  if (barred) return [];
  // A new round looks afresh at everything but what is asked about for all time.
  const kept = step.round ? [...at.taken].filter((earlier) => memory.ever.has(earlier)) : [...at.taken];
  const remember = memory.ever.has(name) || (memory.inRound.has(name) && !step.round);
  const done = new Set(remember ? [...kept, name] : kept);
  return targets(step, known).flatMap((state) => {
    const laterRound = at.laterRound || step.round;
    const after: Standing = {
      ...at,
      state,
      taken: done,
      laterRound,
      answered: at.answered || answers(pack, step),
      from: { step: name, standing: at },
    };
    return clocksAfter(step, procedure, after, pack, state).map((clocks) => ({ ...after, clocks }));
  });
}

/** The states a step can lead to: the first branch that certainly holds ends the list. */
function targets(step: StepSpec, known: Known): string[] {
  if (step.to === undefined) return [known.state];
  if (typeof step.to === 'string') return [step.to];
  const found: string[] = [];
  for (const branch of step.to) {
    const verdict = branch.when ? judge(branch.when, known) : true;
    if (verdict !== false) found.push(branch.state);
    if (verdict === true) return [...new Set(found)];
  }
  return [...new Set([...found, known.state])];
}

/** The sets of clocks that can run after a step, in the order in which the engine carries its keys out. */
function clocksAfter(
  step: IntakeSpec | StepSpec,
  procedure: ProcedureSpec,
  at: Standing,
  pack: PackSpec,
  state: string,
): ReadonlySet<string>[] {
  if (procedure.states[state]?.end) return [new Set()];
  const known: Known = { pack, state, taken: at.taken, laterRound: at.laterRound };
  let sets: Set<string>[] = [new Set(at.clocks)];
  const apply = (
    items: readonly { clock: string; when?: Parameters<typeof judge>[0] | undefined }[],
    change: (set: Set<string>, clock: string) => void,
  ): void => {
    for (const item of items) {
      const verdict = item.when ? judge(item.when, known) : true;
      const changed = sets.map((set) => {
        const copy = new Set(set);
        change(copy, item.clock);
        return copy;
      });
      sets = verdict === true ? changed : verdict === false ? sets : unique([...sets, ...changed]);
    }
  };
  apply(step.cancels, (set, clock) => set.delete(clock));
  apply(step.starts, (set, clock) => set.add(clock));
  apply(step.stops, (set, clock) => set.delete(clock));
  return sets;
}

const unique = (sets: Set<string>[]): Set<string>[] => [
  ...new Map(sets.map((set) => [[...set].sort().join(','), set])).values(),
];

/** The steps on the way to a standing, from the registration on. */
export function traceTo(standing: Standing): string[] {
  const steps: string[] = [];
  for (let at: Standing = standing; at.from; at = at.from.standing) steps.unshift(at.from.step);
  return steps;
}

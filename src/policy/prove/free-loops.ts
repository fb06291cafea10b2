import type { ProcedureSpec, StepSpec } from '../language/procedure.ts';
import type { Explored, Standing } from './explore.ts';

/** A way round that costs nothing: where it begins, by which step, and all its steps in order. */
export interface FreeLoop {
  standing: Standing;
  step: string;
  round: string[];
}

/** Whether the step may be taken with nothing entered, however often it was taken and whatever it has opened before. */
function isFree(name: string, { fields, needs, opens }: StepSpec): boolean {
  const bounds = [name, ...opens.map(({ relation }) => relation)].join('|');
  const bounded = new RegExp(`"(count|last|latest|each|linked)\\.(${bounds})["\\.]`).test(JSON.stringify(needs));
  return !bounded && Object.values(fields).every((field) => field.required === false);
}

/** Whether the engine carries it out over and over though it leaves the case where it is; all else it refuses the second time. */
function renews(step: StepSpec): boolean {
  return step.restarts.length + step.opens.length + step.issues.length > 0 || step.round;
}

/** A step that has nothing to enter and nothing to cause is never carried out twice: it is there for nothing. */
function isIdle({ fields, ...step }: StepSpec): boolean {
  const { limits, sets, decides, assigns, stops, cancels, pauses, resumes, starts, notifies, runs, signs } = step;
  const lists = [limits, decides, assigns, stops, cancels, pauses, resumes, starts, notifies, Object.keys(sets)];
  return (
    !renews(step as StepSpec) && !runs && !signs && [...lists, Object.keys(fields)].every(({ length }) => length === 0)
  );
}

/** The loop of free steps into which a shortest way leads; undefined where every way round costs something. */
export function freeLoop(procedure: ProcedureSpec, { standings, next }: Explored): FreeLoop | undefined {
  const costless = new Map(Object.entries(procedure.steps).filter(([name, step]) => isFree(name, step)));
  const loops = (step: string): boolean => {
    const spec = costless.get(step);
    return spec !== undefined && (renews(spec) || isIdle(spec));
  };
  const edges = next.map((list, from) => list.filter(({ to, step }) => to !== from && costless.has(step)));
  const round = onLoops(edges);
  for (const [from, standing] of standings.entries()) {
    const still = next[from]?.find(({ to, step }) => to === from && loops(step));
    if (still) return { standing, step: still.step, round: [still.step] };
    for (const { to, step } of round.has(from) ? (edges[from] ?? []) : []) {
      const back = wayBack(to, from, edges);
      if (back) return { standing, step, round: [step, ...back] };
    }
  }
  return undefined;
}

type Edges = Explored['next'];

/** What is left when every standing that no way leads to is taken away, again and again: loops, and what comes after them. */
function onLoops(edges: Edges): Set<number> {
  const left = new Set(edges.keys());
  const into = edges.map(() => 0);
  for (const { to } of edges.flat()) into[to] = (into[to] ?? 0) + 1;
  const bare = [...left].filter((at) => into[at] === 0);
  for (let at = bare.pop(); at !== undefined; at = bare.pop()) {
    left.delete(at);
    for (const { to } of edges[at] ?? []) {
      into[to] = (into[to] ?? 0) - 1;
      if (into[to] === 0) bare.push(to);
    }
  }
  return left;
}

/** The fewest steps from one standing to another; undefined where there are none. */
function wayBack(from: number, to: number, edges: Edges): string[] | undefined {
  const ways = new Map<number, string[]>([[from, []]]);
  for (const [at, way] of ways) {
    if (at === to) return way;
    for (const edge of edges[at] ?? []) if (!ways.has(edge.to)) ways.set(edge.to, [...way, edge.step]);
  }
  return undefined;
}

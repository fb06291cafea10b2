import { Worker } from 'node:worker_threads';
import type { Line } from './report.ts';
import { median, quantile } from './statistics.ts';
import { walksOfS6 } from './walks.ts';

export interface EnginePlan {
  rounds: number;
  /** Milliseconds of processor time of each round. */
  ms: number;
}

/** What the measuring thread found. Rates per second of processor time. */
export interface Measured {
  decided: number[];
  replayed: number[];
  /** By kind of order: microseconds of each, and how many facts they left behind in all. */
  kinds: { [kind: string]: { took: number[]; facts: number } };
  factsOfOne: number;
}

const WALKS = 20;
const DECIDED = 200_000;
const REPLAYED = 500_000;

/** The pure engine on one core: decisions with the folding of their facts, and the replay of whole journals. */
export async function benchEngine(plan: EnginePlan): Promise<Line[]> {
  const thread = new Worker(new URL('./engine-thread.ts', import.meta.url), {
    workerData: { ...plan, walks: walksOfS6(WALKS) },
  });
  const { decided, replayed, kinds, factsOfOne } = await new Promise<Measured>((done, fail) => {
    thread.once('message', done);
    thread.once('error', fail);
  });
  const orders = Object.values(kinds).reduce((sum, { took }) => sum + took.length, 0);
  for (const [kind, { took, facts }] of Object.entries(kinds))
    console.log(
      `${kind}: ${Math.round((took.length / orders) * 100)} % of ${orders} orders, ${(facts / took.length).toFixed(1)} facts each, ` +
        `median ${median(took).toFixed(1)} µs, p99 ${quantile(took, 0.99).toFixed(1)} µs`,
    );
  return [
    line('decide and fold its facts, S6, one core', decided, DECIDED),
    line(`replay of journals of ${Math.round(factsOfOne)} facts, one core`, replayed, REPLAYED),
  ];
}

function line(what: string, rates: readonly number[], target: number): Line {
  const say = (rate: number): string => `${Math.round(rate).toLocaleString('en')}/s`;
  return {
    what,
    median: say(median(rates)),
    p99: '',
    limit: `quietest round ${say(Math.max(...rates))}`,
    share: '',
    target: `≥ ${say(target)}`,
    met: median(rates) >= target,
  };
}

if (import.meta.main) console.table(await benchEngine({ rounds: 5, ms: 1_000 }));

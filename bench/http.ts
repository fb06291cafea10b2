import { commandFootprintOf, footprintOf, measureLimit } from './limit.ts';
import { startLoad } from './orders.ts';
import type { Line } from './report.ts';
import { startSite } from './site.ts';
import { median, percent, quantile } from './statistics.ts';

/** How long, how often, with how much. */
export interface HttpPlan {
  dataDir: string;
  port: number;
  rounds: number;
  ms: number;
  nodeFlags?: readonly string[];
}

const CLIENTS = 32;
const CONNECTIONS = 8;

/**
 * Registration and a command over HTTP, each beside the same rows written by bare SQL in the same run. Every round
 * measures limit, program, limit, program, so that both meet the same weather; a round's share is one pair's.
 */
export async function benchHttp({ dataDir, port, rounds, ms, nodeFlags = [] }: HttpPlan): Promise<Line[]> {
  const site = await startSite(dataDir, port, nodeFlags);
  const { owner } = site.database;
  const load = startLoad(port, await site.key('caseOfficer'));
  try {
    const warm = await load.carryOut({ what: 'register', ms: 2_000, clients: CLIENTS });
    const [id = ''] = warm.cases.at(-1)?.split(' ') ?? [];
    const registering = await footprintOf(owner, id);
    const fromSeq = Number(warm.cases.at(-1)?.split(' ')[1]);
    await load.carryOut({ what: 'command', ms: 60_000, clients: CLIENTS });
    const commanding = await commandFootprintOf(owner, id, fromSeq);
    console.log(`rows: registration ${registering.rows}, command ${commanding.rows}`);
    const own = { register: [] as number[], command: [] as number[] };
    const limit = { register: [] as number[], command: [] as number[] };
    const took = { register: [] as number[], command: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const said: string[] = [];
      const bare = await measureLimit(owner, registering, { connections: CONNECTIONS, ms });
      const registered = await load.carryOut({ what: 'register', ms, clients: CLIENTS });
      const onto = await measureLimit(owner, commanding, { connections: CONNECTIONS, ms, onto: bare.cases });
      const commanded = await load.carryOut({ what: 'command', ms, clients: CLIENTS });
      for (const [name, top, mine] of [
        ['register', bare, registered],
        ['command', onto, commanded],
      ] as const) {
        limit[name].push(top.perSecond);
        own[name].push(mine.perSecond);
        took[name].push(quantile(mine.took, 0.99));
        said.push(
          `${name} ${mine.perSecond.toFixed(0)}/s of ${top.perSecond.toFixed(0)}/s (${percent(mine.perSecond / top.perSecond)}) p50 ${quantile(mine.took, 0.5).toFixed(1)} p99 ${quantile(mine.took, 0.99).toFixed(1)} ms`,
        );
      }
      console.log(said.join('  '));
    }
    return (['register', 'command'] as const).map((name) => {
      const shares = own[name].map((rate, i) => rate / (limit[name][i] ?? 1));
      return {
        what: name === 'register' ? 'register over HTTP, 32 clients' : 'command over HTTP, 32 clients',
        median: `${median(own[name]).toFixed(0)}/s`,
        p99: `${median(took[name]).toFixed(1)} ms`,
        limit: `${median(limit[name]).toFixed(0)}/s`,
        share: percent(median(shares)),
        target: name === 'register' ? '≥ 60 %' : '≥ 40 %',
        met: median(shares) >= (name === 'register' ? 0.6 : 0.4),
      };
    });
  } finally {
    load.stop();
    await site.stop();
  }
}

if (import.meta.main) {
  const plan = { dataDir: process.argv[2] ?? 'bench-data', port: Number(process.env.PORT ?? 8_139) };
  const nodeFlags = process.env.NODE_FLAGS?.split(' ') ?? [];
  console.table(
    await benchHttp({
      ...plan,
      rounds: Number(process.env.ROUNDS ?? 3),
      ms: Number(process.env.MS ?? 4_000),
      nodeFlags,
    }),
  );
}

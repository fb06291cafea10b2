import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchDispatch } from './dispatch.ts';
import { benchEngine } from './engine.ts';
import { benchHttp } from './http.ts';
import { benchImport } from './import.ts';
import { benchIntake } from './intake.ts';
import { benchMail } from './mail.ts';
import { benchMemory } from './memory.ts';
import { benchMessages } from './messages.ts';
import { benchPacks } from './packs.ts';
import { benchPop } from './pop.ts';
import { type Line, table } from './report.ts';
import { benchSizes } from './sizes.ts';
import { benchTimers } from './timers.ts';
import { benchWorklist } from './worklist.ts';

// All figures of docs/performance.md. Usage: npm run bench [-- --short] [--only http,timers,…] [--port N] [--data DIR]
const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: {
      type: 'string',
      default: 'http,timers,worklist,import,intake,messages,pop,mail,memory,sizes,engine,packs,dispatch',
    },
    port: { type: 'string', default: '8139' },
    data: { type: 'string' },
  },
});
const port = Number(values.port);
const wanted = values.only.split(',');
const home = values.data ?? mkdtempSync(join(tmpdir(), 'huiyin-bench-'));
const dataDir = join(home, 'data');
const { short } = values;

/** Each measurement on its own fresh folder; the short way only shows that all of them run. */
const BENCHES: Record<string, () => Promise<Line[]> | Line[]> = {
  http: () => benchHttp({ dataDir, port, rounds: short ? 1 : 9, ms: short ? 1_500 : 4_000 }),
  timers: () =>
    benchTimers({
      dataDir,
      port,
      backlog: short ? 2_000 : 100_000,
      probes: short ? 30 : 200,
      rounds: short ? 1 : 5,
    }),
  worklist: () =>
    benchWorklist({
      dataDir,
      few: short ? 1_000 : 10_000,
      many: short ? 20_000 : 1_000_000,
      rounds: short ? 1 : 9,
      pages: short ? 200 : 1_000,
    }),
  import: () => benchImport({ dataDir, port, units: short ? 2_000 : 100_000 }),
  intake: () => benchIntake({ dataDir, port, rate: short ? 100 : 500, seconds: short ? 12 : 60, kills: short ? 1 : 5 }),
  messages: () =>
    benchMessages({ dataDir, port, rate: short ? 100 : 500, seconds: short ? 12 : 60, kills: short ? 1 : 5 }),
  pop: () => benchPop({ dataDir, port, calls: short ? 10 : 200 }),
  mail: () => benchMail({ dataDir, port, mails: short ? 300 : 10_000 }),
  memory: () => benchMemory({ dataDir, port, after: short ? 5_000 : 30_000 }),
  sizes: benchSizes,
  engine: () => benchEngine({ rounds: short ? 2 : 7, ms: short ? 500 : 2_000 }),
  packs: () => benchPacks({ rounds: short ? 1 : 7 }),
  dispatch: () => benchDispatch({ technicians: 200, matters: short ? 6_000 : 60_000, decisions: short ? 200 : 2_000 }),
};

const load = (): string =>
  loadavg()
    .map((n) => n.toFixed(1))
    .join(' ');
console.log(
  `${availableParallelism()} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}`,
);
const lines: Line[] = [];
try {
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (!wanted.includes(name)) continue;
    console.log(`\n${name} (load of the machine before: ${load()})`);
    lines.push(...(await bench()));
  }
} finally {
  if (values.data === undefined) rmSync(home, { recursive: true, force: true });
}
console.log(`\n${table(lines)}`);

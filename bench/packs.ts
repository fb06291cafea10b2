import { execFileSync, spawnSync } from 'node:child_process';
import { readPackFolder, readPacks } from '#app/packs.ts';
import { compilePack } from '#policy/compile.ts';
import type { PackSource } from '#policy/source.ts';
import type { Line } from './report.ts';
import { median } from './statistics.ts';

export interface PacksPlan {
  rounds: number;
}

const PACKS = new URL('../packs', import.meta.url).pathname;
const CLI = new URL('../src/app/cli.ts', import.meta.url).pathname;
const OFTEN = 40;
const COMPILED = 20;
const CHECKED = 2_000;
const HEAVIEST = 300;
// Told on the way out by the program itself, the most memory it ever held.
const WEIGH =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("most "+process.resourceUsage().maxRSS+"\\n"))';

const sizeOf = (sources: readonly { text: string }[]): number =>
  sources.reduce((sum, { text }) => sum + text.length, 0);

/** From the text of its files to the pack that runs, in a fresh process and warm; and the proof as a person asks for it. */
export async function benchPacks({ rounds }: PacksPlan): Promise<Line[]> {
  const sizes = [...(await readPacks(PACKS))].map(([name, sources]) => ({ name, size: sizeOf(sources) }));
  const { name, size } = sizes.toSorted((a, b) => b.size - a.size)[0] ?? { name: '', size: 0 };
  const first: number[] = [];
  const later: number[] = [];
  const published: number[] = [];
  const took: number[] = [];
  const held: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const [cold = 0, ...warm] = timesOf(name);
    first.push(cold);
    later.push(median(warm.slice(OFTEN / 2)));
    published.push(...timesOf(name, 'publish'));
    const from = performance.now();
    const { stderr, status } = spawnSync(
      process.execPath,
      ['--import', WEIGH, CLI, 'pack', 'check', `${PACKS}/${name}`],
      {
        encoding: 'utf8',
      },
    );
    took.push(performance.now() - from);
    if (status !== 0) throw new Error(stderr);
    held.push(Number(/most (\d+)/.exec(stderr)?.[1]) / 1024);
  }
  const others = sizes
    .filter((other) => other.name !== name)
    .map((other) => median(timesOf(other.name).slice(OFTEN / 2)));
  const what = `the largest pack (${name.toUpperCase()}, ${Math.round(size / 1024)} thousand characters)`;
  const line = (words: string, value: number, unit: string, limit: number, beside = ''): Line => ({
    what: words,
    median: `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`,
    p99: '',
    limit: beside,
    share: '',
    target: `≤ ${limit} ${unit}`,
    met: value <= limit,
  });
  return [
    line(`compile ${what}, warm`, median(later), 'ms', COMPILED, `the median pack ${median(others).toFixed(1)} ms`),
    line(`compile a new version of ${what} in a program that runs`, median(published), 'ms', COMPILED),
    line(`compile ${what}, the first of a process`, median(first), 'ms', COMPILED),
    line(`pack check of ${what}, whole command`, median(took), 'ms', CHECKED),
    line('memory of that command at its most', median(held), 'MB', HEAVIEST),
  ];
}

/** Milliseconds of processor time of one compilation after another, in a process that has compiled nothing before. */
const timesOf = (name: string, how: 'compile' | 'publish' = 'compile'): number[] =>
  JSON.parse(
    execFileSync(process.execPath, [new URL(import.meta.url).pathname, how, name], { encoding: 'utf8' }),
  ) as number[];

function timeOf(name: string, sources: readonly PackSource[]): number {
  const from = process.threadCpuUsage();
  if (!compilePack(sources).ok) throw new Error(`${name} does not compile`);
  const { user, system } = process.threadCpuUsage(from);
  return (user + system) / 1000;
}

async function compileOften(name: string): Promise<number[]> {
  const sources = await readPackFolder(`${PACKS}/${name}`);
  // Each time other texts, because what a file says is kept.
  const other = (i: number): PackSource[] => sources.map(({ path, text }) => ({ path, text: `${text}\n# ${i}` }));
  return Array.from({ length: OFTEN }, (_, i) => timeOf(name, other(i)));
}

/** Once, as when a new version of it is published to a program that compiled each of its packs once when it started. */
async function compileAfterAll(name: string): Promise<number[]> {
  const all = await readPacks(PACKS);
  for (const [other, sources] of all) timeOf(other, sources);
  const next = (all.get(name) ?? []).map(({ path, text }) => ({
    path,
    text: path === 'pack.yaml' ? `${text}\n# The next.` : text,
  }));
  return [timeOf(name, next)];
}

if (import.meta.main) {
  const [how, name = ''] = process.argv.slice(2);
  if (how === 'compile') console.log(JSON.stringify(await compileOften(name)));
  else if (how === 'publish') console.log(JSON.stringify(await compileAfterAll(name)));
  else console.table(await benchPacks({ rounds: 5 }));
}

import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import type { Line } from './report.ts';

export interface MemoryPlan {
  dataDir: string;
  port: number;
  /** How long after serving begins it is weighed, in milliseconds. */
  after: number;
}

interface Process {
  pid: number;
  parent: number;
  name: string;
}

const LIMIT = 350;
const ROOT = new URL('../', import.meta.url).pathname;

/**
 * Weighs the idle program as a customer starts it: every process from `npm start` down to the last of the database, each
 * page counted once however many share it (PSS). The demo company is in it.
 */
export async function benchMemory({ dataDir, port, after }: MemoryPlan): Promise<Line[]> {
  rmSync(dataDir, { recursive: true, force: true });
  const args = ['start', '--', '--sandbox', '--data', dataDir, '--port', String(port)];
  const npm = spawn('npm', args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    env: { ...process.env, HOME: homedir(), HUIYIN_PARENT: '' },
  });
  await new Promise<void>((done, fail) => {
    npm.once('exit', () => fail(new Error('The program did not start')));
    npm.stdout.on('data', (words: Buffer) => {
      if (words.includes('http://')) done();
    });
  });
  await new Promise((done) => setTimeout(done, after));
  const weighed = family(npm.pid ?? 0).map((one) => ({ name: one.name, megabytes: pss(one.pid) }));
  npm.removeAllListeners('exit');
  await new Promise((done) => {
    npm.once('exit', done);
    // The whole group, as Ctrl-C in a terminal would.
    process.kill(-(npm.pid ?? 0), 'SIGINT');
  });
  const groups = Map.groupBy(weighed, ({ name }) => name);
  for (const [name, all] of groups)
    console.log(`${all.length} × ${name}: ${all.reduce((sum, one) => sum + one.megabytes, 0).toFixed(1)} MB`);
  const total = weighed.reduce((sum, one) => sum + one.megabytes, 0);
  return [
    {
      what: `memory idle, ${weighed.length} processes, npm and database included`,
      median: `${total.toFixed(0)} MB`,
      p99: '',
      limit: '',
      share: '',
      target: `≤ ${LIMIT} MB`,
      met: total <= LIMIT,
    },
  ];
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, comm = '', rest = ''] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        return [{ pid: Number(name), parent: Number(rest.split(' ')[1]), name: comm }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

/** A process and everything it started, directly or not. */
function family(root: number): Process[] {
  const all = processes();
  const found = all.filter(({ pid }) => pid === root);
  for (const one of found) found.push(...all.filter(({ parent }) => parent === one.pid));
  return found;
}

/** Megabytes of a process, shared pages counted by the part of those who share them. */
function pss(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
}

if (import.meta.main)
  console.table(
    await benchMemory({
      dataDir: process.argv[2] ?? 'bench-data',
      port: Number(process.env.PORT ?? 8_139),
      after: 30_000,
    }),
  );

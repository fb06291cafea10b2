import { type ChildProcess, execFile, fork, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { openDatabase } from '#db/open.ts';
import { openPool } from '#db/pool.ts';
import type { Line } from './report.ts';
import { quantile } from './statistics.ts';

export interface IntakePlan {
  dataDir: string;
  port: number;
  /** Messages a second, and for how long. */
  rate: number;
  seconds: number;
  kills: number;
}

interface Outcome {
  acknowledged: [key: string, caseId: string, attempts: number][];
  refused: string[];
  retried: number;
  took: number[];
  ms: number;
}

const CLI = new URL('../src/app/cli.ts', import.meta.url).pathname;
const run = promisify(execFile);

/**
 * Messages at a fixed rate through the API while the program is killed by force, database and all that is in memory
 * with it, and started again. Afterwards the database is asked: each acknowledged message is there exactly once under
 * the number it was acknowledged with, and no message is there that was not sent.
 */
export async function benchIntake({ dataDir, port, rate, seconds, kills }: IntakePlan): Promise<Line[]> {
  rmSync(dataDir, { recursive: true, force: true });
  const where = ['--sandbox', '--data', dataDir];
  let server = await start(where, port);
  const { stdout } = await run(process.execPath, [CLI, 'key', 'create', '--role', 'caseOfficer', ...where]);
  const keyFile = `${dataDir}.key`;
  const result = `${dataDir}.json`;
  writeFileSync(keyFile, stdout.trim());
  const load = fork(new URL('./intake-thread.ts', import.meta.url), [port, keyFile, result, rate, seconds].map(String));
  const ended = new Promise<number | null>((done) => load.once('exit', done));
  const away: number[] = [];
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      await pause((seconds * 1000) / (kills + 1));
      const at = performance.now();
      await killed(server);
      server = await start(where, port);
      away.push(performance.now() - at);
      console.log(`killed and back after ${((away.at(-1) ?? 0) / 1000).toFixed(1)} s`);
    }
    if ((await ended) !== 0) throw new Error('The load process failed');
    // The file was written by our own process.
    const said = JSON.parse(readFileSync(result, 'utf8')) as Outcome;
    const sent = rate * seconds;
    const database = await openDatabase({ dataDir, what: 'bench', create: false });
    const pool = openPool(database.owner, 1);
    const found = await pool.query<{ id: string; words: string }>(
      `select id, state->'values'->>'content' as words from huiyin.case_file
       where state->'values'->>'content' like '%intake-%'`,
    );
    await pool.end();
    const byKey = Map.groupBy(found.rows, ({ words }) => words.slice(words.indexOf('intake-')));
    const lost = said.acknowledged.filter(([key, id]) => !byKey.get(key)?.some((one) => one.id === id)).length;
    const doubled = [...byKey.values()].filter((same) => same.length > 1).length;
    const strange = byKey.size - said.acknowledged.length;
    const again = said.acknowledged.filter(([, , attempts]) => attempts > 1).length;
    const perSecond = said.acknowledged.length / (said.ms / 1000);
    console.log(
      `${sent} sent, ${said.acknowledged.length} acknowledged (${again} of them only when repeated, ${said.retried} repetitions), ` +
        `${said.refused.length} refused; lost ${lost}, doubled ${doubled}, there without acknowledgement ${strange}`,
    );
    const whole = lost === 0 && doubled === 0 && strange === 0 && said.acknowledged.length === sent;
    const gone = away.reduce((sum, ms) => sum + ms, 0);
    const whileServed = said.acknowledged.length / ((said.ms - gone) / 1000);
    return [
      {
        what: `intake, ${sent} messages, killed ${kills} times: lost / doubled`,
        median: `${lost} / ${doubled}`,
        p99: '',
        limit: `${again} repeated`,
        share: '',
        target: '0 / 0',
        met: whole,
      },
      {
        what: `intake at ${rate}/s, the ${(gone / 1000).toFixed(0)} s of the restarts included`,
        median: `${perSecond.toFixed(0)}/s`,
        p99: `${quantile(said.took, 0.99).toFixed(0)} ms`,
        limit: `${whileServed.toFixed(0)}/s while it served`,
        share: '',
        target: `${rate}/s`,
        met: perSecond >= rate * 0.99,
      },
    ];
  } finally {
    load.kill();
    await killed(server);
    rmSync(keyFile, { force: true });
    rmSync(result, { force: true });
  }
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The program as a customer starts it; resolves when it serves. */
export function start(where: readonly string[], port: number): Promise<ChildProcess> {
  const server = spawn(process.execPath, [CLI, 'start', ...where, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HUIYIN_PARENT: String(process.pid) },
  });
  return new Promise((done, fail) => {
    server.once('exit', (code) => fail(new Error(`The program ended with ${code}`)));
    server.stdout.on('data', (words: Buffer) => {
      if (words.includes('http://')) done(server);
    });
  });
}

/** As a machine that loses its power would end it. */
export const killed = (server: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (server.exitCode !== null || server.signalCode !== null) return done();
    server.removeAllListeners('exit');
    server.once('exit', () => done());
    server.kill('SIGKILL');
  });

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { type Database, openDatabase } from '#db/open.ts';

const CLI = new URL('../src/app/cli.ts', import.meta.url).pathname;
const run = promisify(execFile);

/** The program as a customer runs it, in processes of its own, with a database beside it that this process may ask. */
export interface BenchSite {
  port: number;
  pid: number;
  database: Database;
  /** A new API key for a post. */
  key(post: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a demo company in an empty folder and waits until it serves. `nodeFlags` are for profiling. */
export async function startSite(dataDir: string, port: number, nodeFlags: readonly string[] = []): Promise<BenchSite> {
  rmSync(dataDir, { recursive: true, force: true });
  const where = ['--sandbox', '--data', dataDir];
  const server = spawn(process.execPath, [...nodeFlags, CLI, 'start', ...where, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // It ends when we do, even when we are killed.
    env: { ...process.env, HUIYIN_PARENT: String(process.pid) },
  });
  await serving(server);
  const database = await openDatabase({ dataDir, what: 'bench', create: false });
  return {
    port,
    pid: server.pid ?? 0,
    database,
    key: async (post) => {
      const { stdout } = await run(process.execPath, [CLI, 'key', 'create', '--role', post, ...where]);
      return stdout.trim();
    },
    stop: () =>
      new Promise((done) => {
        server.once('exit', () => done());
        server.kill('SIGTERM');
      }),
  };
}

function serving(server: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    server.once('exit', (code) => fail(new Error(`The program ended with ${code}`)));
    server.stdout?.on('data', (words: Buffer) => {
      if (words.includes('http://')) done();
    });
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOME = join(import.meta.dirname, '../..');
const PATIENCE = 90_000;

/** The program as a customer starts it, with a data folder of its own; gone with everything in it at the end. */
export interface RunningProgram {
  url: string;
  stop(): Promise<void>;
}

/** Starts it on a free port and waits until it serves. */
export async function startProgram(flags: readonly string[] = []): Promise<RunningProgram> {
  const data = await mkdtemp(join(tmpdir(), 'huiyin-program-'));
  // The database's own account has to pass through it when we are root; else its files would lie elsewhere and stay.
  await chmod(data, 0o755);
  const args = ['src/app/cli.ts', 'start', '--port', '0', '--data', join(data, 'data'), ...flags];
  const program: ChildProcess = spawn(process.execPath, args, { cwd: HOME, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => {
      program.kill('SIGKILL');
      reject(new Error('The server did not start in time'));
    }, PATIENCE);
    let said = '';
    program.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
      const found = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    });
    program.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
  return {
    url,
    async stop() {
      if (program.exitCode === null) {
        const ended = new Promise((resolve) => program.once('exit', resolve));
        program.kill('SIGTERM');
        await ended;
      }
      await rm(data, { recursive: true, force: true });
    },
  };
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';

/** Where a call is made: the exchange's own port, and those of the owner's and the clerk's telephones with their media. */
export interface Lines {
  exchange: number;
  owner: number;
  clerk: number;
  number: string;
}

/** Whether a program of Debian's is there. */
export function isThere(program: string, version: string): boolean {
  try {
    execFileSync(program, [version], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch (cause) {
    // sipp ends with 99 after saying its version.
    return cause instanceof Error && 'status' in cause && cause.status === 99;
  }
}

/** Resolves when a process has ended. */
export const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => child.once('exit', resolve))
    : Promise.resolve();

/**
 * An owner calls a number by SIP; the clerk's telephone rings for six seconds, is picked up, and he hangs up after a
 * second and a half. `root` is a folder for what the telephones leave.
 */
export function telephones(root: string, { exchange, owner, clerk, number }: Lines) {
  const running: ChildProcess[] = [];
  const sipp = (scenario: string, port: number, args: string[]): ChildProcess => {
    const file = join(import.meta.dirname, 'sip', `${scenario}.xml`);
    const own = ['-sf', file, '-i', '127.0.0.1', '-p', String(port), '-mp', String(port + 28), '-m', '1', '-nostdin'];
    const child = spawn('sipp', [...own, ...args], { stdio: 'ignore', cwd: root });
    running.push(child);
    return child;
  };
  return {
    async call(): Promise<void> {
      const desk = sipp('clerk', clerk, []);
      const caller = sipp('caller', owner, ['-s', number, `127.0.0.1:${exchange}`]);
      await Promise.all([ended(desk), ended(caller)]);
    },
    async stop(): Promise<void> {
      for (const child of running) child.kill('SIGKILL');
      await Promise.all(running.map(ended));
    },
  };
}

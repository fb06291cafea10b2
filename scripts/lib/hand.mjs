import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from './common.mjs';

const SETPRIV = '/usr/bin/setpriv';

/**
 * Hands over to the program and answers its exit code. A Node that can replace itself does; otherwise we stay as a thin
 * parent: signals are passed on, and whoever of us is killed by force takes the other along.
 */
export async function hand(node, [program, ...rest]) {
  const args = [join(ROOT, program), ...rest];
  // Started straight from a shell we may outlive it on purpose (nohup); npm we never outlive.
  const underNpm = process.env.npm_lifecycle_event !== undefined;
  const parent = process.ppid;
  if (typeof process.execve === 'function' && node === process.execPath) {
    process.execve(node, [node, ...args], { ...process.env, HUIYIN_PARENT: underNpm ? String(parent) : '' });
  }
  if (underNpm) {
    setInterval(() => {
      if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
    }, 500).unref();
  }
  const env = { ...process.env, HUIYIN_PARENT: String(process.pid) };
  const [file, all] = existsSync(SETPRIV) ? [SETPRIV, ['--pdeathsig', 'TERM', node, ...args]] : [node, args];
  return (await run(file, all, { cwd: process.cwd(), env })).code;
}

import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { birthMark } from './process.ts';
import { errorCode } from './trouble.ts';

/** Who holds a data folder: the process, and the command it runs. */
export interface Holder {
  pid: number;
  birth: string;
  what: string;
}

export type Lock = { held: true; release(): void } | { held: false; by: Holder };

/** Reads who holds the folder now; undefined when nobody alive does. */
export function holderOf(dataDir: string): Holder | undefined {
  try {
    const holder: Holder = JSON.parse(readFileSync(join(dataDir, 'huiyin.lock'), 'utf8'));
    return holder.birth !== '' && birthMark(holder.pid) === holder.birth ? holder : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the data folder for this process, or says who has it. A lock left by a killed process is recognised by the
 * process's start mark, never by its age, and is replaced.
 */
export function takeLock(dataDir: string, what: string): Lock {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'huiyin.lock');
  const own = `${path}.${process.pid}`;
  const mine: Holder = { pid: process.pid, birth: birthMark(process.pid), what };
  writeFileSync(own, JSON.stringify(mine));
  try {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      try {
        // A hard link is made whole or not at all: nobody reads a half-written lock.
        linkSync(own, path);
        return { held: true, release: () => releaseLock(path, mine) };
      } catch (cause) {
        if (errorCode(cause) !== 'EEXIST') throw cause;
      }
      const by = holderOf(dataDir);
      if (by) return { held: false, by };
      setAside(path, `${own}.stale`);
    }
    return { held: false, by: holderOf(dataDir) ?? mine };
  } finally {
    rmSync(own, { force: true });
  }
}

function setAside(path: string, to: string): void {
  try {
    renameSync(path, to);
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') throw cause;
  }
  rmSync(to, { force: true });
}

function releaseLock(path: string, mine: Holder): void {
  try {
    const now: Holder = JSON.parse(readFileSync(path, 'utf8'));
    if (now.pid === mine.pid && now.birth === mine.birth) rmSync(path, { force: true });
  } catch {
    // Already gone: the folder was removed under us.
  }
}

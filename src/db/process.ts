import { readFileSync } from 'node:fs';

/** True when a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

/**
 * A mark that tells this process from a later one with the same id: its start in clock ticks since boot plus the boot's id.
 * Empty when the process is gone.
 */
export function birthMark(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name may contain spaces and brackets, so count fields from its closing bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return '';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19] ?? ''}`;
  } catch {
    return '';
  }
}

/** Waits `ms` milliseconds. */
export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Asks `probe` every `everyMs` until it answers true or `limitMs` have passed; false means it never did. */
export async function until(probe: () => boolean | Promise<boolean>, limitMs: number, everyMs = 5): Promise<boolean> {
  const end = performance.now() + limitMs;
  for (;;) {
    if (await probe()) return true;
    if (performance.now() >= end) return false;
    await pause(everyMs);
  }
}

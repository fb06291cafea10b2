import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import type { Line } from './report.ts';

const at = (path: string): string => new URL(`../${path}`, import.meta.url).pathname;
const KB = 1024;
const OWNER_LIMIT = 15;
const STAFF_LIMIT = 300;

/** What pages weigh: the owner's script as it is served uncompressed, the staff's first load in brotli. */
export function benchSizes(): Line[] {
  const owner = readFileSync(at('src/owner/public/owner.js'));
  const small = brotliCompressSync(owner).length / KB;
  // The list of what a first load consists of is kept in one place only.
  const said = execFileSync(process.execPath, [at('web/scripts/size.mjs')], { encoding: 'utf8' });
  const staff = Number(/^\s*(\d+) {2}first load in all/m.exec(said)?.[1]) / KB;
  const line = (what: string, size: number, target: number, limit: string): Line => ({
    what,
    median: `${size.toFixed(1)} KB`,
    p99: '',
    limit,
    share: '',
    target: `≤ ${target} KB`,
    met: size <= target,
  });
  return [
    line('script of the owner’s page', owner.length / KB, OWNER_LIMIT, `${small.toFixed(1)} KB in brotli`),
    line('first load of the staff pages, brotli', staff, STAFF_LIMIT, ''),
  ];
}

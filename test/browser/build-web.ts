import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const WEB = fileURLToPath(new URL('../../web', import.meta.url));
const SOURCES = ['src', 'index.html', 'vite.config.ts', 'scripts', '../src/case', '../src/policy', '../src/clock'];

/** Builds the staff application when what lies in the folder is newer than what was built, so that no story runs on yesterday's pages. */
export default async function buildWeb(): Promise<void> {
  const built = await changedAt(join(WEB, 'dist/index.html'));
  const written = Math.max(...(await Promise.all(SOURCES.map((source) => newest(join(WEB, source))))));
  if (written < built) return;
  // Files of an earlier build stay: a server that runs on them may still be asked for them.
  await build({ root: WEB, logLevel: 'warn', build: { emptyOutDir: false } });
}

const changedAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

async function newest(path: string): Promise<number> {
  if (!(await stat(path)).isDirectory()) return changedAt(path);
  const inside = await readdir(path, { recursive: true });
  return Math.max(0, ...(await Promise.all(inside.map((file) => changedAt(join(path, file))))));
}

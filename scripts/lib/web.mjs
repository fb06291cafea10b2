import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone, environment, ROOT, read, Stop, say, step } from './common.mjs';

const STAMP = join(ROOT, 'web/dist/.stamp');
// The pages share the contracts and the pure rooms with the server.
const SOURCES = ['web', 'src/kernel', 'src/clock', 'src/policy', 'src/case', 'src/http', 'package-lock.json'];

/** Builds the staff pages when anything they are made of has changed since the last build. */
export async function ensureWeb(node) {
  if (!existsSync(join(ROOT, 'web/index.html'))) return;
  const wanted = fingerprint();
  if (read(STAMP) === wanted) return;
  await alone(async () => {
    if (read(STAMP) === wanted) return;
    say('正在生成工作台页面 …', 'Building the staff pages …');
    const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
    const { code, text } = await step(node, [vite, 'build', '--logLevel', 'warn'], {
      cwd: join(ROOT, 'web'),
      env: environment(node),
    });
    if (code !== 0) {
      process.stderr.write(text);
      throw new Stop('工作台页面生成失败（见上）', 'The staff pages could not be built (see above)');
    }
    writeFileSync(STAMP, wanted);
  });
}

function fingerprint() {
  const hash = createHash('sha256');
  const add = (path) =>
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  const walk = (path) => {
    for (const entry of readdirSync(join(ROOT, path), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (['node_modules', 'dist'].includes(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue;
      if (entry.isDirectory()) walk(`${path}/${entry.name}`);
      else if (entry.isFile()) add(`${path}/${entry.name}`);
    }
  };
  for (const source of SOURCES.filter((s) => existsSync(join(ROOT, s))))
    source.includes('.json') ? add(source) : walk(source);
  return hash.digest('hex');
}

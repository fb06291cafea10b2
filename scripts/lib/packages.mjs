import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone, environment, npm, npmTrouble, ROOT, read, say, step } from './common.mjs';

const STAMP = join(ROOT, 'node_modules/.huiyin-lock');

/** Installs the locked packages when they are missing or the lock file has changed since. */
export async function ensurePackages(node) {
  if (isCurrent()) return;
  await alone(async () => {
    if (isCurrent()) return;
    if (!matchesInstalled()) await install(node);
    writeFileSync(STAMP, lockHash());
  });
}

async function install(node) {
  say('正在安装软件包（首次约需一分钟）…', 'Installing packages (about a minute the first time) …');
  // Without the stamp an installation cut short is repeated.
  rmSync(STAMP, { force: true });
  const [file, lead] = npm(node);
  const args = [...lead, 'ci', '--include=dev', '--no-audit', '--no-fund', '--no-update-notifier'];
  const { code, text } = await step(file, args, { env: environment(node) });
  if (code !== 0) throw npmTrouble({ zh: '安装软件包', en: 'install the packages' }, text);
}

const lockHash = () =>
  createHash('sha256')
    .update(read(join(ROOT, 'package-lock.json')))
    .digest('hex');
const isCurrent = () => read(STAMP) === lockHash();

/** True when npm's own record of what is installed already says what the lock file says (a developer ran npm). */
function matchesInstalled() {
  const record = read(join(ROOT, 'node_modules/.package-lock.json'));
  if (!record) return false;
  const has = JSON.parse(record).packages;
  const wanted = JSON.parse(read(join(ROOT, 'package-lock.json'))).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || !path.includes('node_modules/') || entry.optional) return true;
    if (entry.link) return has[path]?.link === true && existsSync(join(ROOT, path));
    return has[path]?.version === entry.version && has[path]?.integrity === entry.integrity;
  });
}

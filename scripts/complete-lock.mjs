// Run after `npm install`: a registry mirror that carries only one platform makes npm leave the other platforms' optional
// packages out of package-lock.json, and `npm ci` then refuses the file. Adds the entries npm would have written.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const OS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'aix', 'win32'];
const CPU = ['arm64', 'arm', 'ia32', 'x64', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'];

let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, wanted] of Object.entries(entry.optionalDependencies ?? {})) {
    const found = [`${path}/node_modules/${name}`, ...ancestors(path).map((p) => `${p}node_modules/${name}`)];
    if (found.some((place) => lock.packages[place])) continue;
    const words = name.split(/[-/]/);
    const os = OS.find((o) => words.includes(o));
    const cpu = CPU.find((c) => words.includes(c) || (c === 'ppc64' && words.includes('ppc64le')));
    if (!os && cpu !== 'wasm32') continue;
    const dev = entry.dev ? { dev: true } : entry.devOptional ? { devOptional: true } : {};
    lock.packages[`node_modules/${name}`] = {
      version: wanted.replace(/^[\^~=]/, ''),
      ...(cpu ? { cpu: [cpu] } : {}),
      ...dev,
      ...(words.includes('musl') ? { libc: ['musl'] } : {}),
      license: entry.license,
      optional: true,
      ...(os ? { os: [os] } : {}),
    };
    added += 1;
  }
}

function ancestors(path) {
  const parts = path.split('node_modules/');
  return parts.map((_, i) => parts.slice(0, i).join('node_modules/')).concat('');
}

const [root, ...rest] = Object.entries(lock.packages);
lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => a.localeCompare(b, 'en'))]);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} entries added`);

// Prints what the first load (sign-in and worklist) weighs in brotli and fails above the limit.
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';

const LIMIT = 300 * 1024;
const FIRST = ['index.html', 'src/pages/sign-in/page.tsx', 'src/pages/worklist/page.tsx'];
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

const files = new Set(['index.html']);
const seen = new Set();
const follow = (key) => {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`The build has no ${key}: correct the list of first pages`);
  if (seen.has(key)) return;
  seen.add(key);
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) follow(next);
};
for (const key of FIRST) follow(key);

let total = 0;
for (const file of files) {
  const bytes = await readFile(new URL(file, dist));
  const small = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  total += small;
  console.log(`${String(small).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  first load in all, limit ${LIMIT}`);
if (total > LIMIT) process.exit(1);

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const inRoot = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const pages = [
  ...inRoot,
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

test.each(pages)('every link on %s leads somewhere', (page) => {
  const text = readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```/g, '');
  const links = [...text.matchAll(/(?<!!)\[[^\]]*\]\(([^)#\s]+)/g)].flatMap(([, to]) => to ?? []);
  const dead = links.filter((to) => !/^https?:/.test(to) && !existsSync(join(root, dirname(page), to)));
  expect(dead).toEqual([]);
});

test('every decision is in the list of decisions', () => {
  const list = readFileSync(join(root, 'docs/decisions/README.md'), 'utf8');
  const missing = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d/.test(name) && !list.includes(name));
  expect(missing).toEqual([]);
});

test('every setting is told in both files for those who begin', async () => {
  const { SETTINGS } = await import('#app/config.ts');
  for (const page of ['README.md', 'README.zh-CN.md']) {
    const text = readFileSync(join(root, page), 'utf8');
    const untold = Object.values(SETTINGS).flatMap(({ env }) => (text.includes(`\`${env}\``) ? [] : [env]));
    expect(untold, page).toEqual([]);
  }
});

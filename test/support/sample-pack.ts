import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PackSource } from '#policy/source.ts';

/** The page about packs, whose examples are a pack. */
export const packsPage = readFileSync(fileURLToPath(new URL('../../docs/packs.md', import.meta.url)), 'utf8');

/** The examples of the page, put together by the file named in their first line: the sample pack LP. */
export function samplePack(): PackSource[] {
  const files = new Map<string, string>();
  for (const [, path = '', text = ''] of packsPage.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g))
    files.set(path, (files.get(path) ?? '') + text);
  return [...files].map(([path, text]) => ({ path, text }));
}

/** The same, in which the police themselves can say that they took a thing over: a party outside the company. */
export function samplePackWithPolice(): PackSource[] {
  return samplePack().map(({ path, text }) => ({
    path,
    text: text
      .replace(/^( {2}owner: \{ party: owner)/m, '  police: { party: outside, title: { zh: 派出所, en: Police } }\n$1')
      .replace('by: [keeper, superior]\n    from: [kept]', 'by: [keeper, superior, police]\n    from: [kept]'),
  }));
}

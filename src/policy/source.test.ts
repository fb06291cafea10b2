import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readPackFolder } from '#app/packs.ts';
import { parseSource } from './source.ts';

const read = (text: string) => parseSource({ path: 'pack.yaml', text });

test.each(readdirSync('packs'))(
  'what pack %s says is the same whichever of the two parsers reads it',
  async (folder) => {
    for (const file of await readPackFolder(`packs/${folder}`))
      expect(read(file.text).value, file.path).toEqual(parse(file.text, { merge: true }));
  },
);

test('a duplicate key, a broken line and a tag of one’s own are named at their line and column', () => {
  expect(read('title: 1\npack: A\ntitle: 2\n').problems[0]).toMatchObject({ code: 'pack.yaml', line: 3, column: 1 });
  expect(read('a:\n  - [1, 2\nb: 3\n').problems[0]).toMatchObject({ code: 'pack.yaml', line: 3 });
  expect(read('a: 1\n---\nb: 2\n').problems).toHaveLength(1);
});

test('a few lines that stand for billions of values are refused, and so is a list that contains itself', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 9; i++)
    bomb.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    );
  expect(read(bomb.join('\n')).problems).toHaveLength(1);
  expect(read('a: &a [1, *a]').problems).toHaveLength(1);
});

test('a place is found in a file without a fault too', () => {
  const source = read('pack: A\nroles:\n  owner: { party: owner }\n');
  expect(source.locate(['roles', 'owner', 'party'])).toEqual({ line: 3, column: 12 });
  expect(source.has(['roles', 'owner'])).toBe(true);
  expect(source.has(['roles', 'guest'])).toBe(false);
});

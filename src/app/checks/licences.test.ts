import { expect, test } from 'vitest';
import { isAllowed } from './licences.ts';
import { lockedPackages } from './lock-file.ts';

test('a package is allowed when one of its offered licences is, or all of its combined ones are', () => {
  expect(isAllowed('MIT')).toBe(true);
  expect(isAllowed('(MIT OR GPL-3.0)')).toBe(true);
  expect(isAllowed('(MIT AND GPL-3.0)')).toBe(false);
  expect(isAllowed('(BSD-2-Clause AND MIT)')).toBe(true);
  expect(isAllowed('AGPL-3.0-only')).toBe(false);
  expect(isAllowed('SEE LICENSE IN LICENSE.md')).toBe(false);
});

test('the check sees the packages that are really shipped', () => {
  const shipped = [...lockedPackages()].filter(([, entry]) => !entry.dev).map(([place]) => place);
  expect(shipped).toContain('node_modules/fastify');
  expect(shipped).not.toContain('node_modules/knip');
});

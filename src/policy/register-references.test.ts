import { expect, test } from 'vitest';
import { readPackFolder } from '#app/packs.ts';
import { compilePack } from './compile.ts';

const sources = await readPackFolder('packs/s6');

/** What is wrong with S6 when words of it are replaced. */
function wrong(from: string, to: string): string {
  const compiled = compilePack(sources.map((file) => ({ ...file, text: file.text.replace(from, to) })));
  return compiled.ok ? '' : compiled.problems.map(({ path, message }) => `${path} ${message.en}`).join('\n');
}

test('a register shows neither who asked, nor his number, nor what only some may read', () => {
  expect(wrong('no such words', '')).toBe('');
  expect(wrong('from: case.sourceCase }', 'from: case.contactPhone }')).toContain('without personal content');
  // Staff are named; an owner who signed or took something back is not.
  expect(wrong('from: case.sourceCase }', 'from: latest.judge.by }')).toBe('');
  expect(wrong('from: case.sourceCase }', 'from: latest.withdraw.by }')).toMatch(
    /^registers.repairs.columns.9.from No step that only staff take/,
  );
});

test('how soon a repair must come again to count is a time of the calendar, not of working hours', () => {
  expect(wrong('within: setting.reworkWindow', 'within: P7D')).toBe('');
  expect(wrong('    value: P30D\n', '    value: { calendarDays: 30 }\n')).not.toContain('repeats');
  expect(wrong('    value: P30D\n', '    value: { workingDays: 30 }\n')).toContain('within');
  expect(wrong('within: setting.reworkWindow', 'within: 30 days')).toContain('No duration such as P30D');
});

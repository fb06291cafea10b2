import { expect, test } from 'vitest';
import { readPackFolder } from '#app/packs.ts';
import { compilePack } from './compile.ts';

/** What is wrong with S1 when words of its policy are replaced. */
async function faults(...changes: [string, string][]): Promise<string[]> {
  const sources = (await readPackFolder('packs/s1')).map((file) => ({
    ...file,
    text: changes.reduce((text, [from, to]) => text.replace(from, to), file.text),
  }));
  const compiled = compilePack(sources);
  return compiled.ok ? [] : compiled.problems.map(({ path, line, message }) => `${path} ${line > 1} ${message.en}`);
}
const FALLBACK = '    fallback: { clock: unassigned, to: [caseOfficer], notice: unassigned }\n';

test('a policy that names a wrong step, field, place or clock says which and where', async () => {
  expect(await faults()).toEqual([]);
  expect(await faults(['    step: dispatch\n', '    step: dispatches\n'])).toEqual([
    'dispatch.handling.step true No step named "dispatches"; did you mean "dispatch"?',
  ]);
  expect(await faults(['    place: place\n', '    place: content\n'])).toMatchObject(
    [/dispatch.handling.place true No intake field that names a place named "content"/].map((pattern) =>
      expect.stringMatching(pattern),
    ),
  );
  expect((await faults(['clock: unassigned, to', 'clock: acceptance, to'])).join()).toContain(
    'No clock that the step stops named "acceptance"',
  );
});

test('a row of the routing that names premises says which field tells where a case is; one that says neither when nor where is refused', async () => {
  const row = '    - { when: { field: case.category, under: safety }, unit: security }\n';
  const routed = (instead: string): Promise<string[]> => faults([row, `    - { ${instead}, unit: security }\n`]);
  expect(await routed('at: place, premises: [JX-3]')).toEqual([]);
  expect((await routed('at: content, premises: [JX-3]')).join()).toMatch(
    /^routing.rows.3.at true No intake field that names a place named "content"/,
  );
  expect((await routed('premises: [JX-3]')).join()).toContain('`premises` needs `at`');
  expect((await routed('at: place, when: { field: case.category, filled: true }')).join()).toContain(
    '`at` needs `premises`',
  );
  expect((await faults([row, '    - { unit: security }\n'])).join()).toContain('needs `when` or `premises`');
});

test('a procedure in which the program gives out cases must say where one goes that nobody fits', async () => {
  expect((await faults([FALLBACK, ''], ['mode: suggest', 'mode: assign'])).join()).toContain(
    'No place to go where nobody fits',
  );
  // On offer, it must stand on the list of those who are asked.
  expect((await faults(['mode: suggest', 'mode: grab'])).join()).toContain(
    'No role that state waits for named "handler"',
  );
});

test('a step whose answers only a person can know is not one for the program', async () => {
  const asked = await faults(
    ['mode: suggest', 'mode: assign'],
    [
      'reason: { type: text, label: { zh: 说明, en: Note } }',
      'reason: { type: text, required: true, label: { zh: 说明, en: Note } }',
    ],
  );
  expect(asked.join()).toContain('No field that the program can fill by itself named "reason"');
});

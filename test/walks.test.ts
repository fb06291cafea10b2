import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brokenLaws } from '#case/laws.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import type { Organisation } from './support/organisation.ts';
import { packFrom, type Story } from './support/story.ts';
import { walk } from './support/walk.ts';

/** After every fact the laws must hold, and the journal must be enough to rebuild the case. */
const sound =
  (spec: ProcedureSpec) =>
  (story: Story): void => {
    expect(brokenLaws(story.case, spec)).toEqual([]);
    expect(story.replayed()).toEqual(story.case);
  };

for (const folder of readdirSync('packs')) {
  const pack = await packFrom(folder);
  const { company } = (await import(`../packs/${folder}/company.ts`)) as { company: Organisation };
  describe(`Whatever people do and however time passes, under ${pack.pack}`, () => {
    for (const [procedure, spec] of Object.entries(pack.procedures))
      test(`${spec.title.zh}：始终有人负责、有期限、有结果，超时不可抹去`, () => {
        fc.assert(
          fc.property(fc.gen(), (generate) => {
            walk(pack, company, procedure, (arbitrary) => generate(() => arbitrary), sound(spec));
          }),
          { numRuns: Number(process.env.RUNS ?? 60), endOnFailure: true },
        );
      });
  });
}

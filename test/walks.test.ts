import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#case/context.ts';
import { brokenLaws } from '#case/laws.ts';
import { nextMoment } from '#case/next-moment.ts';
import { blank } from '#case/register.ts';
import { holdersOf } from '#case/roles.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { clockwork, type Organisation, owner } from './support/organisation.ts';
import { packFrom, Story } from './support/story.ts';
import { entered } from './support/values.ts';

const parties = { owner, system: clockwork, outside: { ...owner, kind: 'outside', name: '外部单位' } } as const;

/** Somebody who may do the step now: a party, or a holder of one of its roles. */
function doer(story: Story, roles: readonly string[]): Actor | null {
  for (const role of roles) {
    const spec = story.pack.roles[role];
    if (spec && 'party' in spec) return parties[spec.party];
    const [holder] = holdersOf(role, story.case, story.context(clockwork));
    if (holder) return story.company.actor(holder.id);
  }
  return null;
}

/** Walks a case at random: people act, or time passes; after every fact the laws must hold and the journal must give the same case. */
function walk(
  pack: CompiledPack,
  company: Organisation,
  procedure: string,
  draw: <T>(arbitrary: fc.Arbitrary<T>) => T,
): void {
  const spec = pack.procedures[procedure];
  if (!spec) throw new Error(procedure);
  const begin = (): Story => new Story(pack, '2026-03-05 10:00', undefined, company);
  const story = begin();
  const matter = spec.matters[0] ?? '';
  const blankState = begin().register(
    clockwork,
    draw(entered(spec.intake.fields, { state: blank, ctx: story.context(clockwork) })),
    { matter, procedure, channel: 'other' },
  );
  story.events.push(...blankState.events);
  story.state = blankState.case;
  for (let i = 0; i < 25 && spec.states[story.case.state]?.end !== true; i++) {
    if (draw(fc.integer({ min: 0, max: 3 })) === 0) {
      const next = nextMoment(story.case);
      story.until(next === null ? story.now + 3_600_000 : next + draw(fc.integer({ min: 0, max: 7_200_000 })));
    } else {
      const steps = Object.entries(spec.steps).filter(
        ([, step]) => step.from.includes(story.case.state) || step.from.includes('open'),
      );
      const [name, step] = draw(fc.constantFrom(...steps));
      const who = doer(story, step.by);
      if (who)
        story.apply(
          {
            type: 'take',
            step: name,
            values: draw(entered(step.fields, { state: story.case, ctx: story.context(who) })),
          },
          who,
        );
    }
    expect(brokenLaws(story.case, spec)).toEqual([]);
    // Shrunk counter-examples name the step; the journal must always be enough to rebuild the case.
    expect(story.replayed()).toEqual(story.case);
  }
}

for (const folder of readdirSync('packs')) {
  const pack = await packFrom(folder);
  const { company } = (await import(`../packs/${folder}/company.ts`)) as { company: Organisation };
  describe(`Whatever people do and however time passes, under ${pack.pack}`, () => {
    for (const [procedure, spec] of Object.entries(pack.procedures))
      test(`${spec.title.zh}：始终有人负责、有期限、有结果，超时不可抹去`, () => {
        fc.assert(
          fc.property(fc.gen(), (generate) => walk(pack, company, procedure, (arbitrary) => generate(() => arbitrary))),
          { numRuns: Number(process.env.RUNS ?? 60), endOnFailure: true },
        );
      });
  });
}

import fc from 'fast-check';
import { blank } from '#case/blank.ts';
import type { Actor } from '#case/context.ts';
import { nextMoment } from '#case/next-moment.ts';
import { holdersOf } from '#case/roles.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { clockwork, type Organisation, owner } from './organisation.ts';
import { Story } from './story.ts';
import { entered } from './values.ts';

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

/** Walks a case at random from its registration: people act, or time passes. Whoever walks looks at it after every act. */
export function walk(
  pack: CompiledPack,
  company: Organisation,
  procedure: string,
  draw: <T>(arbitrary: fc.Arbitrary<T>) => T,
  look: (story: Story) => void = () => undefined,
): Story {
  const spec = pack.procedures[procedure];
  if (!spec) throw new Error(procedure);
  const story = new Story(pack, '2026-03-05 10:00', undefined, company);
  const values = draw(entered(spec.intake.fields, { state: blank, ctx: story.context(clockwork) }));
  story.register(clockwork, values, { matter: spec.matters[0] ?? '', procedure, channel: 'other' });
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
    look(story);
  }
  return story;
}

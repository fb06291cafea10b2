import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { Ability, Act } from './abilities/ability.ts';
import { endClocks } from './abilities/endings.ts';
import { abilities } from './abilities/registry.ts';
import type { Draft } from './draft.ts';
import { holds } from './guard.ts';
import { describeRoles, holdersOf } from './roles.ts';

// What a step causes stands in its pack: it is gathered once, when the step is first done.
const causes = new WeakMap<Act['spec'], Ability[]>();

function causedBy(spec: Act['spec']): Ability[] {
  const known = causes.get(spec);
  if (known) return known;
  const caused = abilities.filter(([key]) => says(spec[key])).map(([, ability]) => ability);
  causes.set(spec, caused);
  return caused;
}

const says = (value: unknown): boolean =>
  value !== undefined && value !== false && !(typeof value === 'object' && Object.keys(value ?? {}).length === 0);

/** Checks what must hold, does everything a step causes, and keeps the laws that hold for every case. */
export function carryOut(draft: Draft, act: Act): Refusal | undefined {
  for (const ability of causedBy(act.spec)) {
    const refused = ability(draft, act);
    if (refused) return refused;
  }
  endClocks(draft, act);
  return undefined;
}

/** The first condition of a step that is not met, as words for the person who can meet it. */
export function unmetNeed(
  draft: Draft,
  act: Act,
  only: (need: Act['spec']['needs'][number]) => boolean = () => true,
): Refusal | undefined {
  if (act.spec.needs.length === 0) return undefined;
  const scope = { state: draft.state, values: act.values, pack: draft.ctx.pack, actor: draft.ctx.actor };
  for (const need of act.spec.needs) {
    if (!only(need) || (need.when && !holds(need.when, scope)) || holds(need.that, scope)) continue;
    // Whoever is refused knows of himself; the others are named to him.
    const others = act.spec.by.filter(
      (role) => !holdersOf(role, draft.state, draft.ctx).some((one) => one.id === draft.ctx.actor.personId),
    );
    return refusal(need.code, need.say, {
      clause: act.spec.clause,
      ...(others.length > 0 ? { who: describeRoles(others, draft.state, draft.ctx) } : {}),
      ...(need.field ? { field: need.field } : {}),
    });
  }
  return undefined;
}

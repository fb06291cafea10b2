import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { Act } from './abilities/ability.ts';
import { endClocks } from './abilities/endings.ts';
import { abilities } from './abilities/registry.ts';
import type { Draft } from './draft.ts';
import { holds } from './guard.ts';
import { describeRoles } from './roles.ts';

/** Checks what must hold, does everything a step causes, and keeps the laws that hold for every case. */
export function carryOut(draft: Draft, act: Act): Refusal | undefined {
  for (const [key, ability] of abilities) {
    const spec = act.spec[key];
    if (spec === undefined || spec === false || (Array.isArray(spec) && spec.length === 0)) continue;
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
  const scope = { state: draft.state, values: act.values, pack: draft.ctx.pack, actor: draft.ctx.actor };
  for (const need of act.spec.needs) {
    if (!only(need) || (need.when && !holds(need.when, scope)) || holds(need.that, scope)) continue;
    return refusal(need.code, need.say, {
      clause: act.spec.clause,
      who: describeRoles(act.spec.by, draft.state, draft.ctx),
      ...(need.field ? { field: need.field } : {}),
    });
  }
  return undefined;
}

import type { Instant } from '#kernel/instant.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import type { Actor } from './context.ts';
import { standsIn } from './its-turn.ts';
import type { CaseState } from './state.ts';

/** Somebody outside the company who answers in one role, and in no other. */
export const outsideActor = (role: string, name: string): Actor => ({
  kind: 'outside',
  personId: null,
  name,
  posts: [role],
});

/** Roles of parties outside that have a step to take where the case stands now. */
export function outsideRoles(state: CaseState, pack: PackSpec): string[] {
  const procedure = pack.procedures[state.procedure];
  if (!procedure) return [];
  const here = Object.values(procedure.steps).filter((step) => standsIn(state, procedure, step));
  return Object.entries(pack.roles).flatMap(([role, spec]) =>
    'party' in spec && spec.party === 'outside' && here.some((step) => step.by.includes(role)) ? [role] : [],
  );
}

/** Until when a role outside has to answer: the earliest running clock that one of its steps would end; null without one. */
export function outsideLimit(state: CaseState, pack: PackSpec, role: string, now: Instant): Instant | null {
  const procedure = pack.procedures[state.procedure];
  if (!procedure) return null;
  const ended = new Set(
    Object.values(procedure.steps)
      .filter((step) => step.by.includes(role) && standsIn(state, procedure, step))
      .flatMap((step) => [...step.stops, ...step.cancels, ...step.restarts].map(({ clock }) => clock)),
  );
  const due = state.clocks
    .filter((run) => run.status === 'running' && ended.has(run.clock) && run.dueAt > now)
    .map((run) => run.dueAt);
  return due.length === 0 ? null : Math.min(...due);
}

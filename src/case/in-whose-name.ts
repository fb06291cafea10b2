import type { Actor, Command, Directory, Person } from './context.ts';
import { actsAs, recused, type Surroundings } from './roles.ts';
import type { CaseState } from './state.ts';

/** Whom somebody stands in for, each as the one who would act; `whole`: in his duties too, not in named posts only. */
export function principalsOf(actor: Actor, directory: Directory): { actor: Actor; whole: boolean }[] {
  if (actor.kind !== 'staff' || actor.personId === null) return [];
  return directory.standsInFor(actor.personId).map(({ person, posts }) => ({
    actor: asActor({ ...person, posts: posts === null ? person.posts : person.posts.filter((p) => posts.includes(p)) }),
    whole: posts === null,
  }));
}

const asActor = ({ id, name, posts }: Person): Actor => ({ kind: 'staff', personId: id, name, posts });

const inHisOwn = ({ standsInFor: _, ...actor }: Actor): Actor => actor;

/** The actor with the name in which he can act in one of the roles: his own first; undefined when in nobody's. */
export function inWhoseName(
  roles: readonly string[],
  acting: Actor,
  state: CaseState,
  ctx: Surroundings,
): Actor | undefined {
  const actor = acting.standsInFor ? inHisOwn(acting) : acting;
  if (roles.some((role) => actsAs(role, actor, state, ctx))) return actor;
  const aside = recused(state, ctx.pack);
  const lent = principalsOf(actor, ctx.directory).find(
    (one) => !aside.includes(one.actor.personId ?? '') && couldAct(one, roles, state, ctx),
  );
  return lent && { ...actor, standsInFor: { id: lent.actor.personId ?? '', name: lent.actor.name } };
}

/** Who would lend the actor his power but must stand aside himself; undefined when nobody. */
export function lenderAside(
  roles: readonly string[],
  actor: Actor,
  state: CaseState,
  ctx: Surroundings,
): string | undefined {
  const aside = recused(state, ctx.pack);
  return principalsOf(actor, ctx.directory).find(
    (one) => aside.includes(one.actor.personId ?? '') && couldAct(one, roles, state, ctx),
  )?.actor.name;
}

const couldAct = (
  { actor, whole }: { actor: Actor; whole: boolean },
  roles: readonly string[],
  state: CaseState,
  ctx: Surroundings,
): boolean =>
  roles.some((role) => (whole || 'post' in (ctx.pack.roles[role] ?? {})) && actsAs(role, actor, state, ctx));

/** The roles that may give an order on a case; empty where no role is asked. */
export function rolesFor(command: Command, state: CaseState, { pack }: Surroundings): readonly string[] {
  const procedure = pack.procedures[state.procedure];
  if (command.type === 'take') return procedure?.steps[command.step]?.by ?? [];
  return command.type === 'reassign' ? (procedure?.reassignedBy ?? []) : [];
}

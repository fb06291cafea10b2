import type { Text } from '#kernel/text.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import type { Actor, Context, Person } from './context.ts';
import type { PersonRef, Value } from './event.ts';
import { responsible } from './next-moment.ts';
import type { CaseState } from './state.ts';

export type Surroundings = Pick<Context, 'pack' | 'directory'>;

const known = (person: Person | undefined): Person[] => (person?.active ? [person] : []);

/** Who must take no part, by the way a pack names them: a field, `by:<step>` (who did it), `duty:<duty>` (who holds it). */
const concerned: { [way: string]: (state: CaseState, name: string) => (string | null | undefined)[] } = {
  field: (state, name) => [state.values[name]].flat().map((id) => (typeof id === 'string' ? id : null)),
  by: (state, name) => (state.entries[name] ?? []).flatMap(({ by }) => [by.personId, by.standsInFor?.id]),
  duty: (state, name) => Object.entries(state.duties).map(([duty, person]) => (duty === name ? person?.id : null)),
};

const NOBODY: readonly string[] = [];

/** People who must take no part in this case: those it complains of, and whoever else the procedure keeps out. */
export function recused(state: CaseState, pack: PackSpec): readonly string[] {
  const named = pack.procedures[state.procedure]?.recusal;
  if (!named || named.length === 0) return NOBODY;
  return named.flatMap((name) => {
    const [way, what] = name.includes(':') ? (name.split(':') as [string, string]) : (['field', name] as const);
    return (concerned[way]?.(state, what) ?? []).filter((id) => typeof id === 'string');
  });
}

/** The people who hold a role on this case now. Where recusal would leave nobody, their superiors step in. */
export function holdersOf(role: string, state: CaseState, ctx: Surroundings): readonly Person[] {
  const all = allHolders(role, state, ctx);
  const barred = recused(state, ctx.pack);
  if (barred.length === 0) return all;
  const free = all.filter((person) => !barred.includes(person.id));
  if (free.length > 0) return free;
  return uniqueById(all.flatMap((person) => known(ctx.directory.superior(person.id)))).filter(
    (person) => !barred.includes(person.id),
  );
}

const NONE: readonly Person[] = [];

/** People in any of these posts, each once. */
function ofPosts(posts: readonly string[], holders: (post: string) => readonly Person[]): readonly Person[] {
  const [only] = posts;
  return posts.length === 1 && only !== undefined ? holders(only) : uniqueById(posts.flatMap((post) => holders(post)));
}

function allHolders(role: string, state: CaseState, ctx: Surroundings): readonly Person[] {
  const spec = ctx.pack.roles[role];
  if (!spec) return [];
  if ('duty' in spec) {
    // A duty nobody has been given yet falls to whoever answers for the case, so no warning goes unheard.
    const holder = state.duties[spec.duty] ?? responsible(state);
    return holder ? known(ctx.directory.person(holder.id)) : [];
  }
  if ('post' in spec) {
    const where = spec.at === undefined ? undefined : premisesOf(state.values[spec.at]);
    const near = where === undefined ? NONE : ofPosts(spec.post, (post) => ctx.directory.near(post, where));
    return near.length > 0 ? near : ofPosts(spec.post, (post) => ctx.directory.holders(post));
  }
  if ('superiorOf' in spec) {
    const holder = state.duties[spec.superiorOf] ?? responsible(state);
    const superior = holder ? known(ctx.directory.superior(holder.id)) : [];
    return superior.length > 0 ? superior : allHolders(spec.orElse, state, ctx);
  }
  return [];
}

/** Id of the premises that a value of the kind `place` names; undefined where it gives words only. */
export const premisesOf = (value: Value | undefined): string | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value.premisesId === 'string'
    ? value.premisesId
    : undefined;

const uniqueById = (people: Person[]): Person[] =>
  people.length < 2 ? people : [...new Map(people.map((person) => [person.id, person])).values()];

/** Whether the actor may act in a role on this case. */
export function actsAs(role: string, actor: Actor, state: CaseState, ctx: Surroundings): boolean {
  const spec = ctx.pack.roles[role];
  if (!spec) return false;
  // Whoever was asked in one role outside must not answer in another.
  if ('party' in spec) return actor.kind === spec.party && (actor.kind !== 'outside' || isNamed(role, actor));
  if (actor.kind !== 'staff' || actor.personId === null) return false;
  if ('duty' in spec) return state.duties[spec.duty]?.id === actor.personId;
  if ('post' in spec) return spec.post.some((post) => actor.posts.includes(post));
  return holdersOf(role, state, ctx).some((person) => person.id === actor.personId);
}

const isNamed = (role: string, { posts }: Actor): boolean => posts.length === 0 || posts.includes(role);

/** Who could do it: the role with the people behind it, for a refusal that helps. */
export function describeRoles(roles: readonly string[], state: CaseState | null, ctx: Surroundings): Text {
  const parts = roles.map((role) => {
    const title = ctx.pack.roles[role]?.title ?? { zh: role, en: role };
    const people = state
      ? holdersOf(role, state, ctx)
          .slice(0, 3)
          .map((person) => person.name)
      : [];
    if (people.length === 0) return title;
    return { zh: `${title.zh}（${people.join('、')}）`, en: `${title.en} (${people.join(', ')})` };
  });
  return { zh: parts.map((part) => part.zh).join('、'), en: parts.map((part) => part.en).join(', ') };
}

export const refOf = (person: Person): PersonRef => ({ id: person.id, name: person.name, unitId: person.unitId });

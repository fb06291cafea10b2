import { refusal } from '#kernel/refusal.ts';
import { type Text, text } from '#kernel/text.ts';
import type { Actor, Person } from '../context.ts';
import type { Draft } from '../draft.ts';
import { principalsOf } from '../in-whose-name.ts';
import { holdersOf, recused } from '../roles.ts';
import type { Ability } from './ability.ts';

type Decider = Pick<Person, 'id' | 'posts'>;

/** Holds whoever decides a sum to his authority limit; a substitute to that of the one in whose name he acts. */
export const limits: Ability = (draft, act) => {
  const { directory, actor } = draft.ctx;
  if (actor.kind !== 'staff' || actor.personId === null) return undefined;
  for (const { field, kind } of act.spec.limits) {
    const yuan = act.values[field];
    if (typeof yuan !== 'number') continue;
    const own = directory.authority(deciderOf(actor, draft), kind);
    if (!own || own.upToFen === null || yuan * 100 <= own.upToFen) continue;
    const who = nextInLine(draft, act.spec.by, kind, yuan);
    const label = act.spec.fields[field]?.label ?? text(field, field);
    const upTo = own.upToFen / 100;
    return refusal(
      'authority.exceeded',
      {
        zh: `“${label.zh}”${yuan} 元超出${upTo === 0 ? '您的权限' : `您 ${upTo} 元的权限`}${who ? `，请由${who.zh}决定` : '，公司没有人可以决定这个数额：请先由总经理定出权限'}`,
        en: `${label.en} of ${yuan} yuan exceeds your authority of ${upTo}${who ? `; to be decided by ${who.en}` : '; nobody in the company may decide it yet'}`,
      },
      { field, clause: act.spec.clause, ...(who ? { who } : {}) },
    );
  }
  return undefined;
};

function deciderOf(actor: Actor, { ctx }: Draft): Decider {
  const lender = actor.standsInFor?.id;
  const found = lender && principalsOf(actor, ctx.directory).find((one) => one.actor.personId === lender);
  return found ? { id: lender, posts: found.actor.posts } : { id: actor.personId ?? '', posts: actor.posts };
}

/** Who may decide it: those who take the step anyway, else the nearest superior whose limit reaches. */
function nextInLine(draft: Draft, roles: readonly string[], kind: string, yuan: number): Text | undefined {
  const { state, ctx } = draft;
  const { directory } = ctx;
  const aside = recused(state, ctx.pack);
  const reaches = (one: Person): boolean => {
    const { upToFen } = directory.authority(one, kind) ?? { upToFen: 0 };
    return !aside.includes(one.id) && (upToFen === null || upToFen >= yuan * 100);
  };
  const able = roles.flatMap((role) => holdersOf(role, state, ctx)).filter(reaches);
  const people =
    able.length > 0
      ? able
      : superiorsOf(ctx.actor.personId ?? '', draft)
          .filter(reaches)
          .slice(0, 1);
  if (people.length === 0) return undefined;
  const names = [...new Set(people.map((one) => one.name))].slice(0, 3);
  return text(names.join('、'), names.join(', '));
}

/** Upward from somebody, nearest first; a chain that turns in a circle ends. */
function superiorsOf(personId: string, { ctx: { directory } }: Draft): Person[] {
  const chain = new Map<string, Person>();
  for (let at = directory.superior(personId); at && !chain.has(at.id); at = directory.superior(at.id))
    chain.set(at.id, at);
  return [...chain.values()];
}

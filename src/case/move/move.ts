import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { Text } from '#kernel/text.ts';
import type { Context, MoveCommand } from '../context.ts';
import { type Draft, emit } from '../draft.ts';
import { lawBroken } from '../laws.ts';
import { recused } from '../roles.ts';
import type { CaseState } from '../state.ts';
import { fitOf, type MoveFit, noPlace } from './fit.ts';

/** What would become of a case in the version its context names; undefined without one, or where the case follows it already. */
export function previewMove(state: CaseState, ctx: Context): MoveFit | undefined {
  const { target } = ctx;
  if (!target || target.pack.version === state.packVersion) return undefined;
  return fitOf(state, target.journal, ctx, { ...ctx, pack: target.pack, calendar: target.calendar });
}

/** Why this person may not move the case; undefined when he may. */
export function moveFault(state: CaseState, ctx: Context): Refusal | undefined {
  const { actor, pack, target } = ctx;
  if (actor.personId !== null && recused(state, pack).includes(actor.personId))
    return refusal('role.recused', { zh: '您是本件的被投诉人，须回避', en: 'The case complains of you' });
  const movers = target?.movers ?? [];
  if (actor.kind === 'staff' && movers.some((post) => actor.posts.includes(post))) return undefined;
  const who = peopleAt(movers, ctx);
  return refusal(
    'role.notYours',
    { zh: `改用新版制度由${who.zh}决定`, en: `Moving a case to a new version is decided by: ${who.en}` },
    { who },
  );
}

function peopleAt(posts: readonly string[], ctx: Context): Text {
  const people = posts.flatMap((post) => ctx.directory.holders(post));
  const names = [...new Set(people.map((person) => person.name))];
  return names.length === 0
    ? { zh: '管理制度的人', en: 'whoever answers for the procedures' }
    : { zh: names.join('、'), en: names.join(', ') };
}

/** Lets a running case follow another version from now on, or says what has no place there. */
export function move(draft: Draft, command: MoveCommand): Refusal | undefined {
  const { ctx, state } = draft;
  const clause = ctx.pack.procedures[state.procedure]?.clause ?? '';
  if (!ctx.target)
    return refusal('move.same', { zh: '本件已按这一版办理', en: 'The case follows this version already' }, { clause });
  const denied = moveFault(state, ctx);
  if (denied) return denied;
  if (command.reason.trim() === '')
    return refusal(
      'move.withoutReason',
      { zh: '请写明改用新版的理由', en: 'Say why the case is moved' },
      { field: 'reason' },
    );
  const fit = previewMove(state, ctx);
  if (!fit)
    return refusal('move.same', { zh: '本件已按这一版办理', en: 'The case follows this version already' }, { clause });
  const refused = noPlace(fit, clause);
  if (refused) return refused;
  const { pack } = ctx.target;
  emit(draft, 'caseMoved', {
    from: state.packVersion,
    to: pack.version,
    reason: command.reason.trim(),
    clocks: fit.clocks,
    clause: pack.procedures[state.procedure]?.clause ?? clause,
  });
  const procedure = pack.procedures[state.procedure];
  return procedure && lawBroken(draft.state, procedure);
}

import { localDate } from '#clock/civil.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { AwayCommand, Directory, Person } from './context.ts';
import { clauseOfProcedure, type Draft, emit } from './draft.ts';
import { recused } from './roles.ts';

/** Alarms the superior of whoever went on leave without a substitute while the case is his. */
export function away(draft: Draft, { personId, until }: AwayCommand): Refusal | undefined {
  const { state, ctx } = draft;
  const holder = Object.values(state.duties).find((one) => one?.id === personId);
  const ended = state.archivedAt !== null || ctx.pack.procedures[state.procedure]?.states[state.state]?.end === true;
  const above = superiorBut(recused(state, ctx.pack), personId, ctx.directory);
  if (!holder || ended || !above) return undefined;
  const last = localDate(until - 1);
  emit(draft, 'noticeIssued', {
    notice: 'away',
    to: { kind: 'person', personId: above.id, name: above.name, role: 'superior' },
    text: {
      zh: `${holder.name} 休假至 ${last}，没有代理人，${state.number} 还在其名下：请指定代理人或改派`,
      en: `${holder.name} is on leave until ${last} without a substitute and still holds ${state.number}: name one or reassign it`,
    },
    clause: clauseOfProcedure(draft),
  });
  return undefined;
}

/** The next superior who need not stand aside; a chain that turns in a circle ends. */
export function superiorBut(aside: readonly string[], personId: string, directory: Directory): Person | undefined {
  const seen = new Set([personId]);
  for (let at = directory.superior(personId); at && !seen.has(at.id); at = directory.superior(at.id)) {
    if (!aside.includes(at.id)) return at;
    seen.add(at.id);
  }
  return undefined;
}

/** Who stands so many levels above somebody, without those who must stand aside; undefined where the chain is shorter. */
export function levelsAbove(
  aside: readonly string[],
  personId: string,
  levels: number,
  directory: Directory,
): Person | undefined {
  const seen = [personId];
  let at: Person | undefined;
  for (let level = 0; level < levels; level += 1) {
    at = superiorBut([...aside, ...seen], seen.at(-1) ?? personId, directory);
    if (!at) return undefined;
    seen.push(at.id);
  }
  return at;
}

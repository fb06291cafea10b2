import type { Refusal } from '#kernel/refusal.ts';
import type { Person, UndeliveredCommand } from './context.ts';
import { clauseOfProcedure, type Draft, emit } from './draft.ts';
import { responsible } from './next-moment.ts';

const WORDS = 80;

/**
 * Tells whoever answers for the case that a message reached nobody; when it was for himself, his superior. Where there is
 * neither, nothing is said here: the message stands in the list of what did not arrive.
 */
export function undelivered(draft: Draft, { to, title, why }: UndeliveredCommand): Refusal | undefined {
  const person = whoLearns(draft, to);
  if (!person) return undefined;
  const name = to === null ? undefined : draft.ctx.directory.person(to)?.name;
  const whom = { zh: name ?? '业主', en: name ?? 'the owner' };
  const said = { zh: [...title.zh].slice(0, WORDS).join(''), en: [...title.en].slice(0, WORDS).join('') };
  emit(draft, 'noticeIssued', {
    notice: 'undelivered',
    to: { kind: 'person', personId: person.id, name: person.name, role: 'assignee' },
    text: {
      zh: `${draft.state.number}：发给${whom.zh}的通知没有送达，请改用其他方式联系。内容：“${said.zh}”。原因：${why}`,
      en: `${draft.state.number}: a message to ${whom.en} did not arrive; reach them another way. It said: “${said.en}”. Why: ${why}`,
    },
    clause: clauseOfProcedure(draft),
  });
  return undefined;
}

function whoLearns({ state, ctx: { directory } }: Draft, to: string | null): Person | undefined {
  const own = responsible(state);
  if (own === null) return undefined;
  return own.id === to ? directory.superior(own.id) : directory.person(own.id);
}

import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { AnnotateCommand } from './context.ts';
import { clauseOfProcedure, type Draft, emit } from './draft.ts';
import { responsible } from './next-moment.ts';
import { recused } from './roles.ts';

const LONGEST = 2000;
const MOST_FILES = 9;

/** Adds a note. Nothing is ever rewritten: what was wrong is put right by a note that points to it. */
export function annotate(draft: Draft, command: AnnotateCommand): Refusal | undefined {
  const { actor, pack } = draft.ctx;
  const words = command.text.trim();
  if (words === '') return refusal('note.empty', { zh: '请写附注内容', en: 'Write the note' }, { field: 'text' });
  if ([...words].length > LONGEST)
    return refusal(
      'note.tooLong',
      { zh: `附注最多 ${LONGEST} 个字`, en: `A note has at most ${LONGEST} characters` },
      { field: 'text' },
    );
  const files = [...new Set(command.files ?? [])];
  if (files.length > MOST_FILES)
    return refusal(
      'note.tooManyFiles',
      { zh: `一条附注最多带 ${MOST_FILES} 个附件`, en: `A note carries at most ${MOST_FILES} files` },
      { field: 'files' },
    );
  if (actor.personId !== null && recused(draft.state, pack).includes(actor.personId))
    return refusal('role.recused', {
      zh: '您是本件的被投诉人，须回避',
      en: 'The case complains of you, so you take no part in it',
    });
  const target = command.correctionOf ?? null;
  if (target !== null && (target < 1 || target > draft.state.seq))
    return refusal(
      'note.unknownEntry',
      { zh: '找不到要更正的那一条', en: 'There is no such entry to correct' },
      { field: 'correctionOf' },
    );
  emit(draft, 'noteAdded', {
    text: words,
    correctionOf: target,
    visible: command.visible ?? actor.kind === 'owner',
    ...(files.length > 0 ? { files } : {}),
  });
  if (actor.kind === 'owner') tellOfWords(draft, files.length);
  return undefined;
}

/**
 * What the person who asked adds, by whichever way, reaches whoever answers for the case: nobody looks at every case every
 * hour. His words are not in it, since it may go to a group in which whoever he complains of reads along.
 */
function tellOfWords(draft: Draft, files: number): void {
  const { state, ctx } = draft;
  const person = responsible(state);
  if (!person) return;
  const ended = state.closedAt !== null || ctx.pack.procedures[state.procedure]?.states[state.state]?.end === true;
  const [zh, en] = files > 0 ? [`，附 ${files} 个文件`, ` with ${files} ${files === 1 ? 'file' : 'files'}`] : ['', ''];
  emit(draft, 'noticeIssued', {
    notice: 'ownerWrote',
    to: { kind: 'person', personId: person.id, name: person.name, role: 'assignee' },
    text: ended
      ? {
          zh: `${state.number} 已办结，业主又补充了话${zh}：请看要不要重开或另行登记。`,
          en: `${state.number} is closed, and the owner added something${en}: see whether to open it again or register it anew.`,
        }
      : {
          zh: `${state.number} 业主补充了话${zh}，请看过后回应。`,
          en: `${state.number}: the owner added something${en}; please read and answer it.`,
        },
    clause: clauseOfProcedure(draft),
  });
}

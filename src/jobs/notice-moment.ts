import { milliseconds } from '#case/clock-run.ts';
import { responsible } from '#case/next-moment.ts';
import { quietUntil } from '#clock/quiet.ts';
import type { NoticeRules } from '#handling/notice-rules.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { Notice } from './notice-store.ts';

/** Moments of a clock that say the time is up, not that it will be. */
const BREACH = /^clock\.(?!warning$|target$)/;

/** Whether a notice may wake somebody: the pack says so, or a promise is broken and he is the one who answers for it. */
export function isUrgent({ notice, recipient, state }: Notice, pack: CompiledPack | null): boolean {
  if (state === null || pack === null) return false;
  if (pack.notices[notice]?.urgent === true) return true;
  return BREACH.test(notice) && recipient.personId !== null && responsible(state)?.id === recipient.personId;
}

/**
 * When a notice is sent first, and why not at once. `sentAt` is when the same person was last sent anything: the first
 * message goes at once, further ones wait for the end of the window and then go as one. An answer to what the owner
 * himself just did goes at any hour.
 */
export function dueOf(
  notice: Notice,
  pack: CompiledPack | null,
  { quiet, togetherMinutes }: NoticeRules,
  now: Instant,
  sentAt: Instant | null,
): { at: Instant; reason: 'first' | 'quiet' | 'together' } {
  const answersHim = notice.recipient.kind === 'owner' && notice.byOwner;
  if (isUrgent(notice, pack) || answersHim) return { at: now, reason: 'first' };
  const morning = quiet && quietUntil(now, quiet);
  if (morning !== null) return { at: morning, reason: 'quiet' };
  const windowEnds = sentAt === null ? now : sentAt + togetherMinutes * MINUTE;
  if (windowEnds <= now) return { at: now, reason: 'first' };
  return { at: (quiet && quietUntil(windowEnds, quiet)) ?? windowEnds, reason: 'together' };
}

/** When the next way is tried if nobody has read it by then; null: it is not. */
export function nextDue(
  notice: Notice,
  pack: CompiledPack | null,
  { unreadMinutes, quiet }: NoticeRules,
  now: Instant,
): Instant | null {
  const within = pack?.notices[notice.notice]?.readWithin;
  const wait = within === undefined ? unreadMinutes * MINUTE : milliseconds(within);
  if (wait === 0) return null;
  const at = now + wait;
  return isUrgent(notice, pack) ? at : ((quiet && quietUntil(at, quiet)) ?? at);
}

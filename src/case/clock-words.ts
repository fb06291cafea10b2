import { formatLocal } from '#clock/civil.ts';
import { MINUTE } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { ClockSpec } from '#policy/language/clock.ts';
import type { ClockMoment } from './event.ts';
import type { CaseState, ClockRun } from './state.ts';

const UNITS = [
  { minutes: 1440, of: Number.MAX_SAFE_INTEGER, zh: '天', en: 'd' },
  { minutes: 60, of: 1440, zh: '小时', en: 'h' },
  { minutes: 1, of: 60, zh: '分钟', en: 'min' },
];

/** A span of time as a person says it, to the two largest units. */
export function sayDuration(ms: number): Text {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  const text: Text = { zh: '', en: '' };
  let shown = 0;
  for (const unit of UNITS) {
    const count = Math.floor((minutes % unit.of) / unit.minutes);
    if (count === 0 || shown === 2) continue;
    const gap = shown === 0 ? '' : ' ';
    text.zh += `${gap}${count} ${unit.zh}`;
    text.en += `${gap}${count} ${unit.en}`;
    shown += 1;
  }
  return text;
}

/** What a clock says when one of its moments comes: which case, which promise, which clause, by when. */
export function clockWords(
  state: CaseState,
  spec: ClockSpec,
  run: ClockRun,
  moment: ClockMoment,
): { title: Text; text: Text } {
  const due = formatLocal(run.dueAt);
  const what = {
    zh: `${state.number}「${spec.title.zh}」（${spec.clause}）`,
    en: `${state.number} “${spec.title.en}” (${spec.clause})`,
  };
  if (moment.kind === 'warning') {
    const left = sayDuration(run.dueAt - moment.at);
    return {
      title: { zh: '快到期了', en: 'Due soon' },
      text: { zh: `${what.zh}还剩 ${left.zh}，截止 ${due}。`, en: `${what.en} is due in ${left.en}, at ${due}.` },
    };
  }
  if (moment.kind === 'target')
    return {
      title: { zh: '已过目标时间', en: 'Target missed' },
      text: {
        zh: `${what.zh}已过力争时间，最迟 ${due}。`,
        en: `${what.en} has missed its target; the limit is ${due}.`,
      },
    };
  const over = sayDuration(moment.at - run.dueAt);
  return {
    title: { zh: '已超时', en: 'Overdue' },
    text: {
      zh: `${what.zh}应于 ${due} 前完成，已超时 ${over.zh}，请立即处理。`,
      en: `${what.en} was due at ${due} and is ${over.en} overdue. Act now.`,
    },
  };
}

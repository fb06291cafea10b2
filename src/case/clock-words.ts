import { formatLocal } from '#clock/civil.ts';
import { MINUTE } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { ClockSpec } from '#policy/language/clock.ts';
import type { ClockMoment } from './event.ts';
import type { CaseState, ClockRun } from './state.ts';

/** A span of time as a person says it, to the two largest units. */
export function sayDuration(ms: number): Text {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  const parts: [number, string, string][] = [
    [Math.floor(minutes / 1440), '天', 'd'],
    [Math.floor((minutes % 1440) / 60), '小时', 'h'],
    [minutes % 60, '分钟', 'min'],
  ];
  const shown = parts.filter(([n]) => n > 0).slice(0, 2);
  return { zh: shown.map(([n, zh]) => `${n} ${zh}`).join(' '), en: shown.map(([n, , en]) => `${n} ${en}`).join(' ') };
}

/** What a clock says when one of its moments comes: which case, which promise, which clause, by when. */
export function clockWords(
  state: CaseState,
  spec: ClockSpec,
  run: ClockRun,
  moment: ClockMoment,
): { title: Text; text: Text } {
  const due = formatLocal(run.dueAt);
  const left = sayDuration(run.dueAt - moment.at);
  const over = sayDuration(moment.at - run.dueAt);
  const what = {
    zh: `${state.number}「${spec.title.zh}」（${spec.clause}）`,
    en: `${state.number} “${spec.title.en}” (${spec.clause})`,
  };
  if (moment.kind === 'warning')
    return {
      title: { zh: '快到期了', en: 'Due soon' },
      text: { zh: `${what.zh}还剩 ${left.zh}，截止 ${due}。`, en: `${what.en} is due in ${left.en}, at ${due}.` },
    };
  if (moment.kind === 'target')
    return {
      title: { zh: '已过目标时间', en: 'Target missed' },
      text: {
        zh: `${what.zh}已过力争时间，最迟 ${due}。`,
        en: `${what.en} has missed its target; the limit is ${due}.`,
      },
    };
  return {
    title: { zh: '已超时', en: 'Overdue' },
    text: {
      zh: `${what.zh}应于 ${due} 前完成，已超时 ${over.zh}，请立即处理。`,
      en: `${what.en} was due at ${due} and is ${over.en} overdue. Act now.`,
    },
  };
}

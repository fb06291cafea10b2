import { text } from '@room/kernel/text.ts';

export const w = {
  label: text('演示控制', 'Demo controls'),
  sandbox: text('演示', 'Demo'),
  hour: text('+1 小时', '+1 hour'),
  day: text('+1 天', '+1 day'),
  next: text('到下一个期限', 'To the next deadline'),
  custom: text('自选…', 'Other…'),
  customTitle: text('把时间拨到', 'Move time to'),
  customWhy: text(
    '时间只能往前。途中到期的时限会依次发生，不会漏掉。',
    'Time only moves forward. Everything due on the way happens in order.',
  ),
  go: text('拨过去', 'Move'),
  fired: text('时间到了 {at}，途中有 {n} 个时限动作', 'It is {at} now; {n} clock moments fired on the way'),
  none: text('没有在走的时限', 'No clock is running'),
  switchTo: text('换人', 'Switch person'),
  time: text('演示时间', 'Demo time'),
};

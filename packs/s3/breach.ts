import type { Story } from '../../test/support/story.ts';
import { begin, crack, crackUpTo, customers, deputy, mei, newDate, song } from './golden.ts';

/** The date changed twice, the third time only by exception; and of another customer, told of his own cause too early. */
export function breach(): Story[] {
  const late = crackUpTo('withManager')
    .until('2026-03-10 23:00')
    .take(mei, 'extend', newDate('2026-03-13', '2026-03-10T22:30:00'))
    .until('2026-03-13 17:00')
    .take(mei, 'extend', newDate('2026-03-17', '2026-03-13T16:00:00'))
    .until('2026-03-17 09:00');
  const third = newDate('2026-03-20', '2026-03-17T08:30:00');
  late.refused(mei, 'extend', third);
  late.refused(deputy, 'extendByException', third);
  late.take(deputy, 'extendByException', { ...third, exception: '检测单位延误' });

  const own = begin('2026-03-17 10:00').register(mei, crack, { channel: 'hotline' }).take(mei, 'divide', customers);
  const words = { explanation: '裂缝由拆改引起', how: 'oral', view: 'accepted', words: '明白了' };
  own.refused(mei, 'explain', words);
  own.take(song, 'confirmCause', { opinion: '属实' }).take(mei, 'explain', words);
  return [late, own];
}

import { actor, owner } from '../../test/support/organisation.ts';
import { Story } from '../../test/support/story.ts';
import { b, contacted, greenBelt, li, outcomeTold, pack, T0, wang, zhou } from './golden.ts';

/** Contacted after 25 hours, half of it done, not satisfied, looked at again in a second round, then satisfied and signed. */
export function breach(): Story[] {
  const story = new Story(pack, T0)
    .register(wang, greenBelt)
    .until('2026-03-06 11:00')
    .take(li, 'contact', contacted)
    .take(li, 'classify', { category: 'environment/greening' })
    .take(li, 'dispatch', { unit: 'gardening', assignee: 'b' })
    .take(b, 'accept')
    .take(b, 'inspect', { findings: '杂草丛生', evidence: ['photo-1'] })
    .take(b, 'plan', { measures: ['修剪'], completeBy: '2026-03-09' })
    .until('2026-03-09 15:00')
    .take(b, 'doMeasure', { measure: '修剪' })
    .take(b, 'complete', { outcome: '已修剪' })
    .take(b, 'notifyResult', outcomeTold)
    .take(owner, 'dissatisfied', { reason: '只剪了一半' });
  story.refused(actor('archivist'), 'archive');
  story
    .until('2026-03-09 18:00')
    .take(zhou, 'review', { reason: '重看北段' })
    .until('2026-03-10 09:00')
    .take(b, 'inspect', { findings: '北段未剪', evidence: ['photo-2'] })
    .take(b, 'plan', { measures: ['补剪北段'], completeBy: '2026-03-11' })
    .take(b, 'doMeasure', { measure: '补剪北段' })
    .take(b, 'complete', { outcome: '全段修剪完毕' })
    .take(b, 'notifyResult', outcomeTold)
    .take(owner, 'satisfied', { rating: 'satisfied' })
    .sign(owner, 'registerForm')
    .take(actor('archivist'), 'archive');
  return [story];
}

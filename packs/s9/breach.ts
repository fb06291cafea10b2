import type { Story } from '../../test/support/story.ts';
import { actor } from './company.ts';
import { begin, dispatcher, lift, liftUpTo, officer, technician } from './golden.ts';

/** Nobody has the skill; a warning that is defused the second time; and the twelve hours missed, which is no breach. */
export function breach(): Story[] {
  const unmatched = begin().register(officer, { ...lift, category: 'other' }, { channel: 'onsite' });
  unmatched.refused(officer, 'assign');
  unmatched
    .take(officer, 'toFallback', { reason: '无对应技能' })
    .until('2026-03-05 12:10')
    .take(dispatcher, 'assignOtherwise', { assignee: 'relations', reason: '由客服先行了解' });

  const risk = actor('risk');
  const warning = begin('2026-03-05 12:15')
    .register(
      risk,
      { rule: '同楼同类 7 天 3 单', data: '7 号楼电梯 3 单', category: 'facility/lift', level: 'orange' },
      { matter: 'warning', channel: 'other' },
    )
    .take(risk, 'intervene', { kind: 'repair', done: '提前更换导靴' })
    .take(risk, 'evaluate', { effective: false, finding: '又有一单' })
    .take(risk, 'intervene', { kind: 'repair', done: '更换导轨' })
    .take(risk, 'evaluate', { effective: true, finding: '30 天无同类投诉' });

  const yellow = liftUpTo('responded', '2026-03-05 10:00')
    .until('2026-03-06 09:30')
    .take(technician, 'confirmByOfficer', { outcome: '已修', checked: true });
  return [unmatched, warning, yellow];
}

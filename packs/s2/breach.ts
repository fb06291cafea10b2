import type { Story } from '../../test/support/story.ts';
import { actor, chen, head, lampUpTo, xu } from './golden.ts';

/** Live wires: an emergency; the department objects, the officer maintains, no clock is lost. */
export function breach(): Story[] {
  const team = actor('wu');
  const story = lampUpTo('verifying')
    .until('2026-03-05 20:20')
    .take(xu, 'assess', { class: 'emergency', grounds: '灯杆漏电' })
    .take(xu, 'startPlan', { danger: 'persons', checklist: ['断电', '拉警戒线'] })
    .take(team, 'teamConfirm', { members: '武工、关队长' })
    .take(head, 'leaderConfirm', { instruction: '先断电' })
    .until('2026-03-05 21:00')
    .take(team, 'makeSafe', { done: '已断电并围挡' })
    .take(xu, 'endEmergency', { remaining: '更换灯杆线路' })
    .take(xu, 'dispatch', {
      task: '修复漏电灯杆',
      requirement: '绝缘测试合格',
      unit: 'engineering',
      assignee: 'chen',
      expectedBy: '2026-03-08',
      crossUnit: false,
    })
    .take(chen, 'object', { about: 'timeLimit', reason: '配件未到' })
    .take(xu, 'rule', { ruling: 'maintain', grounds: '涉及安全，先用临时线路' });
  return [story];
}

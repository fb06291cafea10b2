import { describe, expect, test } from 'vitest';
import { at } from '../../test/support/story.ts';
import { actor, chen, lampUpTo, xu } from './golden.ts';

describe('The golden path: the street lamp', () => {
  test('S2-02 · received, recorded, passed on, handled, answered, followed up, archived, each with its moment and its person', () => {
    const story = lampUpTo('archived');
    expect(story.case).toMatchObject({
      state: 'archived',
      outcome: '已换 LED 灯头，试亮正常',
      duties: { firstReceiver: { name: '雷保安' } },
    });
    const taken = story.all('stepTaken').map((event) => [event.data.step, event.actor.name]);
    expect(taken).toEqual([
      ['respond', '许专员'],
      ['triage', '许专员'],
      ['verify', '陈工'],
      ['assess', '许专员'],
      ['dispatch', '许专员'],
      ['accept', '陈工'],
      ['doItem', '陈工'],
      ['doItem', '陈工'],
      ['complete', '陈工'],
      ['tellResult', '雷保安'],
      ['satisfied', '访客'],
      ['visit', '许专员'],
      ['archive', '许专员'],
    ]);
    const late = story.case.clocks.filter((run) => run.status === 'late');
    expect(late).toEqual([]);
    expect(story.all('caseArchived')[0]?.data.dossier.map((paper) => paper.name.zh)).toEqual([
      '客户信息反馈处理登记表',
      '客户信息反馈处理单',
    ]);
    expect(story.replayed()).toEqual(story.case);
  });

  test('S2-02 · no stage can be skipped', () => {
    for (const [stage, step] of [
      ['registered', 'assess'],
      ['registered', 'dispatch'],
      ['verifying', 'dispatch'],
      ['assessing', 'dispatch'],
      ['toDispatch', 'complete'],
      ['handling', 'tellResult'],
      ['completed', 'archive'],
      ['resultTold', 'archive'],
    ] as const) {
      const story = lampUpTo(stage);
      const person = step === 'complete' ? chen : xu;
      expect(story.refused(person, step, {}).code, `${stage} → ${step}`).toBe('step.notNow');
    }
  });
});

describe('The same procedure when things go wrong', () => {
  test('S2-35 · live wires: an emergency; within a minute the checklist, the team and the leaders; the department objects, the officer maintains, no clock is lost', () => {
    const story = lampUpTo('verifying').until('2026-03-05 20:20');
    story.take(xu, 'assess', { class: 'emergency', grounds: '灯杆漏电' });
    expect(story.told('emergency')).toEqual(['关队长', '武工']);
    expect(story.told('emergencyReport')).toEqual(expect.arrayContaining(['周经理', '吴主任']));
    const issued = story.all('noticeIssued').filter((event) => event.data.notice.startsWith('emergency'));
    expect(issued.every((event) => event.at - at('2026-03-05 20:20') <= 60_000)).toBe(true);
    expect(story.clock('planStart')).toMatchObject({ status: 'running', startedAt: at('2026-03-05 20:20') });
    const dispatched = {
      task: '修复漏电灯杆',
      requirement: '绝缘测试合格',
      unit: 'engineering',
      assignee: 'chen',
      expectedBy: '2026-03-08',
      crossUnit: false,
    };
    const [team, leader] = [actor('wu'), actor('head')];
    story
      .take(xu, 'startPlan', { danger: 'persons', checklist: ['断电', '拉警戒线'] })
      .take(team, 'teamConfirm', { members: '武工、关队长' })
      .take(leader, 'leaderConfirm', { instruction: '先断电' })
      .until('2026-03-05 21:00')
      .take(team, 'makeSafe', { done: '已断电并围挡' })
      .take(xu, 'endEmergency', { remaining: '更换灯杆线路' })
      .take(xu, 'dispatch', dispatched);
    const due = story.clock('handling').dueAt;
    story.take(chen, 'object', { about: 'timeLimit', reason: '配件未到' });
    expect(story.case.duties.assignee).toMatchObject({ name: '陈工' });
    story.take(xu, 'rule', { ruling: 'maintain', grounds: '涉及安全，先用临时线路' });
    expect(story.case.state).toBe('awaitingAcceptance');
    expect(story.clock('handling')).toMatchObject({ run: 1, status: 'running', dueAt: due });
    expect(story.clock('acceptance')).toMatchObject({ run: 2, status: 'running' });
  });
});

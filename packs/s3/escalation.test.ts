import { describe, expect, test } from 'vitest';
import { clockwork } from '../../test/support/organisation.ts';
import type { Story } from '../../test/support/story.ts';
import { spot, without } from './asked.ts';
import { accepted, actor, begin, crackUpTo, decision, deputy, general, mei, qian, song } from './golden.ts';

describe('On the spot and passed up (三, 四)', () => {
  test('S3-10 · solved on the spot and reported at 23:59 of the same day: kept; at 00:01 of the next: late', () => {
    const solved = (): Story => crackUpTo('accepted').take(mei, 'solveOnSpot', spot);
    const kept = solved().until('2026-03-05 23:59').take(mei, 'reportToManager', { report: '门锁已换' });
    expect(kept.clock('sameDayReport').status).toBe('kept');
    expect(kept.told('spotReport')).toEqual(['宋经理']);
    const late = solved().until('2026-03-06 00:01').take(mei, 'reportToManager', { report: '门锁已换' });
    expect(late.clock('sameDayReport').status).toBe('late');
    expect(late.told('clock.limit', '三')).toContain('宋经理');
  });

  test('S3-06 S3-11 · unless the acceptance part is complete it cannot be submitted; then it waits for the manager', () => {
    const story = crackUpTo('toAccept');
    expect(story.refused(mei, 'submit', { reason: '要检测' }).code).toBe('step.notNow');
    expect(story.refused(mei, 'accept', without(accepted, 'summary'))).toMatchObject({ field: 'summary' });
    story
      .take(mei, 'accept', { ...accepted, toldAt: '2026-03-05T09:50:00+08:00' })
      .take(mei, 'submit', { reason: '要检测' });
    expect(story.told('submitted')).toEqual(['宋经理']);
    expect(story.case.duties.assignee).toMatchObject({ name: '宋经理' });
    expect(story.can(song, 'decide').allowed).toBe(true);
  });

  test('S3-12 · it goes up level by level, each with its time limit and its record; skipping a level needs a reason', () => {
    const story = crackUpTo('withManager').take(song, 'escalate', { to: 'deputy', reason: '涉及设计变更' });
    expect(story.clock('deputyDecision').status).toBe('running');
    story.take(deputy, 'escalateFurther', { reason: '超出权限' });
    expect(story.clock('generalDecision').status).toBe('running');
    expect(story.take(general, 'rule', decision).case.state).toBe('opinionFixed');
    expect(['submit', 'escalate', 'escalateFurther', 'rule'].every((step) => story.case.entries[step])).toBe(true);
    const skipping = crackUpTo('withManager');
    expect(skipping.refused(song, 'escalate', { to: 'general', reason: '重大' })).toMatchObject({
      field: 'skipReason',
    });
    skipping.take(song, 'escalate', { to: 'general', reason: '重大', skipReason: '分管副总出差' });
    expect(skipping.case.state).toBe('withGeneral');
  });

  test('S3-12 · a level that lets its time pass is reported to the next one', () => {
    const story = crackUpTo('withManager').until('2026-03-08 12:00');
    expect(story.clock('managerDecision').breachedAt).not.toBeNull();
    expect(story.told('clock.ladder')).toContain('潘副总');
  });

  test('S3-13 · only the complaint officer enters the outcome, and without it nothing is closed', () => {
    const story = crackUpTo('implementing');
    const entry = { result: '已修复', occurrence: 1 };
    expect(story.refused(mei, 'enterResult', entry).code).toBe('role.notYours');
    expect(story.refused(song, 'enterResult', entry).code).toBe('role.notYours');
    expect(story.refused(qian, 'close').code).toBe('step.notNow');
    expect(story.refused(qian, 'enterResult', { occurrence: 1 })).toMatchObject({ field: 'result' });
    expect(story.take(qian, 'enterResult', entry).case.state).toBe('resultEntered');
  });

  test('S3-14 · what the department cannot solve goes to the deputy general manager, who is told; his opinion stays', () => {
    const story = crackUpTo('withManager').take(song, 'escalate', { to: 'deputy', reason: '涉及两个部门' });
    expect(story.told('escalated')).toEqual(['潘副总']);
    expect(story.refused(song, 'coordinate', decision).code).toBe('role.notYours');
    story.take(deputy, 'coordinate', decision);
    expect(story.case.entries.coordinate?.[0]).toMatchObject({ by: { name: '潘副总' }, values: decision });
  });

  test('S3-15 · a department ordered to rectify must show proof; before that no outcome can be entered', () => {
    const demand = { unit: 'engineering', responsible: 'luo', demand: '规范抹灰工艺', dueOn: '2026-03-16' };
    const story = crackUpTo('implementing').take(song, 'orderRectification', demand);
    const [opened] = story.all('caseOpened');
    expect(opened?.data).toMatchObject({ procedure: 'rectification', relation: 'rectification' });
    const entry = { result: '已修复', occurrence: 1 };
    expect(story.refused(qian, 'enterResult', entry).code).toBe('result.rectificationOpen');
    const task = begin('2026-03-09 16:00').register(
      clockwork,
      { ...opened?.data.values },
      { matter: 'rectification', channel: 'linked' },
    );
    expect(task.case.duties.assignee).toMatchObject({ name: '罗工' });
    expect(task.refused(actor('luo'), 'carryOut', { measures: '已培训' })).toMatchObject({ field: 'proof' });
    task
      .take(actor('luo'), 'carryOut', { measures: '已培训', proof: ['photo-1'] })
      .take(qian, 'verify', { finding: '属实' });
    expect(task.case.state).toBe('verified');
    story.apply({ type: 'linkedEnd', caseId: opened?.data.caseId ?? '', outcome: '属实' }, clockwork);
    expect(story.take(qian, 'enterResult', entry).case.state).toBe('resultEntered');
  });

  test('S3-16 · it is closed only with an outcome and the customer’s view of it', () => {
    const story = crackUpTo('resultEntered');
    expect(story.refused(qian, 'close').code).toBe('step.notNow');
    expect(story.refused(song, 'check', { timeliness: 'passed', reasonableness: 'passed', opinion: '好' }).code).toBe(
      'step.notNow',
    );
    for (const field of ['view', 'words'])
      expect(story.refused(mei, 'takeView', without({ view: 'accepted', words: '满意' }, field))).toMatchObject({
        field,
      });
    expect(crackUpTo('closed').case.outcome).toBe('北墙已修复，复验合格');
  });
});

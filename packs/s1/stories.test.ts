import { describe, expect, test } from 'vitest';
import { actor, owner } from '../../test/support/organisation.ts';
import { at, Story } from '../../test/support/story.ts';
import { b, contacted, greenBelt, greenBeltUpTo, li, outcomeTold, pack, T0, wang, zhou } from './golden.ts';

describe('The worked case: the green belt', () => {
  test('S1-38 · it is registered at once and the owner is contacted within 24 hours; both clocks are kept', () => {
    const story = greenBeltUpTo('contacted');
    expect(story.clock('registration').status).toBe('kept');
    expect(story.clock('firstContact')).toMatchObject({
      status: 'kept',
      stoppedAt: at('2026-03-06 06:00'),
      dueAt: at('2026-03-06 10:00'),
    });
  });

  test('S1-39 · it goes to the gardening department, to person B by name, who inspects within 48 hours', () => {
    const story = greenBeltUpTo('investigated');
    expect(story.case.duties.assignee).toEqual({ id: 'b', name: '赵园', unitId: 'gardening' });
    expect(story.clock('inspection')).toMatchObject({
      status: 'kept',
      stoppedAt: at('2026-03-07 02:00'),
      dueAt: at('2026-03-07 10:00'),
    });
  });

  test('S1-40 · the plan promises the third day after the inspection and is done on it: kept', () => {
    const story = greenBeltUpTo('completed');
    expect(story.clock('completion')).toMatchObject({ status: 'kept', dueAt: at('2026-03-11 00:00') - 1 });
  });

  test('S1-41 · the outcome is told on the second working day, owner A is satisfied and signs, and it can be archived', () => {
    const story = greenBeltUpTo('signed');
    expect(story.clock('resultNotice')).toMatchObject({ status: 'kept', dueAt: at('2026-03-14 00:00') - 1 });
    expect(story.can(actor('archivist'), 'archive')).toEqual({ allowed: true, why: [] });
    story.take(actor('archivist'), 'archive');
    expect(story.case).toMatchObject({ state: 'archived', outcome: '绿化带整修完毕' });
  });

  test('S1-42 · from the case comes an improvement: greening twice a month instead of once', () => {
    const story = greenBeltUpTo('signed').take(li, 'openImprovement', {
      rootCause: '绿化养护频率不足',
      measure: '增加养护频次',
      before: '每月 1 次',
      after: '每月 2 次',
      dueOn: '2026-04-01',
      responsible: 'gardening-head',
    });
    const [opened] = story.all('caseOpened');
    expect(opened?.data).toMatchObject({ procedure: 'improvement', relation: 'improvement' });
    const improvement = new Story(pack, '2026-03-12 10:00').register(
      li,
      { ...opened?.data.values },
      { matter: 'improvement', channel: 'other' },
    );
    expect(improvement.case.values).toMatchObject({
      before: '每月 1 次',
      after: '每月 2 次',
      category: 'environment/greening',
      sourceCase: 'TS260301-0001',
    });
    expect(improvement.clock('measure').dueAt).toBe(at('2026-04-02 00:00') - 1);
  });
});

describe('The same case when things go wrong', () => {
  test('S1-11 S1-26 · contacted after 25 hours it stays late for ever; dissatisfied, talked to again, reviewed in a second round of 48 hours, then satisfied and signed', () => {
    const story = new Story(pack, T0)
      .register(wang, greenBelt)
      .until('2026-03-06 11:00')
      .take(li, 'contact', contacted);
    expect(story.clock('firstContact')).toMatchObject({ status: 'late', breachedAt: at('2026-03-06 10:00') + 1000 });
    expect(story.all('clockStopped').find((event) => event.data.clock === 'firstContact')?.data.lateBy).toBe(3_600_000);
    story
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
    expect(story.case.state).toBe('recommunicating');
    expect(story.refused(actor('archivist'), 'archive').code).toBe('step.notNow');
    story.until('2026-03-09 18:00').take(zhou, 'review', { reason: '重看北段' });
    expect(story.case).toMatchObject({ state: 'investigating', round: 2 });
    expect(story.clock('inspection')).toMatchObject({ run: 2, status: 'running', dueAt: at('2026-03-11 18:00') });
    story
      .until('2026-03-10 09:00')
      .take(b, 'inspect', { findings: '北段未剪', evidence: ['photo-2'] })
      .take(b, 'plan', { measures: ['补剪北段'], completeBy: '2026-03-11' })
      .take(b, 'doMeasure', { measure: '补剪北段' })
      .take(b, 'complete', { outcome: '全段修剪完毕' })
      .take(b, 'notifyResult', outcomeTold)
      .take(owner, 'satisfied', { rating: 'satisfied' })
      .sign(owner, 'registerForm')
      .take(actor('archivist'), 'archive');
    expect(story.case).toMatchObject({ state: 'archived', outcome: '全段修剪完毕' });
    expect(story.case.clocks.find((run) => run.clock === 'firstContact')).toMatchObject({ status: 'late' });
    expect(story.clock('inspection')).toMatchObject({ run: 2, status: 'kept' });
    expect(
      story
        .all('stepTaken')
        .filter((event) => event.data.step === 'inspect')
        .map((event) => event.data.round),
    ).toEqual([1, 2]);
  });

  test('whatever happened, the journal alone gives the same case', () => {
    const story = greenBeltUpTo('archived');
    expect(story.replayed()).toEqual(story.case);
  });
});

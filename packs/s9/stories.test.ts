import { describe, expect, test } from 'vitest';
import { clockwork, owner } from '../../test/support/organisation.ts';
import { at } from '../../test/support/story.ts';
import { actor } from './company.ts';
import { analyst, begin, dispatcher, librarian, lift, liftUpTo, manager, officer } from './golden.ts';

describe('The worked case: the noisy lift, by app and by hotline', () => {
  test('the second report of the same thing is merged into the first; both ways in stay on record', () => {
    const second = begin().register(officer, lift, { channel: 'hotline' });
    second.take(officer, 'merge', { mainCase: 'TS260305-0001', grounds: '同一人、同一电梯、同一天' });
    expect(second.case).toMatchObject({ state: 'merged', channel: 'hotline', outcome: 'TS260305-0001' });
    expect(second.told('merged')).toEqual(['owner']);
    expect(second.all('noticeIssued').at(-1)?.data.text.zh).toContain('TS260305-0001');
  });

  test('S9-15 · from intake through assignment, three confirmations and analysis into the library and an improvement cycle', () => {
    const story = liftUpTo('closed');
    expect(story.case).toMatchObject({ state: 'closed', outcome: '已更换导靴，异响消除' });
    expect(story.clock('handling')).toMatchObject({ status: 'kept', targetAt: at('2026-03-05 22:00') });
    const [precedent, improvement] = story.all('caseOpened');
    expect([precedent?.data.procedure, improvement?.data.procedure]).toEqual(['precedent', 'improvement']);

    const library = begin().register(analyst, { ...precedent?.data.values }, { matter: 'precedent', channel: 'other' });
    library.take(librarian, 'publish', { anonymous: true, effect: '异响消除', tags: ['电梯', '导靴'] });
    expect(library.case.state).toBe('published');

    const cycle = begin('2026-03-06 10:00').register(
      analyst,
      { ...improvement?.data.values },
      { matter: 'improvement', channel: 'other' },
    );
    cycle.take(actor('engineering-head'), 'carryOut', { done: '已改为季度更换' });
    expect(cycle.refused(analyst, 'check', { finding: '下降' }).code).toBe('check.withoutFigures');
    cycle
      .take(analyst, 'compare', { days: 30 })
      .take(clockwork, 'recordComparison', { figures: { before: 4, after: 1 } });
    cycle
      .take(analyst, 'check', { finding: '由 4 件降为 1 件' })
      .take(manager, 'act', { standard: '电梯保养标准第 5 条' });
    expect(cycle.case).toMatchObject({ state: 'standardised', outcome: '电梯保养标准第 5 条' });
  });

  test('S9-23 · a cycle that did not work is planned anew, and the first cycle stays readable', () => {
    const cycle = begin().register(
      analyst,
      { goal: '减半', measure: '季度更换', responsible: 'engineering-head', dueOn: '2026-04-30' },
      { matter: 'improvement', channel: 'other' },
    );
    const head = actor('engineering-head');
    cycle
      .take(head, 'carryOut', { done: '已更换' })
      .take(clockwork, 'recordComparison', { figures: { before: 4, after: 4 } });
    cycle.take(analyst, 'check', { finding: '没有下降' }).take(manager, 'again', { reason: '频次不够' });
    cycle.take(head, 'replan', { goal: '减半', measure: '每月检查', dueOn: '2026-05-31' });
    expect(cycle.case).toMatchObject({ state: 'planned', round: 2, values: { measure: '每月检查' } });
    expect(cycle.case.entries.carryOut).toHaveLength(1);
  });

  test('the journal alone gives the same case', () => {
    const story = liftUpTo('closed');
    expect(story.replayed()).toEqual(story.case);
  });
});

describe('The same case when things go wrong', () => {
  test('S9-18 · nobody has the skill: it goes to the fallback queue, and dispatcher and manager are alarmed', () => {
    const unmatched = begin().register(officer, { ...lift, category: 'other' }, { channel: 'onsite' });
    expect(unmatched.case.values.skill).toBe('unmatched');
    expect(unmatched.told('fallback')).toEqual(['魏调度', '曹经理']);
    expect(unmatched.refused(officer, 'assign').code).toBe('assign.noSkill');
    unmatched.take(officer, 'toFallback', { reason: '无对应技能' });
    unmatched.until('2026-03-05 12:01');
    expect(unmatched.clock('fallback').breachedAt).toBe(at('2026-03-05 12:00') + 1000);
    unmatched.take(dispatcher, 'assignOtherwise', { assignee: 'relations', reason: '由客服先行了解' });
    expect(unmatched.case).toMatchObject({ state: 'handling', duties: { assignee: { id: 'relations' } } });
  });

  test('S9-18 · reported without a type it is not stuck: whoever follows it settles the type first, nobody is alarmed, and then the skill decides', () => {
    const { category: _, ...unsorted } = lift;
    const story = begin().register(owner, unsorted, { channel: 'app' });
    expect(story.told('fallback')).toEqual([]);
    expect(story.refused(officer, 'assign', { lift: 'lift' }).code).toBe('assign.unclassified');
    expect(story.can(officer, 'classify')).toEqual({ allowed: true, why: [] });
    story.take(officer, 'classify', { category: 'facility/lift' }).take(officer, 'assign', { lift: 'lift' });
    expect(story.case).toMatchObject({
      state: 'handling',
      values: { skill: 'lift' },
      duties: { assignee: { id: 'lift' } },
    });
  });

  test('three complaints in one building within a week: a warning with a task, until it is defused', () => {
    const warning = begin().register(
      actor('risk'),
      { rule: '同楼同类 7 天 3 单', data: '7 号楼电梯 3 单', category: 'facility/lift', level: 'orange' },
      { matter: 'warning', channel: 'other' },
    );
    expect(warning.told('task')).toEqual(expect.arrayContaining(['曹经理', '严总监']));
    warning.take(actor('risk'), 'intervene', { kind: 'repair', done: '提前更换导靴' });
    warning.take(actor('risk'), 'evaluate', { effective: false, finding: '又有一单' });
    expect(warning.case.state).toBe('raised');
    warning.take(actor('risk'), 'intervene', { kind: 'repair', done: '更换导轨' });
    warning.take(actor('risk'), 'evaluate', { effective: true, finding: '30 天无同类投诉' });
    expect(warning.case.state).toBe('lifted');
  });

  test('S9-11 · not settled after 12 hours: a yellow light for the officer, but no breach', () => {
    const story = liftUpTo('responded').until('2026-03-05 22:01');
    expect(story.all('clockTargetMissed').map((event) => event.data.clock)).toEqual(['handling']);
    expect(story.told('clock.target')).toEqual(['姚电梯']);
    expect(story.all('clockBreached').filter((event) => event.data.clock === 'handling')).toEqual([]);
    story.until('2026-03-06 10:00').take(actor('lift'), 'confirmByOfficer', { outcome: '已修', checked: true });
    expect(story.clock('handling').status).toBe('kept');
  });

  test('S9-20 · no word from the owner for 7 days: confirmed by silence, called back, and overturned when he objects', () => {
    const story = liftUpTo('officerConfirmed').until('2026-03-13 00:00');
    expect(story.case).toMatchObject({ state: 'silent', entries: { confirmBySilence: [{ by: { kind: 'system' } }] } });
    expect(story.refused(officer, 'close').code).toBe('step.notNow');
    story.take(officer, 'notDone', { reason: '业主说早上仍有异响' });
    expect(story.case).toMatchObject({ state: 'handling', round: 2 });
    expect(story.clock('handling').status).toBe('running');
    expect(story.replayed()).toEqual(story.case);
  });
});

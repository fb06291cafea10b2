import { describe, expect, test } from 'vitest';
import { owner } from '../../test/support/organisation.ts';
import { at } from '../../test/support/story.ts';
import { actor, at4, manager, pack, penalty, senior, told, upTo, withMoney } from './golden.ts';

describe('An appraised car turns out to have been in an accident', () => {
  test('taken by a salesperson, numbered, designated past those concerned, re-checked by three, reported in two days, instructed, closed on the twelfth day and accepted', () => {
    const story = upTo('finished');
    expect(story.case).toMatchObject({ state: 'finished', outcome: told.result });
    expect(story.clock('report')).toMatchObject({ status: 'kept' });
    expect(story.clock('closing')).toMatchObject({ status: 'kept', stoppedAt: at('2026-03-14 10:00') });
    expect(story.case.archivedAt).not.toBeNull();
    expect(story.replayed()).toEqual(story.case);
  });

  test('on the first of the month the statistics are drafted, each case is checked, and they are confirmed by the tenth', () => {
    const story = at4('2026-04-01 08:30')
      .register(manager, { period: 'month' }, { matter: 'statistics', channel: 'other' })
      .take({ ...owner, kind: 'system' }, 'recordFigures', { figures: { closed: 1 } })
      .take(manager, 'examine', {
        caseNumber: 'KS-2026-001',
        liability: [
          { what: '李签字', amount: 70 },
          { what: '孙项目', amount: 30 },
        ],
        withWhom: '周高评',
        improved: 'notImproved',
        task: '每车上举升机',
        responsible: 'leader',
        dueOn: '2026-05-01',
      })
      .take(manager, 'confirm', { conclusion: '一件，未改善项续跟踪', allExamined: true });
    expect(story.case.state).toBe('confirmed');
    expect(story.all('caseOpened')[0]?.data).toMatchObject({ procedure: 'improvement' });
  });
});

describe('When things go wrong', () => {
  test('the customer does not accept: a new sheet with the old one attached goes to the manager and gets its own fifteen days', () => {
    const story = upTo('told').take(owner, 'rejectResult', { reason: '差价太少' });
    expect(story.case.state).toBe('resubmitted');
    const again = at4('2026-03-16 09:00')
      .register({ ...owner, kind: 'system' }, { ...story.all('caseOpened')[0]?.data.values }, { channel: 'linked' })
      .take(manager, 'accept', { formalNumber: 'KS-2026-002' });
    expect(again.case.values).toMatchObject({ originalCase: 'TS260301-0001', originalAnswer: told.result });
    expect(again.clock('closing').dueAt).toBe(at('2026-04-01 00:00') - 1);
    expect(again.refused(manager, 'designate', { appraiser: 'senior' }).code).toBe('assign.recused');
  });

  test('who is penalised objects; the notice waits until the objection is decided, and 399 yuan for a warning are refused', () => {
    const story = penalty(withMoney);
    expect(story.refused(senior, 'draft', { grade: 'warning', reason: '漏检', amount: 399 }).code).toBe(
      'penalty.belowWarning',
    );
    story
      .take(senior, 'draft', { grade: 'warning', reason: '漏检', amount: 400 })
      .take(manager, 'approve', { opinion: '核准' })
      .take(actor('signer'), 'object', { what: '举升机当天停用', request: '免责' })
      .take(senior, 'keepCopy', { kept: true })
      .take(actor('accountant'), 'accountantReceives', { received: true })
      .sign(actor('signer'), 'notice', 'personSigns', '李签字');
    expect(story.refused(senior, 'finish').code).toBe('copies.objectionOpen');
    const caseId = story.all('caseOpened')[0]?.data.caseId ?? '';
    story.apply({ type: 'linkedEnd', caseId, outcome: '维持' }, { ...owner, kind: 'system' });
    story.take(senior, 'finish');
    expect(story.case).toMatchObject({ state: 'effective', outcome: '漏检' });
    expect(pack.settings.deductions?.value).toBe(false);
  });
});

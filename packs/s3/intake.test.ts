import { describe, expect, test } from 'vitest';
import { at, Story } from '../../test/support/story.ts';
import { order, without } from './asked.ts';
import { companyWithout } from './company.ts';
import {
  accepted,
  actor,
  begin,
  company3,
  crack,
  crackUpTo,
  customer,
  customers,
  deputy,
  mei,
  pack,
  qian,
  song,
  told,
} from './golden.ts';

describe('The complaint centre and taking a complaint (一, 二)', () => {
  test('S3-01 · without a named person who receives complaints none can be taken; with one, she answers for it by name', () => {
    const nobody = new Story(pack, '2026-03-05 10:00', undefined, companyWithout('mei'));
    expect(nobody.refused(customer, order(crack, 'web')).code).toBe('assign.nobody');
    const story = begin().register(customer, crack, { channel: 'web' });
    expect(story.case.duties.firstReceiver).toMatchObject({ name: '梅内勤' });
    expect(begin().refused(actor('luo'), order(crack)).code).toBe('register.notYours');
  });

  test('S3-02 · what it is about, the property or the service, must be chosen', () => {
    expect(begin().refused(mei, order(without(crack, 'object')))).toMatchObject({
      code: 'field.required',
      field: 'object',
    });
    expect(pack.taxonomies.object?.terms.map((term) => term.id)).toEqual(['property', 'service']);
    for (const object of ['property', 'service'])
      expect(begin().register(mei, { ...crack, object }, { channel: 'visit' }).case.values.object).toBe(object);
    expect(begin().refused(mei, order({ ...crack, object: 'weather' })).code).toBe('field.unknownCategory');
  });

  test('S3-03 · a call to the complaints line is kept as such', () => {
    expect(begin().register(mei, crack, { channel: 'hotline' }).case.channel).toBe('hotline');
    expect(begin().refused(mei, order(crack, 'pager')).code).toBe('register.unknownChannel');
  });

  test('S3-05 · until the clerk has said whose responsibility it is nothing goes on; the two branches differ', () => {
    const story = crackUpTo('registered');
    expect(story.refused(mei, 'accept', accepted).code).toBe('step.notNow');
    expect(story.refused(mei, 'divide', { grounds: '看过' })).toMatchObject({
      code: 'field.required',
      field: 'liability',
    });
    expect(story.refused(qian, 'divide', company3).code).toBe('role.notYours');
    expect(crackUpTo('registered').take(mei, 'divide', company3).case.state).toBe('toAccept');
    expect(crackUpTo('registered').take(mei, 'divide', customers).case.state).toBe('causeToConfirm');
  });

  test('S3-07 · no promised date, or nothing about how and when the customer was told it: it is not accepted', () => {
    for (const field of ['feedbackOn', 'toldHow', 'toldAt'])
      expect(crackUpTo('toAccept').refused(mei, 'accept', without(accepted, field))).toMatchObject({
        code: 'field.required',
        field,
      });
    const story = crackUpTo('accepted');
    expect(story.all('noticeIssued').at(-1)?.data).toMatchObject({ notice: 'promised', to: { kind: 'owner' } });
    expect(story.all('noticeIssued').at(-1)?.data.text.zh).toContain('2026-03-10');
  });

  test('S3-08 · only the manager confirms the customer’s cause, and who did stays on record', () => {
    const story = crackUpTo('registered').take(mei, 'divide', customers);
    expect(story.refused(mei, 'confirmCause', { opinion: '属实' }).code).toBe('role.notYours');
    story.take(song, 'confirmCause', { opinion: '属实' });
    expect(story.case.entries.confirmCause?.[0]?.by.name).toBe('宋经理');
  });

  test('S3-08 · where the manager himself is complained of, his superior confirms', () => {
    const story = begin()
      .register(mei, { ...crack, complainedOf: 'song' }, { channel: 'visit' })
      .take(mei, 'divide', customers);
    expect(story.refused(song, 'confirmCause', { opinion: '属实' }).code).toBe('role.recused');
    expect(story.take(deputy, 'confirmCause', { opinion: '属实' }).case.state).toBe('toExplain');
  });

  test('S3-09 · an explanation that is not accepted leads to a solution that both the clerk and the manager sign', () => {
    const story = crackUpTo('registered')
      .take(mei, 'divide', customers)
      .take(song, 'confirmCause', { opinion: '属实' })
      .take(mei, 'explain', { explanation: '拆改引起', how: 'oral', view: 'rejected', words: '不认可' });
    expect(story.case.state).toBe('joint');
    const draft = { solution: ['公司出人工', '客户出材料'], feedbackOn: '2026-03-12', completeBy: '2026-03-25' };
    expect(story.refused(mei, 'draftSolution', draft)).toMatchObject({ field: 'signed' });
    expect(story.refused(song, 'signSolution', { signed: true }).code).toBe('step.notNow');
    story.take(mei, 'draftSolution', { ...draft, signed: true });
    expect(story.refused(mei, 'tellOpinion', told).code).toBe('step.notNow');
    expect(story.refused(mei, 'signSolution', { signed: true }).code).toBe('role.notYours');
    expect(story.refused(song, 'signSolution', {})).toMatchObject({ field: 'signed' });
    expect(story.take(song, 'signSolution', { signed: true }).case.state).toBe('opinionFixed');
    expect(story.clock('feedback').dueAt).toBe(at('2026-03-13 00:00') - 1);
  });

  test('S3-09 · sending the draft back does not move the promised date', () => {
    const draft = { solution: ['公司出人工'], feedbackOn: '2026-03-12', completeBy: '2026-03-25', signed: true };
    const story = crackUpTo('registered')
      .take(mei, 'divide', customers)
      .take(song, 'confirmCause', { opinion: '属实' })
      .take(mei, 'explain', { explanation: '拆改引起', how: 'oral', view: 'rejected', words: '不认可' })
      .take(mei, 'draftSolution', draft)
      .take(song, 'returnSolution', { reason: '写明材料' })
      .take(mei, 'draftSolution', { ...draft, feedbackOn: '2026-03-30' });
    expect(story.clock('feedback')).toMatchObject({ run: 1, dueAt: at('2026-03-13 00:00') - 1 });
  });
});

import { describe, expect, test } from 'vitest';
import { at } from '../../test/support/story.ts';
import { without } from './asked.ts';
import { accepted, crackUpTo, deputy, mei, newDate, song, told } from './golden.ts';

describe('The promised date (五, 六)', () => {
  test('S3-17 · told at 23:59 of the promised day is in time, after midnight it is late and the manager hears of it', () => {
    const onTheDay = crackUpTo('opinionFixed').until('2026-03-10 23:59').take(mei, 'tellOpinion', told);
    expect(onTheDay.clock('feedback').status).toBe('kept');
    const after = crackUpTo('opinionFixed').until('2026-03-11 00:01').take(mei, 'tellOpinion', told);
    expect(after.clock('feedback').status).toBe('late');
    expect(after.told('clock.limit', '五')).toEqual(expect.arrayContaining(['梅内勤', '宋经理']));
  });

  test('S3-17 · told by word of mouth it needs a summary and the time; in writing the letter', () => {
    const story = crackUpTo('opinionFixed').until('2026-03-09 15:10');
    for (const field of ['summary', 'toldAt', 'how'])
      expect(story.refused(mei, 'tellOpinion', { ...without(told, field) })).toMatchObject({ field });
    expect(story.refused(mei, 'tellOpinion', without(told, 'letter'))).toMatchObject({ field: 'letter' });
    expect(story.take(mei, 'tellOpinion', { ...without(told, 'letter'), how: 'oral' }).case.state).toBe('implementing');
  });

  test('S3-18 · telling it takes in what the customer thinks; a customer who rejects it is decided upon anew', () => {
    const story = crackUpTo('opinionFixed').until('2026-03-09 15:10');
    for (const field of ['view', 'words'])
      expect(story.refused(mei, 'tellOpinion', without(told, field))).toMatchObject({ code: 'field.required', field });
    story.take(mei, 'tellOpinion', { ...told, view: 'rejected', words: '要求整墙重做' });
    expect(story.case.state).toBe('withManager');
    expect(story.clock('managerDecision')).toMatchObject({ run: 2, status: 'running' });
  });

  test('S3-20 · a new date needs all four: reached, explained, forgiven, and a later date', () => {
    const story = crackUpTo('withManager').until('2026-03-10 09:00');
    const four = newDate('2026-03-13', '2026-03-10T08:50:00');
    for (const field of ['contactedAt', 'situation', 'forgiven', 'newDate'])
      expect(story.refused(mei, 'extend', without(four, field))).toMatchObject({ field });
    expect(story.refused(mei, 'extend', { ...four, forgiven: false })).toMatchObject({ field: 'forgiven' });
    expect(story.refused(mei, 'extend', { ...four, newDate: '2026-03-10' }).code).toBe('extend.notLater');
    story.take(mei, 'extend', four);
    expect(story.clock('feedback').dueAt).toBe(at('2026-03-14 00:00') - 1);
    expect(story.all('noticeIssued').at(-1)?.data).toMatchObject({ notice: 'extended', to: { kind: 'owner' } });
  });

  test('S3-20 · once the date has passed it cannot be changed any more: it counts as late', () => {
    const story = crackUpTo('withManager').until('2026-03-11 00:01');
    expect(story.refused(mei, 'extend', newDate('2026-03-13', '2026-03-10T08:50:00')).code).toBe('extend.tooLate');
    expect(
      story.refused(deputy, 'extendByException', { ...newDate('2026-03-13', '2026-03-10T08:50:00'), exception: '特殊' })
        .code,
    ).toBe('extend.tooLate');
    expect(story.clock('feedback').breachedAt).toBe(at('2026-03-11 00:00'));
  });

  test('S3-21 · the deputy general manager’s exception is for the third time only', () => {
    const story = crackUpTo('withManager').until('2026-03-10 09:00');
    const early = { ...newDate('2026-03-13', '2026-03-10T08:50:00'), exception: '特殊' };
    expect(story.refused(deputy, 'extendByException', early).code).toBe('extend.notExhausted');
  });

  test('S3-21 · the limit is per complaint: going back to the manager gives no further changes', () => {
    const story = crackUpTo('withManager')
      .take(mei, 'extend', newDate('2026-03-12', '2026-03-05T10:35:00'))
      .take(mei, 'extend', newDate('2026-03-13', '2026-03-05T10:35:00'))
      .take(song, 'escalate', { to: 'deputy', reason: '难' });
    expect(story.refused(mei, 'extend', newDate('2026-03-16', '2026-03-05T10:35:00')).code).toBe('extend.tooOften');
  });

  test('S3-17 · a statutory last day, where there is one, runs beside the promised date and speaks first when earlier', () => {
    const story = crackUpTo('toAccept')
      .until('2026-03-05 10:40')
      .take(mei, 'accept', { ...accepted, statutoryOn: '2026-03-08' })
      .until('2026-03-09 00:01');
    expect(story.clock('statutory').breachedAt).toBe(at('2026-03-09 00:00'));
    expect(story.clock('feedback').breachedAt).toBeNull();
    expect(story.told('clock.limit', '五')).toContain('潘副总');
  });
});

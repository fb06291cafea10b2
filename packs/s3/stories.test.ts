import { describe, expect, test } from 'vitest';
import { at } from '../../test/support/story.ts';
import { begin, crack, crackUpTo, customers, deputy, mei, newDate, song } from './golden.ts';

describe('The golden path: a crack in the wall', () => {
  test('S3-17 · the company’s responsibility, promised for 10 March, told in writing on the 9th, accepted, checked and closed', () => {
    const story = crackUpTo('closed');
    expect(story.clock('feedback')).toMatchObject({
      status: 'kept',
      dueAt: at('2026-03-11 00:00') - 1,
      stoppedAt: at('2026-03-09 15:10'),
    });
    expect(story.case).toMatchObject({ state: 'closed', outcome: '北墙已修复，复验合格' });
    expect(story.all('caseArchived')[0]?.data.dossier.map((paper) => paper.name.zh)).toEqual([
      '客户投诉受理及处理记录',
    ]);
    expect(story.replayed()).toEqual(story.case);
  });
});

describe('The same procedure when things go wrong', () => {
  test('S3-21 · two changes of the date go through, the third is refused, the deputy general manager grants an exception that stays on record', () => {
    const story = crackUpTo('withManager')
      .until('2026-03-10 23:00')
      .take(mei, 'extend', newDate('2026-03-13', '2026-03-10T22:30:00'))
      .until('2026-03-13 17:00')
      .take(mei, 'extend', newDate('2026-03-17', '2026-03-13T16:00:00'))
      .until('2026-03-17 09:00');
    const third = newDate('2026-03-20', '2026-03-17T08:30:00');
    const refusal = story.refused(mei, 'extend', third);
    expect(refusal).toMatchObject({ code: 'extend.tooOften', clause: '六' });
    expect(refusal.message.zh).toContain('分管副总');
    expect(story.refused(song, 'extendByException', { ...third, exception: '检测延误' }).code).toBe('role.notYours');
    expect(story.refused(deputy, 'extendByException', third)).toMatchObject({ field: 'exception' });
    story.take(deputy, 'extendByException', { ...third, exception: '检测单位延误' });
    expect(story.clock('feedback').dueAt).toBe(at('2026-03-21 00:00') - 1);
    expect(story.case.entries.extendByException?.[0]).toMatchObject({ by: { name: '潘副总' } });
    expect(story.told('extended')).toContain('宋经理');
  });

  test('S3-08 · the customer’s own cause: explaining before the manager has confirmed is refused', () => {
    const story = begin().register(mei, crack, { channel: 'hotline' }).take(mei, 'divide', customers);
    const words = { explanation: '裂缝由拆改引起', how: 'oral', view: 'accepted', words: '明白了' };
    const refusal = story.refused(mei, 'explain', words);
    expect(refusal).toMatchObject({ code: 'step.notNow', clause: '二' });
    expect(refusal.who?.zh).toContain('宋经理');
    story.take(song, 'confirmCause', { opinion: '属实' }).take(mei, 'explain', words);
    expect(story.case.state).toBe('toCheck');
  });
});

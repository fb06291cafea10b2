import { describe, expect, test } from 'vitest';
import { nextOccurrence } from '#policy/schedule.ts';
import { at, calendarOf } from '../../test/support/story.ts';
import { order, without } from './asked.ts';
import { actor, begin, crackUpTo, deputy, mei, pack, qian, song } from './golden.ts';

describe('Following up, checking, reporting (七, 八)', () => {
  test('S3-22 · whoever received it keeps it, and can follow it up, until it is closed', () => {
    for (const stage of ['accepted', 'withManager', 'opinionFixed', 'implementing']) {
      const story = crackUpTo(stage);
      expect(story.case.duties.firstReceiver).toMatchObject({ name: '梅内勤' });
      expect(story.can(mei, 'track').allowed, stage).toBe(true);
    }
    expect(crackUpTo('closed').case.duties.firstReceiver).toMatchObject({ name: '梅内勤' });
    expect(crackUpTo('resultEntered').told('result')).toEqual(['customer']);
  });

  test('S3-24 · the manager judges timeliness and reasonableness, both; what fails goes back', () => {
    const story = crackUpTo('toCheck');
    const both = { timeliness: 'passed', reasonableness: 'passed', opinion: '好' };
    expect(story.refused(qian, 'close').code).toBe('step.notNow');
    expect(story.refused(mei, 'check', both).code).toBe('role.notYours');
    for (const field of ['timeliness', 'reasonableness'])
      expect(story.refused(song, 'check', without(both, field))).toMatchObject({ code: 'field.required', field });
    for (const failing of ['timeliness', 'reasonableness']) {
      const returned = crackUpTo('toCheck').take(song, 'check', { ...both, [failing]: 'failed' });
      expect(returned.case.state).toBe('supplementing');
      expect(returned.told('returned')).toEqual(['钱专员', '梅内勤']);
      expect(returned.refused(qian, 'close').code).toBe('step.notNow');
      expect(returned.take(qian, 'supplement', { what: '补充现场照片' }).case.state).toBe('toCheck');
    }
  });

  test('S3-25 · the report is opened when a year ends, and by the sales department when a project is sold out', () => {
    const yearEnd = pack.schedules.yearEnd;
    if (!yearEnd) throw new Error('No schedule');
    expect(nextOccurrence(yearEnd, at('2026-12-31 12:00'), calendarOf(pack))).toBe(at('2027-01-01 00:00'));
    const report = begin('2026-06-01 09:00');
    const soldOut = { trigger: 'soldOut', period: 'quarter' };
    expect(
      report.refused(actor('sales-head'), { ...order(soldOut), matter: 'report', channel: 'other' }),
    ).toMatchObject({ field: 'project' });
    report.register(actor('sales-head'), { ...soldOut, project: '云庭' }, { matter: 'report', channel: 'other' });
    const parts = {
      numbers: '12 件',
      liability: '公司 9 件',
      timeliness: '改期 3 次',
      views: '接受 11 件',
      repeated: '墙裂 4 件',
    };
    expect(report.refused(deputy, 'receive', { opinion: '阅' }).code).toBe('step.notNow');
    report.take(song, 'submit', parts);
    expect(report.told('reportDue')).toContain('潘副总');
    expect(report.take(deputy, 'receive', { opinion: '阅，按预防措施落实' }).case.state).toBe('received');
  });

  test('S3-04 · the same problem again in the same project: cause and prevention must be named', () => {
    const again = { result: '已修复', occurrence: 2, rootCause: '抹灰层未挂网', prevention: '全项目改工艺' };
    for (const field of ['rootCause', 'prevention'])
      expect(crackUpTo('implementing').refused(qian, 'enterResult', without(again, field))).toMatchObject({
        code: 'field.required',
        field,
      });
    expect(crackUpTo('implementing').take(qian, 'enterResult', again).case.state).toBe('resultEntered');
  });

  test('S3-23 · the record names what was decided, what came of it, and what the customer says to it', () => {
    const [archived] = crackUpTo('closed').all('documentIssued');
    const paper = JSON.stringify(archived);
    for (const words of ['铲除开裂抹灰层', '北墙已修复，复验合格', '修好了，满意']) expect(paper).toContain(words);
  });
});

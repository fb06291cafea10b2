import { describe, expect, test } from 'vitest';
import { nextOccurrence } from '#policy/schedule.ts';
import { clockwork } from '../../test/support/organisation.ts';
import { at, calendarOf, Story } from '../../test/support/story.ts';
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
  decision,
  deputy,
  general,
  mei,
  newDate,
  pack,
  qian,
  song,
  told,
} from './golden.ts';

const order = (values: object, channel = 'hotline') => ({
  type: 'register' as const,
  number: 'KT260305-0009',
  matter: 'complaint',
  channel,
  values: { ...values },
});
const without = (values: object, field: string): { [key: string]: never } =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key !== field)) as { [key: string]: never };
const spot = { opinion: '当场更换门锁', result: '门锁已更换', view: 'accepted', words: '可以' };

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

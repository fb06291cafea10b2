import { describe, expect, test } from 'vitest';
import { renderForm } from '#case/render-form.ts';
import { clockwork, owner } from '../../test/support/organisation.ts';
import { at } from '../../test/support/story.ts';
import { accidentCar, actor, at4, manager, pack, penalty, senior, threeSign, told, upTo, withMoney } from './golden.ts';

describe('Intake (11, 2, 4)', () => {
  test('S4-02 · content, demand and confirmed grounds: without one of the three it is not investigated', () => {
    const { demand: _d, grounds: _g, ...bare } = accidentCar;
    const story = at4()
      .register(actor('sales'), bare)
      .take(manager, 'accept', { formalNumber: 'KS-2026-001' })
      .take(manager, 'designate', { appraiser: 'senior' });
    const whole = { findings: '属实', demand: '退费', grounds: '记录', groundsConfirmed: true };
    for (const missing of ['demand', 'grounds', 'groundsConfirmed'] as const) {
      const { [missing]: _, ...rest } = whole;
      expect(story.refused(senior, 'investigate', rest)).toMatchObject({ code: 'field.required', field: missing });
    }
    const { content: _c, ...silent } = accidentCar;
    expect(
      at4().refused(actor('sales'), {
        type: 'register',
        number: 'KS-1',
        matter: 'complaint',
        channel: 'employee',
        values: silent,
      }).field,
    ).toBe('content');
    story.take(senior, 'investigate', whole);
    expect(story.case.entries.investigate?.[0]).toMatchObject({ at: story.now, values: { groundsConfirmed: true } });
  });

  test.each(['sales', 'leader', 'practitioner', 'senior', 'accountant', 'manager'])(
    'S4-04 · %s, like any employee, can take a complaint',
    (who) => {
      expect(at4().register(actor(who), accidentCar, { channel: 'employee' }).case.duties.firstReceiver?.id).toBe(who);
    },
  );

  test('S4-05 · the manager is told at once; written down later than 15 minutes after it was received, it is late', () => {
    const quick = upTo('reported');
    expect(quick.told('reported')).toEqual(['陈经理']);
    expect(quick.clock('reporting').status).toBe('kept');
    const slow = at4('2026-03-02 10:00').register(actor('sales'), accidentCar, { receivedAt: '2026-03-02 09:30' });
    expect(slow.clock('reporting').status).toBe('late');
  });

  test('S4-07 · only the manager numbers it; until then there is no formal number, and afterwards it cannot be changed', () => {
    const story = upTo('reported');
    expect(story.case.entries.accept).toBeUndefined();
    expect(story.refused(senior, 'accept', { formalNumber: 'X-01' }).code).toBe('role.notYours');
    expect(story.refused(manager, 'designate', { appraiser: 'senior' }).code).toBe('step.notNow');
    story.take(manager, 'accept', { formalNumber: 'KS-2026-001' });
    expect(story.refused(manager, 'accept', { formalNumber: 'KS-2026-009' }).code).toBe('step.notNow');
  });
});

describe('Liability and designation (4, 5, 11, 3, 9)', () => {
  test('S4-09 · several people may be liable, each with his share; the manager alone determines it, with his grounds', () => {
    const story = upTo('instructed');
    expect(story.case.entries.attribute?.map((entry) => entry.values.share)).toEqual([70, 30]);
    expect(story.refused(senior, 'attribute', { person: 'leader', share: 30, cause: '漏查出险记录' }).code).toBe(
      'step.notNow',
    );
    expect(story.refused(senior, 'confirmLiability', { grounds: '依据' }).code).toBe('role.notYours');
    expect(story.refused(manager, 'confirmLiability').field).toBe('grounds');
    expect(
      story.take(manager, 'confirmLiability', { grounds: '依据' }).case.entries.confirmLiability?.[0]?.by.personId,
    ).toBe('manager');
  });

  test('S4-10 · exactly one senior appraiser: nobody, two, or somebody without the qualification is refused', () => {
    const story = upTo('accepted');
    expect(story.refused(manager, 'designate').field).toBe('appraiser');
    expect(story.refused(manager, 'designate', { appraiser: ['senior', 'senior2'] }).field).toBe('appraiser');
    expect(story.refused(manager, 'designate', { appraiser: 'sales' }).code).toBe('assign.notHolder');
    expect(story.refused(manager, 'designate', { appraiser: 'gone' }).field).toBe('appraiser');
    expect(story.take(manager, 'designate', { appraiser: 'senior' }).case.duties.assignee?.id).toBe('senior');
  });

  test('S4-11 · who signed the disputed appraisal is not designated, even though he is qualified; an exception needs its reason', () => {
    const story = upTo('accepted');
    expect(story.refused(manager, 'designate', { appraiser: 'signer' }).code).toBe('assign.recused');
    expect(story.refused(manager, 'designateOutside', { person: 'leader', reason: '无人' }).code).toBe(
      'assign.recused',
    );
    expect(story.refused(manager, 'designateOutside', { person: 'accountant' }).field).toBe('reason');
    story.take(manager, 'designateOutside', { person: 'accountant', expert: '外聘高评', reason: '高评均须回避' });
    expect(story.case.entries.designateOutside?.[0]?.values.reason).toBe('高评均须回避');
  });

  test('S4-11 · a complaint about the manager himself goes to whoever stands above him, who numbers and designates', () => {
    const story = at4().register(actor('sales'), { ...accidentCar, complainedOf: 'manager' });
    expect(story.case.duties.caseOfficer?.id).toBe('director');
    expect(story.refused(manager, 'accept', { formalNumber: 'KS-2026-001' }).code).toBe('role.recused');
    story
      .take(actor('director'), 'accept', { formalNumber: 'KS-2026-001' })
      .take(actor('director'), 'designate', { appraiser: 'senior' });
    expect(story.case.state).toBe('investigating');
    expect(upTo('reported').refused(actor('director'), 'accept', { formalNumber: 'KS-2026-001' }).code).toBe(
      'role.notYours',
    );
  });

  test('S4-12 · without an investigation, or without having talked with the customer, there is no result', () => {
    expect(upTo('investigating').refused(senior, 'enterResult', { result: '退费' }).code).toBe(
      'result.withoutInvestigation',
    );
    expect(upTo('investigated').refused(senior, 'enterResult', { result: '退费' }).code).toBe('result.withoutTalk');
  });

  test('S4-13 · once submitted the appraiser changes nothing more; the manager can return it', () => {
    const story = upTo('resultSubmitted');
    expect(story.refused(senior, 'enterResult', { result: '改' }).code).toBe('step.notNow');
    expect(story.refused(senior, 'returnResult', { opinion: '改' }).code).toBe('role.notYours');
    expect(story.take(manager, 'returnResult', { opinion: '补证据' }).case.state).toBe('investigating');
  });

  test.each(['own', 'leader', 'practitioner'])(
    'S4-14 · the re-check without the signature of %s does not count',
    (missing) => {
      const story = upTo('rechecked');
      const { [missing]: _, ...two } = threeSign(story);
      expect(story.refused(senior, 'signRecheck', two)).toMatchObject({ code: 'field.required', field: missing });
      expect(story.refused(senior, 'enterResult', { result: '退费' }).code).toBe('result.withoutRecheck');
    },
  );

  test('S4-16 · handled on the third, the report is due by the end of the sixth and late one second after', () => {
    const story = upTo('signed');
    story.until('2026-03-06 09:00').take(senior, 'enterResult', { result: '退费' });
    expect(story.clock('report').dueAt).toBe(at('2026-03-10 00:00') - 1);
    const march = upToResultOn('2026-03-03 10:00');
    expect(march.clock('report').dueAt).toBe(at('2026-03-07 00:00') - 1);
    march.until(at('2026-03-07 00:00') + 1000);
    expect(march.clock('report').breachedAt).not.toBeNull();
    expect(march.told('clock.limit', '3')).toEqual(['周高评', '陈经理']);
  });

  test('S4-18 · the manager instructs in writing; without it there is no closing, and it is not rewritten', () => {
    const story = upTo('awaitingInstruction');
    expect(story.refused(manager, 'closeCase', { summary: '结案' }).code).toBe('step.notNow');
    expect(story.refused(manager, 'instruct', { decision: 'approve' }).field).toBe('opinion');
    expect(story.refused(senior, 'instruct', { decision: 'approve', opinion: '同意' }).code).toBe('role.notYours');
    expect(
      upTo('awaitingInstruction').take(manager, 'instruct', { decision: 'return', opinion: '重查' }).case.state,
    ).toBe('investigating');
    story.take(manager, 'instruct', { decision: 'amend', opinion: '差价改 3000' });
    expect(story.refused(manager, 'instruct', { decision: 'approve', opinion: '改口' }).code).toBe('step.notNow');
  });

  test('S4-19 · accepted on the first, it is to be closed by the end of the sixteenth, with a warning three days before', () => {
    const story = at4('2026-03-01 00:00')
      .register(actor('sales'), accidentCar)
      .take(manager, 'accept', { formalNumber: 'KS-2026-001' })
      .take(manager, 'designate', { appraiser: 'senior' });
    expect(story.clock('closing').dueAt).toBe(at('2026-03-17 00:00') - 1);
    story.until('2026-03-14 12:00');
    expect(story.told('clock.warning', '9')).toEqual(['周高评']);
    story.until(at('2026-03-17 00:00') + 1000);
    expect(story.clock('closing').breachedAt).not.toBeNull();
    expect(story.told('clock.limit', '9')).toEqual(['周高评', '陈经理']);
  });

  test('S4-20 · after closing the customer and the house are told, with how it was delivered; a day later it is late', () => {
    const story = upTo('concluded');
    expect(story.refused(senior, 'tellResult', { result: '退费' }).field).toBe('receipt');
    const { now } = story;
    story.take(senior, 'tellResult', told);
    expect(story.told('result')).toEqual(expect.arrayContaining(['owner', '钱业务', '冯会计']));
    const late = upTo('concluded').until(now + 24 * 3_600_000 + 1000);
    expect(late.clock('telling').breachedAt).not.toBeNull();
  });
});

/** The worked case, all in one day, with its result entered at a moment. */
function upToResultOn(moment: string): ReturnType<typeof at4> {
  const story = at4(moment)
    .register(actor('sales'), accidentCar)
    .take(manager, 'accept', { formalNumber: 'KS-2026-001' })
    .take(manager, 'designate', { appraiser: 'senior' })
    .take(senior, 'investigate', { findings: '属实', groundsConfirmed: true })
    .take(senior, 'negotiate', { how: 'phone', said: '说明' })
    .take(senior, 'analyse', { causes: ['漏检'], measures: ['退费'] })
    .take(senior, 'recheck', { findings: '属实', leader: '孙项目', practitioners: ['李签字'] });
  return story.take(senior, 'signRecheck', threeSign(story)).take(senior, 'enterResult', { result: '退费' });
}

describe('Objection and rejection (6, 7)', () => {
  test('S4-21 · an objection is a case of its own, linked; until it is decided liability is not changed', () => {
    const story = upTo('decided');
    expect(story.refused(manager, 'reviseLiability', { liability: '李签字 50%' }).code).toBe('liability.noObjection');
    story.take(manager, 'raiseObjection', { objector: 'signer', what: '举升机停用', request: '减责' });
    const opened = story.all('caseOpened')[0]?.data;
    const memorial = at4('2026-03-15 09:00').register(
      clockwork,
      { ...opened?.values },
      { matter: 'objection', channel: 'linked' },
    );
    expect(memorial.case.values.sourceCase).toBe('TS260301-0001');
    expect(memorial.refused(manager, 'decide', { finding: 'upheld', instruction: '成立' }).field).toBe('liability');
    expect(memorial.refused(senior, 'decide', { finding: 'dismissed', instruction: '维持' }).code).toBe(
      'role.notYours',
    );
    memorial.take(manager, 'decide', { finding: 'upheld', instruction: '成立', liability: '各半' });
    story.apply({ type: 'linkedEnd', caseId: opened?.caseId ?? '', outcome: '成立' }, clockwork);
    expect(story.take(manager, 'reviseLiability', { liability: '各半' }).case.entries.reviseLiability).toHaveLength(1);
    expect(
      at4().register(
        actor('signer'),
        { objector: 'signer', content: '异议', request: '减责', sourceCase: 'KS-1' },
        { matter: 'objection', channel: 'other' },
      ).case.state,
    ).toBe('submitted');
  });

  test('S4-22 · not accepted: the old sheet is frozen and attached, the new case linked, the old one stands as submitted again', () => {
    const story = upTo('told').take(owner, 'rejectResult', { reason: '太少' });
    expect(story.case.state).toBe('resubmitted');
    expect(story.all('caseOpened')[0]?.data).toMatchObject({
      procedure: 'complaint',
      relation: 'resubmission',
      values: { originalCase: story.case.number, originalAnswer: told.result, rejectedBecause: '太少' },
    });
    expect(story.case.documents.some((paper) => paper.form === 'sheet')).toBe(true);
    expect(story.told('resubmitted')).toEqual(expect.arrayContaining(['陈经理']));
    expect(upTo('told').refused(manager, 'terminate', { reason: '终止', evidence: ['f'] }).code).toBe(
      'terminate.firstTime',
    );
  });

  test('S4-23 · the collective decision needs the opinion of everybody called', () => {
    const story = upTo('instructed');
    expect(story.refused(manager, 'conclude', { conclusion: '退费' }).code).toBe('conclude.notCalled');
    expect(story.refused(manager, 'convene', { members: ['周高评'] }).field).toBe('members');
    story
      .take(manager, 'convene', { members: ['周高评', '郑高评'] })
      .take(senior, 'opine', { member: '周高评', opinion: '同意' });
    expect(story.refused(manager, 'conclude', { conclusion: '退费' }).code).toBe('conclude.opinionMissing');
    expect(story.refused(actor('senior2'), 'opine', { member: '外人', opinion: '同意' }).field).toBe('member');
  });
});

describe('Sanctions (10)', () => {
  const review = () =>
    at4('2026-04-01 08:30').register(clockwork, { period: 'month' }, { matter: 'sanctionReview', channel: 'schedule' });

  test('S4-27 · opened on the first, due by the end of the tenth; only reviewed sanctions are published, and no names', () => {
    expect(pack.schedules.monthlySanctions).toMatchObject({ opens: 'sanctionReview', every: { months: 1, day: 1 } });
    const story = review();
    expect(story.clock('byTheTenth').dueAt).toBe(at('2026-04-11 00:00') - 1);
    expect(story.refused(manager, 'publish', { sanctions: ['KS-2026-001 警告'] }).code).toBe('publish.nothingReviewed');
    expect(story.refused(manager, 'review', { caseAndGrade: 'KS-2026-001 警告' }).field).toBe('instructed');
    story.take(manager, 'review', { caseAndGrade: 'KS-2026-001 警告', instructed: true });
    expect(story.refused(manager, 'publish', { sanctions: ['KS-2026-002 小过'] }).code).toBe('publish.notInstructed');
    story.take(manager, 'publish', { sanctions: ['KS-2026-001 警告'], names: ['李签字'] });
    expect(story.case.entries.publish?.[0]?.values.names).toBeUndefined();
    expect(story.told('sanctionsPublished')).toContain('钱业务');
    const late = review().until(at('2026-04-11 00:00') + 1000);
    expect(late.told('clock.limit', '10.⑴')).toEqual(['陈经理']);
  });

  test('S4-28 · whoever is held liable is so for one of the causes found, and by the appraiser', () => {
    expect(
      upTo('investigated').refused(senior, 'attribute', { person: 'signer', share: 100, cause: '无' }).code,
    ).toBeDefined();
    const story = upTo('analysed');
    expect(story.refused(senior, 'attribute', { person: 'signer', share: 100, cause: '别的' }).field).toBe('cause');
    expect(story.refused(manager, 'attribute', { person: 'signer', share: 100, cause: '漏查出险记录' }).code).toBe(
      'role.notYours',
    );
  });

  const drafted = (using = pack, more = {}) =>
    penalty(using).take(senior, 'draft', { grade: 'warning', reason: '漏检', ...more });

  test('S4-29 · the appraiser draws it up, the manager approves; before that nothing takes effect, after it nothing is changed', () => {
    expect(
      upTo('told').take(senior, 'openPenalty', { person: 'signer', cause: '未上举升机' }).all('caseOpened')[0]?.data
        .procedure,
    ).toBe('penalty');
    const story = drafted();
    expect(story.refused(senior, 'finish').code).toBe('step.notNow');
    expect(story.refused(senior, 'approve', { opinion: '核准' }).code).toBe('role.notYours');
    story.take(manager, 'approve', { opinion: '核准' });
    expect(story.refused(senior, 'draft', { grade: 'warning', reason: '改' }).code).toBe('step.notNow');
  });

  test('S4-30 · three copies: issuer, accountant, person; each is told, and without any one of them it does not take effect', () => {
    const story = drafted().take(manager, 'approve', { opinion: '核准' });
    expect(story.told('penaltyCopy')).toEqual(['周高评', '冯会计', '李签字']);
    expect(story.refused(senior, 'finish').code).toBe('copies.issuer');
    story.take(senior, 'keepCopy', { kept: true });
    expect(story.refused(senior, 'finish').code).toBe('copies.accountant');
    story.take(actor('accountant'), 'accountantReceives', { received: true });
    expect(story.refused(senior, 'finish').code).toBe('copies.person');
    story.sign(actor('signer'), 'notice', 'personSigns', '李签字').take(senior, 'finish');
    expect(story.case.state).toBe('effective');
  });

  test('S4-31 · a warning: 399 yuan are refused, 400 pass', () => {
    expect(penalty(withMoney).refused(senior, 'draft', { grade: 'warning', reason: '漏检', amount: 399 }).code).toBe(
      'penalty.belowWarning',
    );
    expect(drafted(withMoney, { amount: 400 }).case.state).toBe('awaitingApproval');
  });

  test('S4-32 · a minor demerit: less than 800 yuan for each base unit is refused, whatever the number of units', () => {
    const two = { grade: 'minorDemerit', reason: '漏检', bases: 2 };
    expect(penalty(withMoney).refused(senior, 'draft', { ...two, amountPerBase: 799 }).code).toBe(
      'penalty.belowDemerit',
    );
    expect(
      penalty(withMoney).refused(senior, 'draft', { grade: 'minorDemerit', reason: '漏检', amountPerBase: 800 }).field,
    ).toBe('bases');
    expect(penalty(withMoney).take(senior, 'draft', { ...two, amountPerBase: 800 }).case.state).toBe(
      'awaitingApproval',
    );
  });

  test('S4-33 · a major demerit takes the whole bonus of the month and no other amount', () => {
    const major = { grade: 'majorDemerit', reason: '伪造报告' };
    expect(penalty(withMoney).refused(senior, 'draft', major).field).toBe('wholeBonus');
    const story = penalty(withMoney).take(senior, 'draft', { ...major, wholeBonus: true, amount: 5000 });
    expect(story.case.entries.draft?.[0]?.values).not.toHaveProperty('amount');
  });

  test('S4-35 · with deductions off no amount is asked for or kept, and the rest goes on', () => {
    const story = drafted(pack, { amount: 399 });
    expect(story.case.entries.draft?.[0]?.values).not.toHaveProperty('amount');
    expect(story.case.state).toBe('awaitingApproval');
  });

  test('S4-34 · a suspected offence is referred, to whom and when, and the case goes on', () => {
    const story = upTo('decided');
    const facts = { facts: '收受好处', referredTo: '公安机关', referredAt: '2026-03-08T09:00:00+08:00' };
    for (const missing of ['referredTo', 'referredAt'] as const) {
      const { [missing]: _, ...rest } = facts;
      expect(story.refused(manager, 'referIllegal', rest).field).toBe(missing);
    }
    expect(story.take(manager, 'referIllegal', facts).case.state).toBe('decided');
  });
});

describe('Papers and the month (3, 8, 11)', () => {
  const rowsOf = (form: string, story: ReturnType<typeof upTo>): Map<string, string> =>
    new Map(
      renderForm(form, story.case, story.context(manager)).sections.flatMap(({ rows }) =>
        rows.map(({ label, value }) => [label.zh, value]),
      ),
    );

  test('S4-06 · the handling sheet says it all, from what the customer wants to the manager’s instruction', () => {
    const rows = rowsOf('sheet', upTo('instructed'));
    expect(rows.get('编号')).toBe('KS-2026-001');
    const eleven = [
      '客户',
      '投诉内容',
      '投诉要求',
      '投诉理由',
      '受理人',
      '指定处理人',
      '核查情况',
      '原因分析',
      '处理对策',
    ];
    for (const label of [...eleven, '处理结果', '经理批示']) expect(rows.get(label), label).toBeTruthy();
    expect(rowsOf('sheet', upTo('told').take(owner, 'rejectResult', { reason: '差价太少' })).get('不接受理由')).toBe(
      '差价太少',
    );
  });

  test('S4-15 · a re-check without findings is not reported', () => {
    const people = { leader: '孙项目', practitioners: ['李签字'] };
    expect(upTo('analysed').refused(senior, 'recheck', people)).toMatchObject({
      code: 'field.required',
      field: 'findings',
    });
    expect(rowsOf('sheet', upTo('rechecked')).get('核查情况')).toBe('前纵梁更换属实');
  });

  test('S4-17 · a report has both its parts, or it is not submitted', () => {
    const story = upTo('resultSubmitted');
    expect(story.refused(senior, 'submitReport', { handling: '已面谈' }).field).toBe('reaction');
    expect(story.refused(senior, 'submitReport', { reaction: '扬言发到网上', handling: ' ' }).field).toBe('handling');
    story.take(senior, 'submitReport', { reaction: '扬言发到网上', handling: '已面谈' });
    expect(rowsOf('report', story).get('客户反应异常内容')).toBe('扬言发到网上');
  });

  const sheet = () =>
    at4('2026-04-01 08:30')
      .register(manager, { period: 'month' }, { matter: 'statistics', channel: 'other' })
      .take(clockwork, 'recordFigures', { figures: { closed: 1 } });
  const shares = (...amounts: number[]) => amounts.map((amount, i) => ({ what: `第 ${i + 1} 人`, amount }));
  const checked = { caseNumber: 'KS-2026-001', withWhom: '周高评', improved: 'improved' };

  test('S4-25 · shares of liability that do not come to a whole are refused; who confirmed them stays on record', () => {
    const story = sheet();
    for (const wrong of [shares(70, 20), shares(70, 40), shares(99.9)])
      expect(story.refused(manager, 'examine', { ...checked, liability: wrong })).toMatchObject({
        code: 'examine.sharesNotWhole',
        field: 'liability',
      });
    const { withWhom: _, ...alone } = checked;
    expect(story.refused(manager, 'examine', { ...alone, liability: shares(100) }).field).toBe('withWhom');
    story.take(manager, 'examine', { ...checked, liability: shares(33.3, 33.3, 33.4) });
    expect(story.case.entries.examine?.[0]).toMatchObject({
      by: { personId: 'manager' },
      values: { withWhom: '周高评' },
    });
  });

  test('S4-26 · each case has its finding; what has not improved is followed up by itself', () => {
    const { improved: _, ...open } = checked;
    expect(sheet().refused(manager, 'examine', { ...open, liability: shares(100) }).field).toBe('improved');
    const story = sheet().take(manager, 'examine', {
      ...checked,
      liability: shares(100),
      improved: 'notImproved',
      task: '每车上举升机',
      responsible: 'leader',
      dueOn: '2026-05-01',
    });
    expect(story.all('caseOpened')[0]?.data).toMatchObject({ procedure: 'improvement', relation: 'improvement' });
    expect(
      sheet()
        .take(manager, 'examine', { ...checked, liability: shares(100) })
        .all('caseOpened'),
    ).toEqual([]);
  });

  test('the three days for the report are calendar days, or working days where the company says so', () => {
    const working = { ...pack, settings: { ...pack.settings } };
    const days = working.settings.reportDays;
    if (!days) throw new Error('reportDays');
    working.settings.reportDays = { ...days, value: { workingDays: 3, until: 'endOfDay' } };
    expect(upTo('resultSubmitted').clock('report').dueAt).toBe(at('2026-03-10 00:00') - 1);
    expect(upTo('resultSubmitted', undefined, working).clock('report').dueAt).toBe(at('2026-03-12 00:00') - 1);
  });
});

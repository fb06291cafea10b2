import { describe, expect, test } from 'vitest';
import { readPackFolder } from '#app/packs.ts';
import { compilePack } from '#policy/compile.ts';
import { clockwork, organisation, owner } from '../../test/support/organisation.ts';
import { at, packFrom } from '../../test/support/story.ts';
import {
  accounted,
  actor,
  at5,
  concluded,
  cook,
  duties,
  emergency,
  foreignBody,
  group,
  head,
  leader,
  linkedEnds,
  opener,
  pack,
  rectification,
  safety,
  sealed,
  upTo,
  verified,
} from './golden.ts';

const canteen = actor('canteen');
const valuesOf = (step: string) => duties.find(([name]) => name === step)?.[1] ?? {};

describe('The groups and the letterbox (序, 1)', () => {
  test('S5-01 · a named member of the hygiene group follows up; without a group no complaint can be taken', () => {
    expect(['group', 'group-leader']).toContain(upTo('collected').case.duties.caseOfficer?.id);
    const nobody = organisation([], {}, []);
    expect(
      at5(undefined, pack, nobody).refused(owner, {
        type: 'register',
        number: 'ST-1',
        matter: 'complaint',
        channel: 'web',
        values: foreignBody,
      }).code,
    ).toBe('assign.nobody');
  });

  test('S5-02 · five acts on one line: analysed, studied, put right, accounted for, answered; none can be left out', () => {
    expect(upTo('collected').refused(group, 'study', verified).code).toBe('step.notNow');
    expect(upTo('analysed').refused(group, 'answer', { opinion: '已办', how: 'direct' }).code).toBe('step.notNow');
    const { accountability: _, ...silent } = verified;
    expect(upTo('analysed').refused(group, 'study', silent).field).toBe('accountability');
    expect(upTo('verified').refused(group, 'answer', { opinion: '已办', how: 'direct' }).code).toBe('step.notNow');
    const story = upTo('rectifying');
    expect(story.refused(group, 'confirmRectified', { remark: '已改' }).code).toBe('rectification.stillOpen');
    story.take(group, 'urge', { words: '三天内改完' });
    expect(story.told('urged')).toEqual(['谢经理']);
  });

  const box = (start = '2026-03-07 08:00', using = pack) =>
    at5(start, using).register(clockwork, { remark: '每日开箱' }, { matter: 'letterbox', channel: 'schedule' });

  test('S5-04 · the named opener writes down how many there were, zero too; every letter becomes a complaint with its scan', () => {
    expect(box().case.duties.assignee?.id).toBe('opener');
    expect(box().refused(group, 'record', { count: 0 }).code).toBe('role.notYours');
    expect(box().refused(opener, 'record').field).toBe('count');
    expect(box().take(opener, 'record', { count: 0 }).case).toMatchObject({ state: 'recorded', outcome: '0' });
    expect(box().refused(opener, 'record', { count: 2, letters: ['异物'] }).code).toBe('letterbox.lettersMissing');
    const two = box().take(opener, 'record', { count: 2, letters: ['异物', '变质'], scans: ['s1'] });
    expect(two.all('caseOpened').map((event) => event.data.values.content)).toEqual(['异物', '变质']);
    expect(two.all('caseOpened')[0]?.data.values.letter).toEqual(['s1']);
  });

  test('S5-05 · it falls due every day, Saturdays too, at midnight; then the group hears of it', () => {
    expect(pack.schedules.dailyLetterbox).toMatchObject({ opens: 'letterbox', every: { days: 1 } });
    const saturday = box();
    expect(saturday.clock('today').dueAt).toBe(at('2026-03-08 00:00') - 1);
    saturday.until(at('2026-03-08 00:00') + 1000);
    expect(saturday.told('clock.limit', '1')).toEqual(['戚老师', '柳老师', '白组长']);
  });

  test('S5-05 · a day of the holidays is let off only where that was switched on', async () => {
    expect(box().refused(opener, 'record', { holiday: '寒假' }).field).toBe('count');
    const holidays = await packFrom('s5', (source) => ({
      ...source,
      text: source.text.replace('value: everyDay', 'value: notInHolidays'),
    }));
    expect(box(undefined, holidays).take(opener, 'record', { holiday: '寒假' }).case.state).toBe('exempt');
  });
});

describe('Rules, sanctions, rectification (2–5)', () => {
  test('S5-06 · what is verified names the rule and the clause that was broken', () => {
    for (const missing of ['law', 'violatedClause'] as const) {
      const { [missing]: _, ...rest } = verified;
      expect(upTo('analysed').refused(group, 'study', rest).field).toBe(missing);
    }
  });

  test('S5-06 · a rule marked as replaced can no longer be cited', async () => {
    const later = await packFrom('s5', (source) => ({
      ...source,
      text: source.text.replace('value: unverified', 'value: replaced'),
    }));
    const cited = { ...verified, law: 'canteenRules' };
    expect(upTo('analysed', undefined, later).refused(group, 'study', cited).code).toBe('study.ruleReplaced');
    expect(upTo('analysed').take(group, 'study', cited).case.state).toBe('verified');
  });

  test('S5-07 · verified: at least one of criticism and instruction; not verified: nobody is sanctioned', () => {
    const { criticism: _c, education: _e, ...nothing } = accounted;
    expect(upTo('verified').refused(group, 'holdToAccount', nothing).code).toBe('account.withoutMeasure');
    expect(upTo('analysed').refused(group, 'study', { ...verified, accountability: 'notNeeded' }).code).toBe(
      'study.verifiedWithoutAccount',
    );
    const not = { finding: 'notVerified', facts: '未见异物', accountability: 'needed' };
    expect(upTo('analysed').refused(group, 'study', not).code).toBe('study.accountWithoutProof');
    const story = upTo('analysed').take(group, 'study', { ...not, accountability: 'notNeeded' });
    expect(story.refused(group, 'holdToAccount', accounted).code).toBe('step.notNow');
  });

  test('S5-08 · without the signed written statement of the person responsible the rectification is not done', () => {
    const story = rectification();
    expect(story.refused(cook, 'carryOut', { done: '已改' }).code).toBe('rectify.withoutStatement');
    story.take(cook, 'writeStatement', { statement: '改用尼龙刷' });
    expect(story.refused(cook, 'carryOut', { done: '已改' }).code).toBe('rectify.withoutStatement');
    expect(story.refused(group, 'writeStatement', { statement: '代写' }).code).toBe('role.notYours');
    story.sign(cook, 'statement', 'signStatement', '邹师傅').take(cook, 'carryOut', { done: '已改' });
    expect(story.case.state).toBe('verifying');
  });

  test.each(['workError', 'schoolRule'])(
    'S5-09 · the sanction names the grade of the work error and the clause: %s',
    (missing) => {
      const { [missing]: _, ...rest } = accounted;
      expect(upTo('verified').refused(group, 'holdToAccount', rest).field).toBe(missing);
    },
  );

  test('S5-10 · overdue or serious: no further employment is proposed, the school decides, then the account is closed', () => {
    const story = rectification();
    expect(story.refused(group, 'proposeDismissal', { reason: '未改' }).code).toBe('dismissal.noGround');
    story.until('2026-03-11 00:01').take(group, 'proposeDismissal', { reason: '未按期整改' });
    const opened = story.all('caseOpened')[0]?.data;
    expect(opened).toMatchObject({ procedure: 'dismissal', values: { about: 'cook' } });
    const end = at5().register(clockwork, { ...opened?.values }, { matter: 'dismissal', channel: 'linked' });
    expect(end.refused(leader, 'approve', { decision: '同意' }).code).toBe('role.notYours');
    end.take(actor('principal'), 'approve', { decision: '同意' });
    expect(end.told('closeAccount')).toEqual(['云老师']);
    expect(end.take(actor('it'), 'accountClosed', { closed: true }).case.state).toBe('ended');
    const serious = rectification({ severity: 'serious' }).take(group, 'proposeDismissal', { reason: '严重失误' });
    expect(serious.all('caseOpened')).toHaveLength(1);
  });

  test('S5-10 · put right too late, the proposal is opened of itself when the work is verified', () => {
    const late = rectification().until('2026-03-11 09:00').take(cook, 'writeStatement', { statement: '改' });
    late
      .sign(cook, 'statement', 'signStatement', '邹师傅')
      .take(cook, 'carryOut', { done: '已改' })
      .take(group, 'verify', { opinion: '已改但超期' });
    expect(late.all('caseOpened').map((event) => event.data.procedure)).toEqual(['dismissal']);
  });

  test('S5-11 · nothing is ordered without a day; after that day it is overdue and the heads are told', () => {
    const { dueOn: _, ...open } = accounted;
    expect(upTo('verified').refused(group, 'holdToAccount', open).field).toBe('dueOn');
    const story = rectification();
    expect(story.clock('rectifying').dueAt).toBe(at('2026-03-11 00:00') - 1);
    story.until(at('2026-03-11 00:00') + 1000);
    expect(story.told('clock.limit', '3')).toEqual(['邹师傅', '谢经理', '白组长']);
  });

  test('S5-12 · a verified complaint calls the meeting with the canteen manager; its minutes may order rectification', () => {
    const opened = upTo('verified').all('caseOpened')[0]?.data;
    expect(opened?.procedure).toBe('meeting');
    expect(
      upTo('collected').take(group, 'callMeeting', { subject: '集中反映' }).all('caseOpened')[0]?.data.procedure,
    ).toBe('meeting');
    const story = at5().register(group, { ...opened?.values }, { matter: 'meeting', channel: 'linked' });
    expect(story.told('meeting')).toContain('谢经理');
    const minutes = { heldAt: '2026-03-02T08:00:00+08:00', present: ['柳老师', '谢经理'], analysis: '加强器具管理' };
    expect(story.refused(group, 'minutes', minutes).field).toBe('canteenPresent');
    expect(story.refused(group, 'orderRectification', { what: '换刷', responsible: 'cook' }).field).toBe('dueOn');
    story
      .take(group, 'orderRectification', { what: '换刷', responsible: 'cook', dueOn: '2026-03-10' })
      .take(group, 'minutes', { ...minutes, canteenPresent: true });
    expect(story.case.state).toBe('held');
    expect(story.all('caseOpened')[0]?.data.procedure).toBe('rectification');
  });

  test('S5-14 · not satisfied, a new round begins, as often as it takes; only from the third round may an end be asked for, with reasons, consent and approval', () => {
    const story = upTo('askingOpinion');
    expect(story.told('answered')).toEqual(['owner']);
    const again = () =>
      story
        .take(owner, 'dissatisfied', { reason: '还有异物' })
        .take(group, 'analyse', { analysis: '再分析' })
        .take(group, 'study', { finding: 'notVerified', facts: '未见', accountability: 'notNeeded' })
        .take(group, 'answer', { opinion: '再次答复', how: 'direct' });
    const officer = actor(story.case.duties.caseOfficer?.id ?? '');
    again();
    expect(story.case.round).toBe(2);
    expect(story.refused(officer, 'askTermination', { reason: '无法满意' }).code).toBe('termination.tooEarly');
    again();
    story.take(officer, 'askTermination', { reason: '无法满意' });
    expect(story.refused(group, 'terminate', { reason: '终止', consent: ['c'] }).code).toBe('role.notYours');
    expect(story.refused(leader, 'terminate', { reason: '终止' }).field).toBe('consent');
    expect(story.refused(leader, 'terminate', { consent: ['c'] }).field).toBe('reason');
    expect(story.take(leader, 'terminate', { reason: '终止', consent: ['c'] }).case.state).toBe('terminated');
  });
});

describe('Suspected food poisoning (6)', () => {
  test.each([{ suspectedPoisoning: true }, { category: 'poisoning' }])(
    'S5-15 · %o: everybody of the leading group is told, and ordinary work waits until a person has confirmed or ruled it out',
    (sign) => {
      const story = at5().register(owner, { ...foreignBody, ...sign }, { channel: 'web' });
      expect(story.told('suspicion')).toEqual(expect.arrayContaining(['黄主任', '马副校长']));
      expect(story.refused(group, 'analyse', { analysis: '分析' }).code).toBe('analyse.suspicionOpen');
      story.take(group, 'startEmergency', { symptoms: '呕吐 8 人' });
      expect(story.case.state).toBe('emergency');
      expect(story.clock('analysis').status).toBe('paused');
      expect(story.told('emergency')).toEqual(expect.arrayContaining(['黄主任', '马副校长']));
      expect(story.all('caseOpened')[0]?.data.procedure).toBe('poisoning');
      expect(story.refused(group, 'backToOrdinary', { remark: '结束' }).code).toBe('emergency.stillOpen');
      linkedEnds(story, 'poisoning').take(group, 'backToOrdinary', { remark: '结束' });
      expect(story.clock('analysis').status).toBe('running');
    },
  );

  test('S5-15 · the protocol belongs to the leading group: the canteen closes nothing', () => {
    expect(emergency().told('emergency')).toContain('马副校长');
    expect(emergency().refused(canteen, 'stopSupply', valuesOf('stopSupply')).code).toBe('role.notYours');
    expect(concluded().refused(safety, 'close', { conclusion: '关闭' }).code).toBe('role.notYours');
    expect(pack.taxonomies.hygiene?.terms.find((term) => term.id === 'poisoning')?.words).toEqual(
      expect.arrayContaining(['呕吐', '腹泻', '中毒']),
    );
  });

  test.each([
    ['S5-16', 'stopSupply', 'missing.stop'],
    ['S5-17', 'reportHealth', 'missing.health'],
    ['S5-17', 'reportEducation', 'missing.education'],
    ['S5-17', 'reportPolice', 'missing.police'],
    ['S5-26', 'reportMarket', 'missing.market'],
    ['S5-18', 'sendPatient', 'missing.hospital'],
    ['S5-19', 'assist', 'missing.assistance'],
    ['S5-20', 'takeStock', 'missing.stock'],
    ['S5-21', 'provide', 'missing.cooperation'],
    ['S5-22', 'orderMeasures', 'missing.measures'],
    ['S5-23', 'settleAftermath', 'missing.aftermath'],
    ['S5-24', 'summarise', 'missing.lessons'],
  ])('%s · without %s the emergency cannot be closed', (_rule, step, code) => {
    const left = step === 'stopSupply' ? [step, 'resumeSupply'] : [step];
    expect(concluded(left).refused(head, 'close', { conclusion: '关闭' }).code).toBe(code);
  });

  test.each(
    Object.entries({
      'S5-16': 'stopSupply',
      'S5-17': 'reportHealth',
      'S5-18': 'sendPatient',
      'S5-19': 'assist',
      'S5-20': 'sealItem',
      'S5-21': 'provide',
      'S5-23': 'settleAftermath',
      'S5-24': 'summarise',
    }).flatMap(([rule, step]) => Object.keys(valuesOf(step)).map((field) => [rule, step, field] as const)),
  )('%s · %s needs %s', (_rule, step, field) => {
    const { [field]: _, ...rest } = valuesOf(step);
    expect(emergency().refused(safety, step, rest)).toMatchObject({ code: 'field.required', field });
  });

  test('S5-16 · supply resumes only by the head of the leading group, after the stop was recorded', () => {
    expect(emergency().refused(head, 'resumeSupply', valuesOf('resumeSupply')).code).toBe('supply.notStopped');
    const story = emergency().take(safety, 'stopSupply', valuesOf('stopSupply'));
    expect(story.refused(safety, 'resumeSupply', valuesOf('resumeSupply')).code).toBe('role.notYours');
    expect(concluded(['resumeSupply']).refused(head, 'close', { conclusion: '关闭' }).code).toBe('missing.supply');
  });

  test('S5-17 · an authority not told within the hour is alarmed about again and again until it is told', () => {
    const story = emergency().until('2026-03-02 15:05');
    const police = story.all('clockBreached').filter((event) => event.data.clock === 'reportPolice');
    expect(police[0]?.at).toBe(at('2026-03-02 13:30') + 1000);
    expect(story.told('clock.limit', '6.①')).toContain('马副校长');
    const alarms = story.all('noticeIssued').filter((event) => event.at > at('2026-03-02 14:40')).length;
    expect(alarms).toBeGreaterThan(0);
    story.take(safety, 'reportPolice', valuesOf('reportPolice'));
    expect(story.clock('reportPolice').status).toBe('late');
    expect(story.clock('reportHealth').status).toBe('running');
  });

  test('S5-18 · one line for each patient; names and symptoms are kept apart and only the leading group reads the case', () => {
    const story = emergency()
      .take(safety, 'sendPatient', valuesOf('sendPatient'))
      .take(safety, 'sendPatient', { ...valuesOf('sendPatient'), patient: '学生乙' });
    expect(story.case.entries.sendPatient).toHaveLength(2);
    const [first] = story.all('stepTaken').filter((event) => event.data.step === 'sendPatient');
    expect(first?.data.values).not.toHaveProperty('patient');
    expect(first?.data.values).not.toHaveProperty('symptoms');
    expect(pack.procedures.poisoning?.readers).toEqual(['leaders']);
  });

  test.each(['food', 'ingredients', 'tools', 'equipment', 'scene'])('S5-20 · %s: there or not must be said', (kind) => {
    const { [kind]: _, ...rest } = valuesOf('takeStock');
    expect(emergency().refused(safety, 'takeStock', rest).field).toBe(kind);
  });

  test('S5-20 · what is there is sealed; each item has its keeper, changes hands on record, is signed for, and only then disposed of', () => {
    expect(concluded(['sealItem']).refused(head, 'close', { conclusion: '关闭' }).code).toBe('unsealed.food');
    const item = sealed();
    expect(item.refused(safety, 'changeKeeper', { keeper: 'head' }).field).toBe('reason');
    item.take(safety, 'changeKeeper', { keeper: 'head', reason: '交接，封条完好' });
    expect(item.case.duties.assignee?.id).toBe('head');
    expect(item.refused(head, 'dispose', { disposal: '销毁' }).code).toBe('step.notNow');
    expect(item.refused(head, 'handOver', { receivedBy: '李某' }).field).toBe('signature');
    item.take(head, 'handOver', { receivedBy: '李某', signature: item.signature('transfer', '李某') });
    expect(item.take(head, 'dispose', { disposal: '留置' }).case.state).toBe('disposed');
  });

  test('S5-22 · each thing the health authority requires becomes a task with a day and a proof, and the emergency waits for it', () => {
    const asked = { required: 'some', tasks: ['消毒', '体检'], responsible: 'canteen', dueOn: '2026-03-05' };
    const order = duties.map(
      ([step, values]) => [step, step === 'orderMeasures' ? asked : values] as [string, typeof values],
    );
    const story = concluded([], order);
    expect(story.all('caseOpened').filter((event) => event.data.relation === 'measure')).toHaveLength(2);
    expect(story.refused(head, 'close', { conclusion: '关闭' }).code).toBe('measures.stillOpen');
    const task = at5().register(
      clockwork,
      { task: '消毒', dueOn: '2026-03-05', responsible: 'canteen' },
      { matter: 'measure', channel: 'linked' },
    );
    expect(task.refused(canteen, 'carryOut', { done: '已消毒' }).field).toBe('proof');
    expect(task.clock('measure').dueAt).toBe(at('2026-03-06 00:00') - 1);
  });

  test('S5-24 · what is to be put right becomes tasks that are verified', () => {
    const opened = concluded()
      .all('caseOpened')
      .find((event) => event.data.relation === 'prevention')?.data;
    expect(opened?.values).toMatchObject({ task: '停供凉菜', responsible: 'canteen' });
    const task = at5().register(clockwork, { ...opened?.values }, { matter: 'measure', channel: 'linked' });
    task.take(canteen, 'carryOut', { done: '已停供', proof: ['p'] });
    expect(task.refused(canteen, 'verify', { opinion: '好' }).code).toBe('role.notYours');
    expect(task.take(safety, 'verify', { opinion: '属实' }).case.state).toBe('done');
  });

  test('S5-25 · the duties may be done in any order', () => {
    const backwards = [...duties]
      .reverse()
      .sort((a, b) => Number(a[0] === 'resumeSupply') - Number(b[0] === 'resumeSupply'));
    expect(concluded([], backwards).take(head, 'close', { conclusion: '关闭' }).case.state).toBe('closed');
  });

  test.each(duties.map(([step]) => step).filter((step) => step !== 'resumeSupply'))(
    'S5-25 · a pack from which %s was taken out is no pack any more',
    async (step) => {
      const sources = await readPackFolder(new URL('.', import.meta.url).pathname);
      const cut = sources.map((source) => ({
        ...source,
        text: source.path.endsWith('poisoning.yaml')
          ? source.text.replace(`\n  ${step}:\n`, `\n  ${step}Gone:\n`)
          : source.text,
      }));
      expect(compilePack(sources).ok).toBe(true);
      expect(compilePack(cut).ok).toBe(false);
    },
  );
});

import { describe, expect, test } from 'vitest';
import type { TakeCommand } from '#case/context.ts';
import { holds } from '#case/guard.ts';
import { owner } from '../../test/support/organisation.ts';
import { at, packFrom, Story } from '../../test/support/story.ts';
import { actor, company } from './company.ts';
import {
  analysis,
  analyst,
  begin,
  dispatcher,
  done,
  lift,
  liftUpTo,
  manager,
  officer,
  pack,
  response,
  technician,
} from './golden.ts';

const order = (values: object, channel = 'hotline') => ({
  type: 'register' as const,
  number: 'TS260305-0009',
  matter: 'complaint',
  channel,
  values: { ...values } as TakeCommand['values'],
});

describe('Major complaints (clause 一.3)', () => {
  test('S9-06 · marked major at intake: 24 hours by the clock until a response in substance, weekend or not', () => {
    const story = begin('2026-03-07 10:00').register(officer, { ...lift, urgency: 'major' }, { channel: 'hotline' });
    expect(story.clock('majorResponse')).toMatchObject({ dueAt: at('2026-03-08 10:00'), status: 'running' });
    story.take(officer, 'assign', { lift: 'lift' }).until('2026-03-08 10:00');
    expect(story.refused(technician, 'respond', { response: '收到' }).field).toBe('response');
    expect(story.clock('majorResponse').status).toBe('running');
    story.take(technician, 'respond', response);
    expect(story.clock('majorResponse').status).toBe('kept');
    expect(story.told('responded')).toEqual(['owner']);
  });

  test('S9-06 · one second late it is a breach and goes up to the company; marked major later, it counts from there', () => {
    const story = begin().register(officer, lift, { channel: 'hotline' });
    expect(story.case.clocks.some((run) => run.clock === 'majorResponse')).toBe(false);
    story
      .take(officer, 'assign', { lift: 'lift' })
      .until('2026-03-05 12:00')
      .take(officer, 'classify', { urgency: 'major' });
    story.until(at('2026-03-06 12:00') + 1000);
    expect(story.clock('majorResponse').breachedAt).toBe(at('2026-03-06 12:00') + 1000);
    expect(story.told('clock.limit', '一.3')).toEqual(['姚电梯', '曹经理', '严总监']);
    story.take(technician, 'respond', response);
    expect(story.clock('majorResponse').status).toBe('late');
  });
});

describe('Settling type and urgency (clause 二.2)', () => {
  test('with nothing entered, or only what the case says already, it is not settled again; nobody is told anew', () => {
    const story = begin().register(officer, { ...lift, urgency: 'major' }, { channel: 'hotline' });
    const told = story.told('majorCase').length;
    const empty = story.refused(officer, 'classify', {});
    expect(empty).toMatchObject({ code: 'step.changesNothing', field: 'category', clause: '二.2' });
    expect(empty.message.zh).toContain('请至少改动一项：类型、');
    story.take(officer, 'classify', { category: 'facility/water', urgency: 'usual' });
    expect(story.refused(officer, 'classify', { category: 'facility/water' }).code).toBe('step.changesNothing');
    expect(story.told('majorCase')).toHaveLength(told);
    expect(story.case.entries.classify).toHaveLength(1);
  });
});

describe('Targets (clause 二.1)', () => {
  test('S9-11 · 12 hours are striven for, beside the hard limit and never in its place', () => {
    const story = liftUpTo('handling');
    expect(story.clock('handling')).toMatchObject({
      targetAt: at('2026-03-05 22:00'),
      dueAt: at('2026-03-16 00:00') - 1,
    });
    expect(pack.settings.targetOnly).toMatchObject({ value: true, options: [true] });
    story.until('2026-03-16 00:01');
    expect(story.clock('handling').breachedAt).toBe(at('2026-03-16 00:00'));
  });

  test('S9-11 · settled within 12 hours nothing is said', () => {
    expect(liftUpTo('officerConfirmed').until('2026-03-06 12:00').all('clockTargetMissed')).toEqual([]);
  });
});

describe('Six modules (clause 二.2)', () => {
  test('S9-15 · none of the modules can be skipped: not the analysis, nor the decisions on library and improvement', () => {
    for (const stage of ['accepted', 'handling', 'officerConfirmed', 'ownerConfirmed', 'confirmed'])
      expect(liftUpTo(stage).refused(officer, 'close').code).toBe('step.notNow');
    const story = liftUpTo('confirmed');
    for (const field of ['cause', 'pattern', 'library', 'improvement'] as const)
      expect(story.refused(analyst, 'analyse', { ...analysis, [field]: '' }).field).toBe(field);
    const { goal: _g, measure: _m, responsible: _r, dueOn: _d, ...rest } = analysis;
    expect(story.refused(analyst, 'analyse', { ...rest, improvement: 'no' }).field).toBe('noImprovement');
    story.take(analyst, 'analyse', analysis);
    expect(story.all('caseOpened').map((event) => event.data.procedure)).toEqual(['precedent', 'improvement']);
  });

  test.each(['hotline', 'app', 'wechat', 'onsite'])(
    'S9-16 · by %s it enters the same queue with the same fields',
    (channel) => {
      const who = channel === 'app' || channel === 'wechat' ? owner : actor('agent');
      const story = begin().register(who, lift, { channel });
      expect(story.case).toMatchObject({ state: 'accepted', channel, procedure: 'complaint' });
      expect(story.case.duties.caseOfficer?.name).toBe('胡专员');
      for (const field of ['content', 'occurredAt', 'place', 'contactName', 'contactPhone'])
        expect(begin().refused(who, order({ ...lift, [field]: '' }, channel)).field).toBe(field);
    },
  );

  test('S9-16 · the number of the hotline is a setting', () => {
    expect(pack.settings.hotline?.value).toBe('95366');
    expect(begin().refused(officer, order(lift, 'pigeon')).code).toBe('register.unknownChannel');
  });

  test.each([
    ['facility/lift', 'lift', 'engineering'],
    ['facility/water', 'water', 'engineering'],
    ['facility/electricity', 'electric', 'engineering'],
    ['order', 'order', 'security'],
    ['environment', 'environment', 'environment'],
    ['service', 'service', 'service'],
    ['other', 'unmatched', 'service'],
  ])('S9-18 · %s asks for the skill %s and the unit %s, with the reason on record', (category, skill, unit) => {
    const story = begin().register(officer, { ...lift, category }, { channel: 'hotline' });
    expect(story.case.values.skill).toBe(skill);
    expect(story.all('tableDecided')[0]?.data).toMatchObject({
      table: 'skill',
      because: { zh: expect.stringMatching(/技能/) },
    });
    const scope = { state: story.case, values: {}, pack };
    expect(pack.routing.rows.find((row) => row.when && holds(row.when, scope))?.unit).toBe(unit);
  });

  test('S9-18 · only those who have the skill are recommended; anybody else needs the dispatcher and a reason', () => {
    const story = liftUpTo('accepted');
    expect(story.refused(officer, 'assign', { lift: 'water' }).code).toBe('assign.notHolder');
    expect(story.refused(officer, 'assign', {}).field).toBe('lift');
    expect(story.refused(officer, 'assignOtherwise', { assignee: 'water', reason: '近' }).code).toBe('role.notYours');
    expect(story.refused(dispatcher, 'assignOtherwise', { assignee: 'water' }).field).toBe('reason');
    story.take(dispatcher, 'assignOtherwise', { assignee: 'water', reason: '姚电梯休假' });
    expect(story.all('dutyAssigned').at(-1)?.data).toMatchObject({ person: { id: 'water' }, reason: '姚电梯休假' });
  });

  test('S9-18 · urgency counts too: a major lift complaint comes first, and a corrected type asks for another skill', () => {
    const major = begin().register(officer, { ...lift, urgency: 'major' }, { channel: 'hotline' });
    expect(major.case.values).toMatchObject({ skill: 'lift', priority: 'first' });
    const story = liftUpTo('accepted');
    expect(story.case.values.priority).toBe('usual');
    story.take(officer, 'classify', { category: 'facility/water' });
    expect(story.case.values.skill).toBe('water');
    expect(story.take(officer, 'assign', { water: 'water' }).case.duties.assignee?.name).toBe('董水暖');
  });

  test('S9-18 · whoever is complained of is not recommended, skill or not', () => {
    const story = begin().register(officer, { ...lift, complainedOf: 'lift' }, { channel: 'hotline' });
    expect(story.refused(officer, 'assign', { lift: 'lift' }).code).toBe('assign.recused');
  });

  test('S9-20 · officer, then owner, then satisfaction: none can be left out and none comes before the other', () => {
    const story = liftUpTo('responded');
    expect(story.refused(owner, 'confirmByOwner', { done: true }).code).toBe('step.notNow');
    expect(story.refused(technician, 'confirmByOfficer', { outcome: '已修' }).field).toBe('checked');
    expect(story.refused(owner, 'confirmByOfficer', done).code).toBe('role.notYours');
    story.take(technician, 'confirmByOfficer', done);
    expect(story.refused(owner, 'rate', { rating: 'satisfied' }).code).toBe('step.notNow');
    expect(story.refused(technician, 'confirmByOwner', { done: true }).code).toBe('role.notYours');
    expect(story.refused(officer, 'confirmByOwner', { done: true }).field).toBe('how');
    story.take(owner, 'confirmByOwner', { done: true });
    expect(story.refused(analyst, 'analyse', analysis).code).toBe('step.notNow');
    story.take(owner, 'rate', { rating: 'satisfied' });
    expect(story.case.state).toBe('confirmed');
  });

  test('S9-20 · silence counts only after 7 days, apart from real confirmations, and only where it is in use', async () => {
    const story = liftUpTo('officerConfirmed').until('2026-03-12 23:59');
    expect(story.case.state).toBe('officerConfirmed');
    story.until('2026-03-13 00:00');
    expect(story.case.state).toBe('silent');
    expect(story.case.entries.confirmByOwner).toBeUndefined();
    expect(story.told('bySilence')).toEqual(['胡专员', '姚电梯']);
    const strict = await packFrom('s9', (source) => ({
      ...source,
      text: source.text.replace(/(zh: 业主逾期未确认的默认确认.*\n\s+value: )true/, '$1false'),
    }));
    const waiting = liftUpTo('officerConfirmed', undefined, strict).until('2026-03-20 00:00');
    expect(waiting.case.state).toBe('officerConfirmed');
    expect(waiting.clock('ownerConfirmation').status).toBe('running');
  });

  test('S9-20 · after silence there is a call; reached, he still rates; not reached, the record of the call closes it', () => {
    const reached = liftUpTo('officerConfirmed').until('2026-03-13 09:00');
    reached.take(officer, 'callBack', { reached: true, record: '业主电话确认已好' });
    expect(reached.case.state).toBe('ownerConfirmed');
    const silent = liftUpTo('officerConfirmed').until('2026-03-13 09:00');
    silent.take(officer, 'callBack', { reached: false, record: '三次无人接听' }).take(analyst, 'analyse', analysis);
    silent.take(officer, 'close');
    expect(silent.case).toMatchObject({ state: 'closed', entries: { confirmBySilence: [{}] } });
  });
});

describe('Other ways out (clause 一)', () => {
  test('S9-01 · in mediation the clock stands still, unless the setting says otherwise', async () => {
    const story = liftUpTo('responded').take(manager, 'mediate', { agency: '街道调解委员会', request: '噪声补偿分歧' });
    expect(story.clock('handling').status).toBe('paused');
    story.until('2026-03-10 10:20').take(officer, 'recordMediation', { agreed: true, result: '更换曳引机' });
    expect(story.case.state).toBe('handling');
    expect(story.clock('handling').dueAt).toBeGreaterThan(at('2026-03-16 00:00'));
    const running = await packFrom('s9', (source) => ({
      ...source,
      text: source.text.replace(/(zh: 第三方调解期间时钟暂停.*\n\s+value: )true/, '$1false'),
    }));
    const other = liftUpTo('responded', undefined, running);
    other.take(manager, 'mediate', { agency: '街道调解委员会', request: '噪声补偿分歧' });
    expect(other.clock('handling').status).toBe('running');
  });

  test('S9-04 · before a court the usual clocks end and the legal officer answers for it', () => {
    const story = liftUpTo('responded').take(actor('legal'), 'sue', { docket: '区法院（2026）民初 12 号' });
    expect(story.case.clocks.filter((run) => run.status === 'running').map((run) => run.clock)).toEqual(['litigation']);
    story.take(actor('legal'), 'endLitigation', { ruling: '判令 30 日内修复，已履行' });
    expect(story.case).toMatchObject({ state: 'ruled', outcome: '判令 30 日内修复，已履行' });
  });

  test('S9-03 · an escalation says why, and reaches the company', () => {
    const story = liftUpTo('responded');
    expect(story.refused(officer, 'escalate', { detail: '要上访' }).field).toBe('cause');
    story.take(officer, 'escalate', { cause: 'firstNotSettled', detail: '第三次投诉' });
    expect(story.told('escalated')).toEqual(['曹经理', '严总监']);
  });

  test('S9-29 · whoever learns a skill is recommended from then on, whoever loses it no more', () => {
    const water = company.directory.person('water');
    const holders = (post: string) => (post === 'liftSkill' && water ? [water] : company.directory.holders(post));
    const story = new Story(pack, '2026-03-05 10:00', undefined, {
      ...company,
      directory: { ...company.directory, holders },
    }).register(officer, lift, { channel: 'hotline' });
    expect(story.refused(officer, 'assign', { lift: 'lift' }).code).toBe('assign.notHolder');
    expect(story.take(officer, 'assign', { lift: 'water' }).case.duties.assignee?.id).toBe('water');
  });

  test('S9-48 · a drill is finished only when its whole list is ticked, and tells no owner', () => {
    const story = begin().register(
      actor('risk'),
      { plan: '困梯', checklist: ['通知维保', '安抚'], heldOn: '2026-03-06' },
      { matter: 'drill', channel: 'other' },
    );
    story.take(actor('risk'), 'tick', { item: '通知维保' });
    expect(story.refused(actor('risk'), 'finish', { finding: '无' }).code).toBe('drill.itemsLeft');
    story.take(actor('risk'), 'tick', { item: '安抚' }).take(actor('risk'), 'finish', { finding: '到场慢 3 分钟' });
    expect(story.all('noticeIssued').filter((event) => event.data.to.kind === 'owner')).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import type { TakeCommand } from '#case/context.ts';
import { holds } from '#case/guard.ts';
import { at, packFrom } from '../../test/support/story.ts';
import { actor } from './company.ts';
import {
  agreed,
  begin,
  clerk,
  complainant,
  director,
  engineeringHead,
  leader,
  lift,
  liftUpTo,
  notUpheld,
  officer,
  pack,
  proposal,
  recordedWith,
  serviceHead,
  summed,
  technician,
  upheld,
} from './golden.ts';

const order = (values: object) => ({
  type: 'register' as const,
  number: 'TS260305-0009',
  matter: 'complaint',
  channel: 'counter',
  values: { ...values } as TakeCommand['values'],
});
const terms = (path: string): string[] => {
  let list = pack.taxonomies.category?.terms ?? [];
  for (const part of path.split('/').filter(Boolean)) list = list.find((term) => term.id === part)?.terms ?? [];
  return list.map((term) => term.id);
};

describe('What a complaint is (clause 一)', () => {
  test('S8-01 · owners and users may complain alike, staff or online; who he is must be said', () => {
    for (const complainantType of ['owner', 'user'])
      expect(begin().register(complainant, { ...lift, complainantType }, { channel: 'web' }).case.state).toBe(
        'recorded',
      );
    const { complainantType: _left, ...rest } = lift;
    expect(begin().refused(clerk, order(rest))).toMatchObject({ code: 'field.required', field: 'complainantType' });
  });

  test('S8-02 · mere displeasure without the word complaint is registered; only after review is it taken as something else', () => {
    const story = recordedWith({ content: '食堂门口灯太暗，晚上看不清', category: 'other' });
    expect(story.case.matter).toBe('complaint');
    story.take(officer(story), 'proposeTransfer', { reason: '像是建议' });
    expect(story.case.state).toBe('transferring');
    expect(story.refused(officer(story), 'confirmTransfer', { opinion: '同意' }).code).toBe('role.notYours');
    story.take(serviceHead, 'returnTransfer', { reason: '按投诉办' });
    expect(story.case.state).toBe('recorded');
  });

  test.each(['authority', 'referenceNo', 'replyBy'])(
    'S8-03 · passed on by an authority without %s: refused',
    (field) => {
      const full = { ...lift, origin: 'authority', authority: '市局', referenceNo: '12 号', replyBy: '2026-03-12' };
      expect(begin().refused(clerk, order({ ...full, [field]: '' }))).toMatchObject({ code: 'field.required', field });
      expect(begin().register(clerk, full).all('caseOpened')).toHaveLength(1);
      expect(begin().register(clerk, lift).all('caseOpened')).toEqual([]);
    },
  );

  test('S8-03 · what came by way of an authority cannot be written down as brought by the complainant: its papers, number and limit are asked for', () => {
    const direct = { ...lift, origin: 'direct' };
    const by = (values: object) => ({ ...order(values), channel: 'authority' });
    expect(begin().refused(clerk, by(direct))).toMatchObject({ code: 'field.required', field: 'authority' });
    const named = { ...direct, authority: '市局', referenceNo: '12 号', replyBy: '2026-03-12' };
    expect(begin().refused(clerk, by(named))).toMatchObject({ code: 'register.scanMissing', field: 'photos' });
    const story = begin().register(clerk, { ...named, photos: ['scan-1'] }, { channel: 'authority' });
    expect(story.all('caseOpened')[0]?.data).toMatchObject({
      procedure: 'authorityReply',
      values: { referenceNo: '12 号' },
    });
  });

  test.each([
    ['S8-04', 'building', ['seepage', 'wallCracks', 'pipes', 'drains']],
    ['S8-05', 'ancillary', ['utilities', 'antiTheft', 'refuseRoom', 'parking']],
    ['S8-06', 'equipment', ['lift', 'accessControl']],
    ['S8-07', 'service', ['attitude', 'timeliness', 'quality', 'scope']],
    ['S8-10', 'service/quality', ['safety', 'hygiene', 'greening', 'repeatRepairs']],
    ['S8-12', 'fees', ['serviceFee', 'sharing']],
    ['S8-13', 'incident', ['outage', 'entrapment', 'theft', 'flood', 'fire', 'vehicleLoss', 'damage']],
  ])('the tree of causes has what %s names, and may be lengthened', (_rule, path, ids) => {
    expect(terms(path)).toEqual(ids);
    expect(pack.taxonomies.category?.open).toBe(true);
  });

  test('S8-04 S8-05 S8-06 S8-07 S8-10 S8-12 · each cause of the text can be chosen, one it does not know cannot', () => {
    const causes = [
      ['building', ['seepage', 'wallCracks', 'pipes', 'drains']],
      ['ancillary', ['utilities', 'antiTheft', 'refuseRoom', 'parking']],
      ['equipment', ['lift', 'accessControl']],
      ['service', ['attitude', 'timeliness', 'quality', 'scope']],
      ['service/quality', ['safety', 'hygiene', 'greening', 'repeatRepairs']],
      ['fees', ['serviceFee', 'sharing']],
    ] as const;
    for (const [parent, ids] of causes)
      for (const id of ids)
        expect(begin().register(clerk, { ...lift, category: `${parent}/${id}` }).case.values.category).toBe(
          `${parent}/${id}`,
        );
    expect(begin().refused(clerk, order({ ...lift, category: 'building/colour' })).code).toBe('field.unknownCategory');
  });

  test('S8-06 · with equipment one says which piece; with anything else the field is not there', () => {
    expect(begin().register(clerk, lift).case.values.device).toBe('3-1 号电梯');
    expect(begin().register(clerk, { ...lift, category: 'fees' }).case.values).not.toHaveProperty('device');
  });

  test('S8-08 · whoever is complained of can be named and takes no part', () => {
    expect(terms('service/attitude')).toEqual(['manners', 'speech', 'bearing']);
    const story = recordedWith({ category: 'service/attitude/speech', complainedOf: 'lift' });
    story.take(officer(story), 'judge', upheld);
    expect(story.refused(officer(story), 'assign', { unit: 'engineering', assignee: 'lift' }).code).toBe(
      'assign.recused',
    );
    story.take(officer(story), 'assign', { unit: 'engineering', assignee: 'engineer' });
    expect(story.refused(technician, 'analyse', { cause: 'service', analysis: '无' }).code).toBe('role.recused');
    const own = begin().register(serviceHead, { ...lift, complainedOf: 'clerk' });
    expect(own.case.duties.caseOfficer?.id).toBe('clerk2');
  });

  test('S8-11 · too narrow a range of services becomes a suggestion, which is answered and may enter the improvements', () => {
    const story = recordedWith({ category: 'service/scope', content: '没有洗衣服务' });
    story
      .take(officer(story), 'proposeTransfer', { reason: '增加项目' })
      .take(serviceHead, 'confirmTransfer', { opinion: '可研究' });
    expect(story.told('transferred')).toEqual(['owner']);
    const [opened] = story.all('caseOpened');
    expect(opened?.data).toMatchObject({ procedure: 'suggestion', values: { content: '没有洗衣服务' } });
    const suggestion = begin().register(clerk, { ...opened?.data.values }, { matter: 'suggestion' });
    suggestion.take(officer(suggestion), 'answer', {
      answer: '下学期开设',
      adopted: true,
      measure: '开设洗衣房',
      responsible: 'service-head',
      dueOn: '2026-09-01',
    });
    expect(suggestion.all('caseOpened')[0]?.data).toMatchObject({ procedure: 'improvement', relation: 'improvement' });
  });

  test('S8-12 · on fees, bills can be attached and neither proposal nor answer goes without the grounds for the charge', () => {
    const story = recordedWith({ category: 'fees/sharing', bills: ['bill-1'] });
    expect(story.case.values.bills).toEqual(['bill-1']);
    story
      .take(officer(story), 'judge', upheld)
      .take(officer(story), 'assign', { unit: 'finance', assignee: 'accountant' })
      .take(actor('accountant'), 'analyse', { cause: 'fees/sharing', analysis: '分摊系数有误' });
    expect(story.refused(actor('accountant'), 'propose', proposal)).toMatchObject({ field: 'chargingBasis' });
    story
      .take(actor('accountant'), 'propose', { ...proposal, chargingBasis: ['rule-1'] })
      .take(leader, 'instruct', agreed);
    for (const measure of ['更换门机', '维保单位驻场一周']) story.take(actor('accountant'), 'doMeasure', { measure });
    story.take(actor('accountant'), 'implement', { outcome: '已退费' });
    expect(story.refused(officer(story), 'tellResult', { result: '已退费', how: 'phone' })).toMatchObject({
      field: 'chargingBasis',
    });
  });

  test.each(['outage', 'entrapment', 'fire', 'flood'])('S8-13 · %s starts the emergency at once', (kind) => {
    const story = begin().register(clerk, { ...lift, category: `incident/${kind}` });
    const [opened] = story.all('caseOpened');
    expect(opened?.data).toMatchObject({ procedure: 'emergency', values: { category: `incident/${kind}` } });
    expect(story.told('emergencyStarted')).toEqual(['罗主任', '康处长', '方主任']);
    expect(terms('incident')).toContain(kind);
  });

  test.each(['theft', 'vehicleLoss', 'damage'])('S8-13 · %s is an emergency by kind but goes the usual way', (kind) => {
    expect(
      begin()
        .register(clerk, { ...lift, category: `incident/${kind}` })
        .all('caseOpened'),
    ).toEqual([]);
  });

  test('S8-13 · recognised only at the judgement, it starts there, and only once', () => {
    const story = recordedWith({ category: 'equipment/lift' });
    story.take(officer(story), 'judge', { ...upheld, category: 'incident/entrapment' });
    expect(story.all('caseOpened')).toHaveLength(1);
    const known = recordedWith({ category: 'incident/fire' });
    known.take(officer(known), 'judge', upheld);
    expect(known.all('caseOpened')).toHaveLength(1);
  });

  test('S8-13 · four duties run side by side, each with its clock; without all four it is not under control', () => {
    const story = begin().register(
      clerk,
      { content: '电梯困人', place: { premisesId: null, text: '三号楼' }, category: 'incident/entrapment' },
      { matter: 'emergency' },
    );
    const running = story.case.clocks.filter((run) => run.status === 'running').map((run) => run.clock);
    expect(running).toEqual(['alarm', 'arrival', 'warning', 'report', 'control']);
    const duties = [
      ['alarm', { called: ['119', '维保单位'] }],
      ['arrive', { situation: '两人被困' }],
      ['warn', { warned: '已安抚被困人员' }],
      ['report', { report: '已报方主任' }],
    ] as const;
    const head = actor(story.case.duties.assignee?.id ?? '');
    for (const [step, values] of duties) {
      expect(story.refused(head, 'control', { how: '已救出' }).code).toBe('control.dutiesLeft');
      story.take(head, step, values as TakeCommand['values']);
    }
    story.take(head, 'control', { how: '已救出' }).take(head, 'finish', { lesson: '门机老化' });
    expect(story.case).toMatchObject({ state: 'finished', outcome: '已救出' });
  });
});

describe('Well-founded or not (clause 二.二)', () => {
  test('S8-27 · not upheld needs grounds, another person’s review and an explanation; the complainant may appeal once', () => {
    const story = recordedWith({});
    expect(story.refused(officer(story), 'judge', { ...notUpheld, grounds: '' })).toMatchObject({ field: 'grounds' });
    const { basisType: _left, ...without } = notUpheld;
    expect(story.refused(officer(story), 'judge', without)).toMatchObject({ field: 'basisType' });
    story.take(officer(story), 'judge', notUpheld);
    expect(story.case.state).toBe('reviewingFinding');
    expect(story.refused(officer(story), 'confirmFinding', { opinion: '同意' }).code).toBe('role.notYours');
    story.take(serviceHead, 'confirmFinding', { opinion: '依据充分' });
    expect(story.refused(officer(story), 'explain', { how: 'phone' })).toMatchObject({ field: 'explanation' });
    story.take(officer(story), 'explain', { explanation: '合同第六条约定自理', how: 'phone' });
    expect(story.told('explained')).toEqual(['owner']);
    story.take(complainant, 'appeal', { reason: '合同没给过我' });
    story.take(officer(story), 'judge', notUpheld);
    expect(story.refused(serviceHead, 'confirmFinding', { opinion: '同意' }).code).toBe('review.afterAppeal');
    story.take(leader, 'confirmAfterAppeal', { opinion: '维持' });
    story.take(officer(story), 'explain', { explanation: '附合同复印件', how: 'letter' });
    expect(story.refused(complainant, 'appeal', { reason: '还是不服' }).code).toBe('appeal.onlyOnce');
    story.take(officer(story), 'closeNotUpheld', { summary: '已说明' });
    expect(story.case).toMatchObject({ state: 'notUpheld', outcome: '附合同复印件' });
    expect(pack.metrics.upheld?.measure).toEqual({
      share: { step: 'judge', field: 'finding', is: 'upheld', against: [] },
    });
  });

  test('S8-27 · an appeal that is right leads to the usual handling', () => {
    const story = recordedWith({});
    story.take(officer(story), 'judge', notUpheld).take(serviceHead, 'confirmFinding', { opinion: '可' });
    story.take(officer(story), 'explain', { explanation: '自理', how: 'phone' });
    story.take(complainant, 'appeal', { reason: '这是公共电梯' });
    expect(story.told('appealed')).toContain('康处长');
    story.take(officer(story), 'judge', upheld);
    expect(story.case.state).toBe('upheld');
  });

  test('S8-28 · out of our remit: it is said where to turn, and that stays on record', () => {
    const story = recordedWith({});
    story.take(officer(story), 'judge', { finding: 'outOfRemit', basisType: 'duty', grounds: '属市政道路' });
    story.take(serviceHead, 'confirmFinding', { opinion: '可' });
    expect(story.refused(officer(story), 'explain', { explanation: '不归我们管', how: 'phone' })).toMatchObject({
      code: 'field.required',
      field: 'signpost',
    });
    story.take(officer(story), 'explain', { explanation: '属市政道路', signpost: '区城管局', how: 'phone' });
    expect(story.case.entries.explain?.[0]?.values.signpost).toBe('区城管局');
    expect(story.all('noticeIssued').at(-1)?.data.text.zh).toContain('区城管局');
  });
});

describe('The eight steps (clause 四)', () => {
  test.each(['content', 'occurredAt', 'place', 'contactName', 'contactPhone', 'residence', 'demand'])(
    'S8-37 · without %s the record is refused',
    (field) => {
      expect(begin().refused(clerk, order({ ...lift, [field]: '' }))).toMatchObject({ code: 'field.required', field });
    },
  );

  test('S8-37 · the record shows all nine, with whom and which department it complains of, and who received it', () => {
    const story = begin().register(clerk, { ...lift, complainedOf: 'engineer', complainedUnit: 'engineering' });
    expect(story.case.values).toMatchObject({ complainedOf: 'engineer', complainedUnit: 'engineering' });
    expect(story.case.duties.firstReceiver?.name).toBe('林客服');
    const rows = pack.procedures.complaint?.forms.recordForm?.sections[0]?.rows.map((row) => row.from) ?? [];
    for (const path of [
      'occurredAt',
      'place',
      'contactName',
      'contactPhone',
      'residence',
      'complainedOf',
      'complainedUnit',
    ])
      expect(rows).toContain(`case.${path}`);
    for (const path of ['content', 'demand', 'firstReceiverName']) expect(rows).toContain(`case.${path}`);
  });

  test('S8-38 · upheld or not is decided before anything else is done; not upheld closes only with reasons told', () => {
    const story = recordedWith({});
    expect(story.refused(officer(story), 'assign', { unit: 'engineering', assignee: 'lift' }).code).toBe('step.notNow');
    expect(story.refused(officer(story), 'closeNotUpheld', { summary: '无' }).code).toBe('close.unexplained');
    story.take(officer(story), 'judge', notUpheld);
    expect(story.refused(officer(story), 'closeNotUpheld', { summary: '无' }).code).toBe('close.unexplained');
    story.take(serviceHead, 'confirmFinding', { opinion: '可' });
    expect(story.refused(officer(story), 'closeNotUpheld', { summary: '无' }).code).toBe('close.unexplained');
  });

  test('S8-39 · without a department no analysis; one leads, others may assist', () => {
    const story = liftUpTo('upheld');
    expect(story.refused(technician, 'analyse', { cause: 'equipment', analysis: '无' }).code).toBe('role.notYours');
    expect(story.refused(officer(story), 'assign', { assignee: 'lift' })).toMatchObject({ field: 'unit' });
    expect(
      story.refused(officer(story), 'assign', { unit: 'engineering', assistingUnit: 'engineering', assignee: 'lift' })
        .code,
    ).toBe('assign.assistsItself');
    story.take(officer(story), 'assign', { unit: 'engineering', assistingUnit: 'security', assignee: 'lift' });
    expect(story.case.entries.assign?.[0]?.values).toMatchObject({ unit: 'engineering', assistingUnit: 'security' });
    expect(story.told('assigned')).toEqual(['邓技师', '韦主管']);
    const scope = { state: liftUpTo('recorded').case, values: {}, pack };
    expect(pack.routing.rows.find((row) => row.when && holds(row.when, scope))?.unit).toBe('engineering');
  });

  test('S8-40 · no proposal before the cause is found, and the cause is one of the tree', () => {
    const story = liftUpTo('assigned');
    expect(story.refused(technician, 'propose', proposal).code).toBe('step.notNow');
    expect(story.refused(technician, 'analyse', { cause: 'equipment/lift' })).toMatchObject({ field: 'analysis' });
    expect(story.refused(technician, 'analyse', { cause: 'weather', analysis: '风大' }).code).toBe(
      'field.unknownCategory',
    );
  });

  test('S8-41 · whoever is complained of or named as at fault does not propose; somebody else does', () => {
    const complained = recordedWith({ complainedOf: 'lift' });
    complained
      .take(officer(complained), 'judge', upheld)
      .take(officer(complained), 'assign', { unit: 'engineering', assignee: 'engineer' })
      .take(actor('engineer'), 'analyse', { cause: 'service', analysis: '态度' });
    expect(complained.refused(technician, 'propose', proposal).code).toBe('role.recused');
    const atFault = liftUpTo('assigned').take(technician, 'analyse', {
      cause: 'equipment/lift',
      analysis: '漏检',
      responsiblePerson: 'lift',
    });
    expect(atFault.refused(technician, 'propose', proposal).code).toBe('propose.bySubject');
    expect(atFault.take(engineeringHead, 'propose', proposal).case.state).toBe('proposed');
  });

  test('S8-41 · a proposal says how it compares with earlier cases of the kind', () => {
    const story = liftUpTo('analysed');
    expect(story.refused(technician, 'propose', { ...proposal, fairness: '' })).toMatchObject({ field: 'fairness' });
  });

  test('S8-42 · without the leader’s instruction nothing is carried out; he may agree, change or reject', () => {
    const story = liftUpTo('proposed');
    expect(story.refused(technician, 'implement', { outcome: '好了' }).code).toBe('step.notNow');
    expect(story.refused(engineeringHead, 'instruct', agreed).code).toBe('role.notYours');
    expect(story.refused(leader, 'instruct', { decision: 'agree' })).toMatchObject({ field: 'opinion' });
    story.take(leader, 'instruct', { decision: 'modify', opinion: '加一条巡检' });
    expect(story.case.state).toBe('analysed');
    story.take(technician, 'propose', proposal).take(leader, 'instruct', { decision: 'reject', opinion: '原因不对' });
    expect(story.case.state).toBe('assigned');
    story
      .take(technician, 'analyse', { cause: 'equipment/lift', analysis: '控制板故障' })
      .take(technician, 'propose', proposal);
    story.take(leader, 'instruct', agreed);
    expect(story.case.state).toBe('implementing');
    expect(story.told('instructed')).toContain('邓技师');
  });

  test('S8-42 · the instruction has a time of its own, and its lateness reaches the director', () => {
    const story = liftUpTo('proposed').until('2026-03-08 09:00');
    expect(story.clock('instruction')).toMatchObject({ dueAt: at('2026-03-07 00:00') - 1 });
    expect(story.told('clock.limit', '四.六')).toEqual(['康处长']);
    expect(story.told('clock.ladder', '四.六')).toEqual(['方主任']);
  });

  test('S8-42 · a major complaint is decided by the director', () => {
    const story = recordedWith({});
    story
      .take(officer(story), 'judge', { ...upheld, severeHarm: true })
      .take(officer(story), 'assign', { unit: 'engineering', assignee: 'lift' })
      .take(technician, 'analyse', { cause: 'equipment/lift', analysis: '门机' })
      .take(technician, 'propose', proposal);
    expect(story.case.values.grade).toBe('major');
    expect(story.refused(leader, 'instruct', agreed).code).toBe('instruct.major');
    story.take(director, 'instructMajor', agreed);
    expect(story.case.state).toBe('implementing');
  });

  test('S8-43 · every measure is done before it counts as carried out, and the complainant is told the outcome', () => {
    const story = liftUpTo('implementing').take(technician, 'doMeasure', { measure: '更换门机' });
    expect(story.refused(technician, 'implement', { outcome: '好了' }).code).toBe('implement.measuresOpen');
    expect(story.refused(officer(story), 'sumUp', summed).code).toBe('step.notNow');
    story.take(technician, 'doMeasure', { measure: '维保单位驻场一周' });
    expect(story.refused(technician, 'implement', {})).toMatchObject({ field: 'outcome' });
    story
      .take(technician, 'implement', { outcome: '好了' })
      .take(technician, 'tellResult', { result: '修好了', how: 'phone' });
    expect(story.told('result')).toEqual(['owner']);
    expect(story.case.entries.implement).toHaveLength(1);
  });

  test('S8-44 · no end without summing up; what was found to improve goes its own way', () => {
    const story = liftUpTo('resultTold');
    expect(story.refused(officer(story), 'archive').code).toBe('step.notNow');
    expect(story.refused(officer(story), 'sumUp', { ...summed, summary: '' })).toMatchObject({ field: 'summary' });
    expect(story.refused(officer(story), 'sumUp', { ...summed, improvementFound: true })).toMatchObject({
      field: 'improvement',
    });
    story.take(officer(story), 'sumUp', {
      ...summed,
      improvementFound: true,
      improvement: '门机列入年度更换',
      responsible: 'engineering-head',
      improveBy: '2026-06-30',
    });
    expect(story.all('caseOpened')[0]?.data).toMatchObject({ procedure: 'improvement' });
  });

  test('S8-21 · a point to improve found in a complaint becomes a case with a person and a date', () => {
    const story = begin().register(
      clerk,
      { measure: '门机列入年度更换', responsible: 'engineering-head', dueOn: '2026-06-30' },
      { matter: 'improvement' },
    );
    expect(story.case.duties.assignee?.id).toBe('engineering-head');
    expect(story.clock('measure').dueAt).toBe(at('2026-07-01 00:00') - 1);
  });

  test.each([
    ['assigned', 'instruct', agreed],
    ['assigned', 'implement', { outcome: '好了' }],
    ['upheld', 'propose', proposal],
    ['recorded', 'assign', { unit: 'engineering', assignee: 'lift' }],
    ['implementing', 'sumUp', summed],
  ] as const)('S8-45 · at %s nobody can skip to %s', (state, step, values) => {
    const story = liftUpTo(state);
    const who = {
      instruct: leader,
      implement: technician,
      propose: technician,
      assign: officer(story),
      sumUp: officer(story),
    };
    const refusal = story.refused(who[step], step, values as TakeCommand['values']);
    expect([refusal.code, ...(refusal.also ?? []).map((one) => one.code)]).toContain('step.notNow');
  });

  test('S8-45 · the fast lane is for slight matters only, needs a reason and leaves a trace', () => {
    const heavy = liftUpTo('upheld');
    expect(heavy.refused(officer(heavy), 'fastLane', { reason: '快' }).code).toBe('fastLane.notSlight');
    const story = recordedWith({ category: 'other' });
    story.take(officer(story), 'judge', { ...upheld, ourFault: false });
    expect(story.refused(officer(story), 'fastLane')).toMatchObject({ code: 'field.required', field: 'reason' });
    story
      .take(officer(story), 'fastLane', { reason: '换个灯泡即可' })
      .take(officer(story), 'implement', { outcome: '已换' });
    expect(story.case.entries.fastLane?.[0]?.values.reason).toBe('换个灯泡即可');
  });

  test('S8-45 · where the fast lane is switched off, all eight steps are gone', async () => {
    const strict = await packFrom('s8', (source) => ({
      ...source,
      text: source.text.replace(/(zh: 允许轻微事项走快速通道.*\n\s+value: )true/, '$1false'),
    }));
    const story = liftUpTo('upheld', undefined, strict);
    expect(story.refused(officer(story), 'fastLane', { reason: '快' }).code).toBe('fastLane.off');
  });
});

describe('What only the headings name (defaults)', () => {
  test('S8-23 · first comfort, then the matter', () => {
    const story = begin().register(clerk, lift);
    expect(story.refused(officer(story), 'judge', upheld).code).toBe('judge.beforeComfort');
    expect(story.refused(officer(story), 'respond', { spokenWith: '学员甲' })).toMatchObject({ field: 'comfort' });
  });

  test('S8-29 · nobody is left without a first response for more than 30 minutes', () => {
    const story = begin().register(clerk, lift).until('2026-03-05 10:31');
    expect(story.clock('firstResponse')).toMatchObject({
      dueAt: at('2026-03-05 10:30'),
      breachedAt: at('2026-03-05 10:30') + 1000,
    });
    expect(pack.procedures.complaint?.clocks.firstResponse?.basis).toBe('default');
  });

  test('S8-31 S8-35 · grades by table: injury is major and presented the same day, a slight one settled within 2 days or as asked', () => {
    const major = recordedWith({});
    major.take(officer(major), 'judge', { ...upheld, severeHarm: true });
    expect(major.case.values.grade).toBe('major');
    expect(major.clock('presentation').dueAt).toBe(at('2026-03-06 00:00') - 1);
    expect(major.told('majorRaised')).toEqual(['康处长', '方主任']);
    const slight = recordedWith({});
    slight.take(officer(slight), 'judge', { ...upheld, ourFault: false });
    expect(slight.case.values.grade).toBe('minor');
    expect(slight.clock('slight').status).toBe('running');
    const asked = recordedWith({});
    asked.take(officer(asked), 'judge', { ...upheld, ourFault: false, wantedBy: '2026-03-20' });
    expect(asked.clock('slightByWish').dueAt).toBe(at('2026-03-21 00:00') - 1);
    expect(asked.case.clocks.some((run) => run.clock === 'slight')).toBe(false);
  });

  test('S8-34 · what was done is told by the end of the same day', () => {
    expect(liftUpTo('implemented').clock('telling').dueAt).toBe(at('2026-03-10 00:00') - 1);
  });

  test('S8-16 · dissatisfaction noticed on a round is kept apart and can become a complaint', () => {
    const story = begin().register(
      actor('guard'),
      { content: '学员抱怨热水不足', place: { premisesId: null, text: '五号楼' } },
      { matter: 'latent', channel: 'patrol' },
    );
    const formal = {
      reason: '学员愿意正式提出',
      complainantType: 'user',
      contactName: '学员乙',
      contactPhone: '13800001234',
    };
    story.take(officer(story), 'makeFormal', {
      ...formal,
      residence: { premisesId: null, text: '五号楼 301' },
      demand: '加热水',
    });
    const [opened] = story.all('caseOpened');
    expect(begin().register(clerk, { ...opened?.data.values }, { channel: 'patrol' }).case.state).toBe('recorded');
  });

  test('S8-18 · who asks for compensation says which sum or form', () => {
    expect(begin().refused(clerk, order({ ...lift, compensationWanted: true }))).toMatchObject({
      field: 'compensation',
    });
  });

  test('S8-14 S8-17 · nobody is labelled: no field of the pack holds a kind or a motive of the complainant', () => {
    expect(pack.settings.complainantLabels).toMatchObject({ value: false, options: [false] });
    const fields = Object.values(pack.procedures).flatMap((procedure) =>
      [procedure.intake, ...Object.values(procedure.steps)].flatMap((step) =>
        Object.values(step.fields).flatMap((field) => [field.label.zh, JSON.stringify(field.options ?? '')]),
      ),
    );
    expect(fields.filter((words) => /职业投诉|求发泄|求尊重|(?<!要)求补偿|心态/.test(words))).toEqual([]);
  });
});

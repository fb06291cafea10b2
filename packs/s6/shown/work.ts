// What the rules of the work, its price, its time and its aftermath come to, told under whichever pack carries them.
import { expect } from 'vitest';
import type { Values } from '#case/event.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { owner } from '../../../test/support/organisation.ts';
import { at, type Story } from '../../../test/support/story.ts';
import {
  begin,
  done,
  endLinked,
  found,
  legacyUpTo,
  priceTold,
  quality,
  reported,
  tapUpTo,
  visited,
  who,
} from '../golden.ts';

const without = (values: Values, name: string): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
const graded = (pack: CompiledPack, grade: string): Story =>
  tapUpTo('informed', pack)
    .take(who('qian'), 'dispatch', { grade, technician: 'tech' })
    .until('2026-03-05 10:05')
    .take(who('tech'), 'accept');

/** The promises are open to owners: on the receipt and beside the clocks. */
export function promisesAreOpen(pack: CompiledPack): void {
  const clocks = pack.procedures.repair?.clocks ?? {};
  for (const name of ['dispatching', 'arrival', 'minorRepair', 'generalRepair', 'largeExplanation', 'returnVisit'])
    expect(clocks[name]?.shownToOwner, name).toBe(true);
  for (const figure of ['5 分钟', '15 分钟', '2 小时', '24 小时', '72 小时', '48 小时'])
    expect(pack.notices.registered?.text.zh).toContain(figure);
}

/** Order taken 10:05: on site at 10:20:00 is kept, a second later it is late and the team’s supervisor hears. */
export function onSiteInAQuarter(pack: CompiledPack): void {
  const kept = tapUpTo('onSite', pack);
  expect(kept.clock('arrival')).toMatchObject({ status: 'kept', dueAt: at('2026-03-05 10:20') });
  const story = tapUpTo('accepted', pack);
  expect(story.refused(who('tech'), 'arrive', { how: 'code' }).field).toBe('tools');
  story.until(at('2026-03-05 10:20') + 1000);
  expect(story.told('clock.limit', story.clock('arrival').clause)).toEqual(['田师傅', '莫班长']);
  story.take(who('tech'), 'arrive', { tools: true, how: 'code' });
  expect(story.clock('arrival').status).toBe('late');
}

/** Only the repair team is sent, and its supervisor hears when it is late. */
export function theRepairTeamIsSent(pack: CompiledPack): void {
  const story = tapUpTo('informed', pack);
  expect(story.refused(who('qian'), 'dispatch', { grade: 'minor', technician: 'east' }).code).toBe('assign.notHolder');
  expect(pack.routing.rows[0]).toMatchObject({ when: { is: 'repair' }, unit: 'repairTeam' });
  const late = tapUpTo('accepted', pack).until('2026-03-05 10:21');
  expect(late.told('clock.limit', late.clock('arrival').clause)).toContain('莫班长');
}

/** Two hours are striven for, twenty-four are the limit. */
export function twoHoursOrADay(pack: CompiledPack): void {
  for (const grade of ['minor', 'sharedMinor', 'urgent']) {
    const story = graded(pack, grade);
    expect(story.clock('minorRepair')).toMatchObject({
      targetAt: at('2026-03-05 12:05'),
      dueAt: at('2026-03-06 10:05'),
    });
    story.until('2026-03-05 12:06');
    expect(story.all('clockTargetMissed')).toHaveLength(1);
    expect(story.clock('minorRepair').breachedAt).toBeNull();
    story.until(at('2026-03-06 10:05') + 1000);
    expect(story.clock('minorRepair').breachedAt).toBe(at('2026-03-06 10:05') + 1000);
    expect(story.told('clock.limit', story.clock('minorRepair').clause)).toContain('丁主任');
  }
}

/** General repairs: seventy-two hours. */
export function generalIn72Hours(pack: CompiledPack): void {
  const story = graded(pack, 'general').until('2026-03-08 10:05');
  expect(story.clock('generalRepair').breachedAt).toBeNull();
  story.until(at('2026-03-08 10:05') + 1000);
  expect(story.clock('generalRepair').breachedAt).not.toBeNull();
  expect(story.case.clocks.map((run) => run.clock)).not.toContain('minorRepair');
}

/** Large repairs, specialists, parts from elsewhere: explained within 48 hours, with the time. */
export function largeIsExplained(pack: CompiledPack): void {
  const words = { explanation: '需从外地采购配件', approxCompletion: '2026-03-20T18:00:00+08:00' };
  for (const grade of ['large', 'external', 'parts']) {
    const story = graded(pack, grade);
    expect(story.clock('largeExplanation').dueAt).toBe(at('2026-03-07 10:05'));
    expect(story.refused(who('qian'), 'explainLarge', without(words, 'approxCompletion')).field).toBe(
      'approxCompletion',
    );
    story.until('2026-03-07 10:00').take(who('qian'), 'explainLarge', words);
    expect(story.clock('largeExplanation').status).toBe('kept');
    expect(story.clock('completion').dueAt).toBe(at('2026-03-20 18:00'));
    expect(story.told('largeExplained')).toEqual(['owner']);
  }
}

/** News reaches the reporter; a day of silence is told to the one who follows up. */
export function newsIsPassedOn(pack: CompiledPack): void {
  const story = graded(pack, 'large').until('2026-03-06 09:00');
  story.take(who('qian'), 'report', { toWhom: 'reporter', progress: '配件已下单' });
  expect(story.told('progress')).toEqual(['owner']);
  expect(story.clock('contact').dueAt).toBe(at('2026-03-07 09:00'));
  story.until(at('2026-03-07 09:00') + 1000);
  expect(story.told('clock.limit', story.clock('contact').clause)).toContain('钱接待');
}

/** Contact with the reporter and with others is told apart; what was said to others is not sent to the owner. */
export function contactHasAKind(pack: CompiledPack): void {
  const story = graded(pack, 'general');
  expect(story.refused(who('qian'), 'report', { progress: '已联系' }).field).toBe('toWhom');
  story.take(who('qian'), 'report', { toWhom: 'party', progress: '已联系施工方' });
  expect(story.told('progress')).toEqual([]);
  expect(story.clock('contact').status).toBe('running');
}

/** Seven grades; another grade needs a reason and the supervisor, and is reckoned from the taking of the order. */
export function gradesAreSeven(pack: CompiledPack): void {
  expect(pack.taxonomies.grade?.terms).toHaveLength(7);
  const story = tapUpTo('informed', pack);
  expect(story.refused(who('qian'), 'dispatch', { technician: 'tech' }).field).toBe('grade');
  const work = graded(pack, 'minor').until('2026-03-05 11:00');
  expect(work.refused(who('tech'), 'regrade', { grade: 'general', reason: '需换管' }).code).toBe('role.notYours');
  expect(work.refused(who('mo'), 'regrade', { grade: 'general' }).field).toBe('reason');
  work.take(who('mo'), 'regrade', { grade: 'general', reason: '需换管' });
  expect(work.clock('minorRepair').status).toBe('cancelled');
  expect(work.clock('generalRepair').dueAt).toBe(at('2026-03-08 10:05'));
  expect(work.all('fieldsChanged').at(-1)?.data.changes).toEqual([
    { field: 'grade', before: 'minor', after: 'general' },
  ]);
}

/** First the owner’s signature under the order, then the charge, with a receipt and within the price agreed. */
export function signedBeforeCharged(pack: CompiledPack): void {
  const story = tapUpTo('repaired', pack);
  const charge = { amount: 80, receiptNumber: '0001234' };
  expect(story.refused(who('tech'), 'charge', charge).code).toBe('charge.unsigned');
  expect(story.refused(who('tech'), 'handBack').code).toBe('handBack.uncharged');
  story.sign(owner, 'workOrder', 'signOrder');
  expect(story.refused(who('tech'), 'charge', { amount: 80 }).field).toBe('receiptNumber');
  expect(story.refused(who('tech'), 'charge', { ...charge, amount: 81 }).code).toBe('charge.overQuote');
  story.take(who('tech'), 'charge', charge);
  expect(story.case.documents.map((paper) => paper.form)).toContain('receipt');
}

/** The team’s own work is completed with materials, hours and result. */
export function ownWorkIsRecorded(pack: CompiledPack): void {
  const story = tapUpTo('repairing', pack);
  for (const field of Object.keys(done))
    expect(story.refused(who('tech'), 'complete', without(done, field)).field).toBe(field);
}

/** An outside unit is contacted on record, with a time to answer, and the order is filled in all the same. */
export function outsideUnitsAreContacted(pack: CompiledPack): void {
  const story = tapUpTo('onSite', pack);
  const outside = { ...found, liable: 'outside/warrantor', payer: 'fund' };
  expect(story.refused(who('tech'), 'inspect', outside).field).toBe('outsideContact');
  story.take(who('tech'), 'inspect', { ...outside, outsideContact: '保修单位 3 月 6 日到场' });
  const request = { whom: 'warrantor', request: '请派人维修', answerBy: '2026-03-06T10:00:00+08:00' };
  expect(story.refused(who('qian'), 'askHelp', without(request, 'answerBy')).field).toBe('answerBy');
  story.take(who('qian'), 'askHelp', request);
  const help = begin(pack).register(
    who('qian'),
    { ...story.all('caseOpened').at(-1)?.data.values },
    { matter: 'assistance' },
  );
  expect(help.clock('answer').dueAt).toBe(at('2026-03-06 10:00'));
  expect(help.refused(who('qian'), 'answer', { answer: '明日到场' }).field).toBe('contact');
}

/** The engineering department, when asked, must answer itself and in time. */
export function engineersAnswer(pack: CompiledPack): void {
  const story = tapUpTo('repairing', pack);
  story.take(who('tech'), 'askHelp', {
    whom: 'engineering',
    request: '暗管定位',
    answerBy: '2026-03-05T16:00:00+08:00',
  });
  const help = begin(pack).register(
    who('tech'),
    { ...story.all('caseOpened').at(-1)?.data.values },
    { matter: 'assistance' },
  );
  expect(help.case.duties.assignee?.id).toBe('engineer');
  expect(help.told('asked')).toContain('龚经理');
  expect(help.refused(who('tech'), 'answer', { answer: '自己处理' }).code).toBe('answer.notYours');
  help.until('2026-03-05 16:01');
  expect(help.told('clock.limit', help.clock('answer').clause)).toContain('龚经理');
  help.take(who('engineer'), 'answer', { answer: '已派仪器' });
  expect(help.case.state).toBe('answered');
}

/** Who pays is one of three. */
export function threePayers(pack: CompiledPack): void {
  expect(pack.taxonomies.payer?.terms.map((term) => term.id)).toEqual(['developer', 'fund', 'owner']);
  const story = tapUpTo('onSite', pack);
  expect(story.refused(who('tech'), 'inspect', without(found, 'payer')).field).toBe('payer');
  expect(story.refused(who('tech'), 'inspect', { ...found, payer: 'company' }).field).toBe('payer');
}

/** Own repairs for the developer beyond the delegated amount wait for his signed sheet. */
export function authorityHasALimit(pack: CompiledPack): void {
  const story = legacyUpTo('onSite', pack).take(who('tech'), 'inspect', { ...found, payer: 'developer', cost: 2001 });
  const own = {
    situation: 'own',
    warrantyEndedOn: '2026-01-01',
    deliveryWarrantyUntil: '2027-01-01',
    refusal: '不便',
    request: '来函',
  };
  story.take(who('director'), 'arrange', own);
  const plan = { workPlan: '补防水', approxCompletion: '2026-03-06T18:00:00+08:00', cooperation: '请在家' };
  expect(story.refused(who('qian'), 'tellPlan', plan).code).toBe('plan.beyondAuthority');
  story.take(who('qian'), 'openSheet', { forCost: true, content: '外墙渗水', replyBy: '2026-03-08T18:00:00+08:00' });
  expect(story.refused(who('qian'), 'tellPlan', plan).code).toBe('plan.beyondAuthority');
  endLinked(story, 'sheet').take(who('qian'), 'tellPlan', plan);
  expect(story.case.state).toBe('repairing');
}

/** Each of the three situations of an affiliated estate needs its own record; without one no work begins. */
export function situationNeeds(pack: CompiledPack, situation: string, fields: string[]): void {
  const story = legacyUpTo('planTelling', pack);
  const plan = { workPlan: '补防水', approxCompletion: '2026-03-06T18:00:00+08:00', cooperation: '请在家' };
  expect(story.refused(who('qian'), 'tellPlan', plan).code).toBe('plan.situationOpen');
  const all: Values = { situation };
  for (const field of fields)
    all[field] = field.startsWith('warrantyE') || field.startsWith('delivery') ? '2026-01-01' : '已记录';
  for (const field of fields) expect(story.refused(who('director'), 'arrange', without(all, field)).field).toBe(field);
  story.take(who('director'), 'arrange', all).take(who('qian'), 'tellPlan', plan);
  expect(story.case.state).toBe('repairing');
}

const sheet = { content: '外墙渗水', forRepair: true, sourceCase: 'WX260305-0001' };

/** Affiliated: director, customer service, general manager, developer, none left out; several may go as one. */
export function affiliatedChain(pack: CompiledPack): void {
  const replyBy = '2026-03-10T18:00:00+08:00';
  const draw = () =>
    begin(pack).register(who('qian'), { ...sheet, estateKind: 'affiliated' }, { matter: 'contactSheet' });
  const story = draw();
  expect(story.refused(who('service'), 'review', { way: 'single', replyBy }).code).toBe('review.unsigned');
  expect(story.refused(who('general'), 'issue').code).toBe('step.notNow');
  expect(story.refused(who('service'), 'signAsDirector').code).toBe('role.notYours');
  story.take(who('director'), 'signAsDirector').take(who('service'), 'review', { way: 'single', replyBy });
  expect(story.refused(who('service'), 'issue').code).toBe('role.notYours');
  expect(story.refused(who('service'), 'reply', { opinion: '同意', paper: ['p'] }).code).toBe('step.notNow');
  story.take(who('general'), 'issue').take(who('service'), 'reply', { opinion: '同意', paper: ['p'] });
  expect(story.case).toMatchObject({ state: 'replied', outcome: '同意' });
  const joined = draw()
    .take(who('director'), 'signAsDirector')
    .take(who('service'), 'review', { way: 'collected', replyBy });
  expect(joined.refused(who('service'), 'answeredCollectively', { opinion: '同意', paper: ['p'] }).field).toBe(
    'sheetNumber',
  );
}

/** Another developer: customer service, general manager, and an answer by a date, with reminders and the next level. */
export function thirdPartyChain(pack: CompiledPack): void {
  const story = begin(pack).register(who('qian'), { ...sheet, estateKind: 'thirdParty' }, { matter: 'contactSheet' });
  expect(story.refused(who('service'), 'review', { way: 'single' }).field).toBe('replyBy');
  story
    .take(who('service'), 'review', { way: 'single', replyBy: '2026-03-10T18:00:00+08:00' })
    .take(who('general'), 'issue');
  expect(story.clock('reply').dueAt).toBe(at('2026-03-10 18:00'));
  story.until('2026-03-10 18:01');
  expect(story.told('clock.limit', story.clock('reply').clause)).toContain('傅经理');
  story.until('2026-03-13 18:01');
  expect(story.told('clock.ladder', story.clock('reply').clause)).toContain('宗总');
  const repair = legacyUpTo('planTelling', pack, { estateKind: 'thirdParty' });
  expect(
    repair.refused(who('qian'), 'tellPlan', {
      workPlan: '补',
      approxCompletion: '2026-03-06T18:00:00+08:00',
      cooperation: '无',
    }).code,
  ).toBe('plan.withoutReply');
}

/** Another developer’s estate: supervision, liaison and feedback are all on record before it is archived. */
export function threeKindsOfRecord(pack: CompiledPack): void {
  const story = legacyUpTo('planTelling', pack, { estateKind: 'thirdParty' });
  story.take(who('qian'), 'openSheet', { forRepair: true, content: '渗水', replyBy: '2026-03-08T18:00:00+08:00' });
  endLinked(story, 'sheet')
    .take(who('qian'), 'tellPlan', { workPlan: '补', approxCompletion: '2026-03-06T18:00:00+08:00', cooperation: '无' })
    .take(who('tech'), 'complete', done)
    .take(who('tech'), 'handBack')
    .take(who('east'), 'visit', visited);
  for (const kind of ['supervision', 'liaison', 'feedback']) {
    expect(story.refused(who('qian'), 'archive').code).toBe('archive.withoutSiteRecords');
    story.take(who('qian'), 'siteRecord', { kind, note: '已记录' });
  }
  story.take(who('qian'), 'archive');
  expect(story.case.state).toBe('archived');
}

/** The owner repairs himself: coordination and supervision are on record. */
export function ownerWorkIsWatched(pack: CompiledPack): void {
  const story = reported(pack)
    .take(who('qian'), 'judge', { ...quality, cause: 'ownerCaused' })
    .take(who('qian'), 'explain', {
      basis: 'covenant',
      basisClause: '第八条',
      explanation: '装修破坏防水',
      accepts: true,
      wantsService: false,
    });
  expect(story.refused(who('qian'), 'finishOwnerWork', { result: '已修' }).code).toBe('ownerWork.unsupervised');
  story
    .take(who('qian'), 'siteRecord', { kind: 'supervision', note: '到场监管' })
    .take(who('qian'), 'siteRecord', { kind: 'liaison', note: '协调楼下' })
    .take(who('qian'), 'finishOwnerWork', { result: '已修' });
  expect(story.case.state).toBe('visited');
}

/** A hazard that nobody removes goes its own way, none of whose steps can be left out. */
export function hazardHasItsWay(pack: CompiledPack): void {
  const opened = tapUpTo('onSite', pack).take(who('tech'), 'reportHazard', { danger: '外墙瓷砖松动，责任人不修' });
  const story = begin(pack).register(
    who('tech'),
    { ...opened.all('caseOpened').at(-1)?.data.values },
    { matter: 'hazard' },
  );
  const ways: [string, Values][] = [
    ['tellLiable', { liable: '业主B', deadline: '2026-03-08', notice: ['n'] }],
    ['coordinate', { record: '多次协调' }],
    ['decideAsOwners', { agreed: true, paper: ['p'] }],
    ['repairInstead', { result: '已加固', cost: 3000 }],
    ['recover', { outcome: '费用已追回' }],
  ];
  for (const [i, [step, values]] of ways.entries()) {
    for (const [later] of ways.slice(i + 1)) expect(story.can(who('director'), later).allowed, later).toBe(false);
    for (const field of Object.keys(values))
      expect(story.refused(who('director'), step, without(values, field)).field).toBe(field);
    story.take(who('director'), step, values);
  }
  expect(story.case).toMatchObject({ state: 'closed', outcome: '费用已追回' });
}

/** Today’s number of the article is cited, the old one by setting. */
export function theArticleIsTodays(pack: CompiledPack): void {
  const place = { premisesId: null, text: '3 号楼' };
  const cited = (using: CompiledPack) =>
    begin(using).register(who('tech'), { danger: '瓷砖松动', place }, { matter: 'hazard' }).case.values.article;
  expect(cited(pack)).toContain('第五十五条');
  const safetyArticle = pack.settings.safetyArticle;
  if (!safetyArticle) throw new Error('No setting of the article');
  expect(cited({ ...pack, settings: { ...pack.settings, safetyArticle: { ...safetyArticle, value: 56 } } })).toContain(
    '第五十六条',
  );
}

/** Repaired at 11:35, the order is back by 11:35 the next day, or the team is late. */
export function theOrderComesBack(pack: CompiledPack): void {
  expect(tapUpTo('handedBack', pack).clock('handBack')).toMatchObject({
    status: 'kept',
    dueAt: at('2026-03-06 11:35'),
  });
  const story = tapUpTo('charged', pack).until(at('2026-03-06 11:35') + 1000);
  expect(story.told('clock.limit', story.clock('handBack').clause)).toEqual(['田师傅', '莫班长']);
}

/** Seventy-two hours from the handing back, how and what was found; a failure opens a further repair. */
export function thenTheVisit(pack: CompiledPack): void {
  const story = tapUpTo('handedBack', pack);
  expect(story.clock('returnVisit').dueAt).toBe(at('2026-03-09 09:00'));
  for (const field of ['how', 'result'])
    expect(story.refused(who('east'), 'visit', without(visited, field)).field).toBe(field);
  story.take(who('east'), 'visit', { ...visited, result: 'fail', opinion: '又漏了' });
  expect(story.case.state).toBe('reworking');
  expect(story.all('caseOpened').at(-1)?.data).toMatchObject({
    procedure: 'repair',
    relation: 'rework',
    values: { content: '又漏了' },
  });
  expect(story.refused(who('qian'), 'confirmRework').code).toBe('rework.open');
  endLinked(story, 'rework', '已修好').take(who('qian'), 'confirmRework').take(who('east'), 'visit', visited);
  expect(story.case.state).toBe('visited');
}

const log = { done: ['3-501 水龙头'], unfinished: ['5-201 外墙', '门禁'] };

/** The day’s log is compared the next day; what is unfinished is explained item by item and carried on. */
export function theLogIsCompared(pack: CompiledPack): void {
  const story = begin(pack).register(who('mo'), { remark: '每日' }, { matter: 'dailyLog' });
  expect(story.clock('log').dueAt).toBe(at('2026-03-06 00:00') - 1);
  story.until('2026-03-05 18:00').take(who('mo'), 'closeDay', log);
  expect(story.clock('reconcile').dueAt).toBe(at('2026-03-07 00:00') - 1);
  story.until('2026-03-06 09:00').take(who('mo'), 'explainItem', { item: '门禁', why: '等配件' });
  expect(story.refused(who('qian'), 'compare').code).toBe('compare.unexplained');
  story.take(who('tech'), 'explainItem', { item: '5-201 外墙', why: '下雨' }).take(who('qian'), 'compare');
  expect(story.refused(who('qian'), 'confirm', { outcome: '一致' }).code).toBe('role.notYours');
  story.take(who('mo'), 'confirm', { outcome: '一致' });
  expect(story.all('caseOpened').map((event) => event.data.values.item)).toEqual(log.unfinished);
  expect(story.clock('reconcile').status).toBe('kept');
}

/** What is unfinished at the end of the month comes under the company’s supervision until it is done. */
export function unfinishedIsSupervised(pack: CompiledPack): void {
  const month = begin(pack)
    .register(who('qian'), { period: 'month' }, { matter: 'monthlyReport' })
    .take(who('qian'), 'submit', { summary: '共 30 件', unfinished: ['外墙'] })
    .take(who('service'), 'check', { opinion: '属实' });
  const item = begin(pack).register(
    who('service'),
    { ...month.all('caseOpened').at(-1)?.data.values },
    { matter: 'openItem' },
  );
  expect(item.told('supervised')).toEqual(['莫班长']);
  item.until(item.clock('supervision').dueAt + 1000);
  expect(item.told('clock.limit', item.clock('supervision').clause)).toContain('傅经理');
  expect(item.case.state).toBe('open');
  item.take(who('tech'), 'finish', { result: '已完成' });
  expect(item.case.state).toBe('done');
}

const longWork = (pack: CompiledPack): Story =>
  tapUpTo('onSite', pack).take(who('tech'), 'inspect', { ...found, expectedBy: '2026-03-09' });
const longPlan = { reason: '需换主管', milestones: ['开挖', '换管'], completeBy: '2026-03-12' };

/** Own repairs of more than three days wait for two approvals, and it is told when the third day passes without. */
export function longWorkNeedsAPlan(pack: CompiledPack): void {
  expect(tapUpTo('onSite', pack).take(who('tech'), 'inspect', { ...found, expectedBy: '2026-03-08' }).case.state).toBe(
    'repairing',
  );
  const story = longWork(pack);
  expect(story.case.state).toBe('planNeeded');
  expect(story.refused(who('tech'), 'complete', done).code).toBe('step.notNow');
  story.take(who('tech'), 'submitPlan', longPlan);
  expect(story.refused(who('director'), 'approveAsEngineer').code).toBe('role.notYours');
  story.take(who('engineer'), 'approveAsEngineer');
  expect(story.case.state).toBe('awaitingDirector');
  expect(story.clock('planApproval').dueAt).toBe(at('2026-03-09 00:00') - 1);
  story.until('2026-03-09 00:00');
  expect(story.told('clock.limit', story.clock('planApproval').clause)).toEqual(['田师傅', '龚经理', '丁主任']);
  story.take(who('director'), 'approveAsDirector');
  expect(story.case.state).toBe('repairing');
}

/** While it lasts, every day has its entry, of which the engineering manager hears. */
export function everyDayIsLogged(pack: CompiledPack): void {
  const story = longWork(pack).take(who('tech'), 'submitPlan', longPlan);
  story.take(who('engineer'), 'approveAsEngineer').take(who('director'), 'approveAsDirector');
  expect(story.clock('progressSheet').dueAt).toBe(at('2026-03-07 00:00') - 1);
  story.until('2026-03-06 17:00').take(who('tech'), 'logProgress', { today: '已开挖' });
  expect(story.told('dailyProgress')).toEqual(['龚经理']);
  story.until('2026-03-08 00:00');
  expect(story.told('clock.limit', story.clock('progressSheet').clause)).toEqual(['田师傅', '龚经理']);
}

/** Six kinds of document, each with its estate, its first day and its file. */
export function sixDocuments(pack: CompiledPack): void {
  expect(pack.taxonomies.basis?.terms).toHaveLength(6);
  const paper = {
    estate: '锦绣花园',
    kind: 'warranty',
    validFrom: '2026-01-01',
    validUntil: '2027-01-01',
    file: ['file-1'],
  };
  for (const field of Object.keys(paper))
    expect(
      begin(pack).refused(who('qian'), {
        type: 'register',
        number: 'YJ260305-0001',
        matter: 'basisDocument',
        channel: 'other',
        values: without(paper, field),
      }).field,
    ).toBe(field);
  begin(pack).register(who('qian'), paper, { matter: 'basisDocument' });
  expect(Object.keys(priceTold)).toContain('priceList');
}

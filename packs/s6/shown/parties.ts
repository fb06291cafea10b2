// What the rules about developers, contractors and owners who are liable come to, told under whichever pack carries them.
import { expect } from 'vitest';
import type { Values } from '#case/event.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { at } from '../../../test/support/story.ts';
import { without } from '../../../test/support/without.ts';
import { begin, done, endLinked, found, legacyUpTo, quality, reported, tapUpTo, visited, who } from '../golden.ts';

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
  story.take(who('general'), 'issue');
  expect(story.told('sheetReported')).toContain('傅经理');
  for (const field of ['opinion', 'paper'])
    expect(story.refused(who('service'), 'reply', without({ opinion: '同意', paper: ['p'] }, field)).field).toBe(field);
  story.take(who('service'), 'reply', { opinion: '同意', paper: ['p'] });
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

/** A sheet says what it is for; it has a number and is printed as it was issued. */
export function sheetsHaveAPurpose(pack: CompiledPack): void {
  const story = legacyUpTo('planTelling', pack);
  const words = { content: '外墙渗水', replyBy: '2026-03-08T18:00:00+08:00' };
  expect(story.refused(who('qian'), 'openSheet', words).code).toBe('sheet.withoutPurpose');
  story.take(who('qian'), 'openSheet', { ...words, forConfirmation: true, forCost: true });
  const drawn = begin(pack).register(
    who('qian'),
    { ...story.all('caseOpened').at(-1)?.data.values },
    { matter: 'contactSheet' },
  );
  expect(drawn.case.values).toMatchObject({ forConfirmation: true, forCost: true, estateKind: 'affiliated' });
  drawn
    .take(who('director'), 'signAsDirector')
    .take(who('service'), 'review', { way: 'single', replyBy: words.replyBy })
    .take(who('general'), 'issue');
  expect(drawn.case.documents.map((paper) => paper.form)).toEqual(['contactSheet']);
  expect(story.refused(who('qian'), 'openSheet', { content: '渗水', forRepair: true }).field).toBe('replyBy');
}

/** On an affiliated estate nothing is archived without a sheet, and nothing settled before it came back signed. */
export function sheetBeforeArchiveAndMoney(pack: CompiledPack): void {
  const story = legacyUpTo('planTelling', pack)
    .take(who('director'), 'arrange', { situation: 'contractor', contact: '已联系并督促' })
    .take(who('qian'), 'tellPlan', { workPlan: '补', approxCompletion: '2026-03-06T18:00:00+08:00', cooperation: '无' })
    .take(who('tech'), 'complete', done)
    .take(who('tech'), 'handBack')
    .take(who('east'), 'visit', visited);
  const paid = { sheetNumber: 'LX-1', amount: 800 };
  expect(story.refused(who('qian'), 'archive').code).toBe('archive.withoutSheet');
  story.take(who('qian'), 'openSheet', { forCost: true, content: '渗水', replyBy: '2026-03-08T18:00:00+08:00' });
  expect(story.refused(who('director'), 'settleCosts', paid).code).toBe('settle.withoutSheet');
  endLinked(story, 'sheet');
  expect(story.refused(who('director'), 'settleCosts', without(paid, 'sheetNumber')).field).toBe('sheetNumber');
  story.take(who('director'), 'settleCosts', paid).take(who('qian'), 'archive');
  expect(story.case.state).toBe('archived');
}

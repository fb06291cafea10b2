// What the rules of the work, its price and its time come to, told under whichever pack carries them.
import { expect } from 'vitest';
import type { CompiledPack } from '#policy/compile.ts';
import { owner } from '../../../test/support/organisation.ts';
import { at, Story } from '../../../test/support/story.ts';
import { without } from '../../../test/support/without.ts';
import { twoAreas } from '../company.ts';
import { begin, done, found, T0, tap, tapUpTo, who } from '../golden.ts';

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

/** Rooms are bound to their area officers: the one of the room makes the visit, whoever else holds the post. */
export function theOfficerOfTheRoomVisits(pack: CompiledPack): void {
  const visitorOf = (premisesId: string | null): string | undefined => {
    const story = new Story(pack, T0, undefined, twoAreas).register(
      who('qian'),
      { ...tap, place: { premisesId, text: '3 号楼 2 单元 501' } },
      { matter: 'repair' },
    );
    return tapUpTo('handedBack', pack, story).case.duties.followUpVisitor?.name;
  };
  expect(visitorOf('room-east')).toBe('区管员');
  expect(visitorOf('room-west')).toBe('西区管');
  // A place in nobody's area still has a visitor.
  expect(['区管员', '西区管']).toContain(visitorOf(null));
}

// What the rules of reception, liability and telling the owner come to, told under whichever pack carries them.
import { expect } from 'vitest';
import type { Values } from '#case/event.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { owner } from '../../../test/support/organisation.ts';
import { at } from '../../../test/support/story.ts';
import { without } from '../../../test/support/without.ts';
import { apology, begin, found, legacyUpTo, priceTold, quality, reported, T0, tap, tapUpTo, who } from '../golden.ts';

const judge = (pack: CompiledPack, values: Values) => reported(pack).take(who('qian'), 'judge', values);
/** Room, name, telephone and item: without one of them nothing is registered. */
export function fourThingsAreAsked(pack: CompiledPack): void {
  for (const field of ['content', 'place', 'contactName', 'contactPhone'])
    expect(
      begin(pack).refused(who('qian'), {
        type: 'register',
        number: 'WX260305-0001',
        matter: 'repair',
        channel: 'phone',
        values: without(tap, field),
      }),
    ).toMatchObject({ code: 'field.required', field });
}

/** Whoever receives it follows it up; what comes by itself goes to somebody of the centre; the receipt names him. */
export function theReceiverFollowsUp(pack: CompiledPack): void {
  const story = reported(pack);
  expect(story.case.duties).toMatchObject({ firstReceiver: { id: 'qian' }, caseOfficer: { id: 'qian' } });
  const receipt = story.all('noticeIssued').find((event) => event.data.to.kind === 'owner');
  expect(receipt?.data.text.zh).toContain('钱接待');
  expect(receipt?.data.text.zh).toContain(String(pack.settings.centrePhone?.value));
  const online = begin(pack).register(owner, tap, { matter: 'repair', channel: 'web' });
  expect(['qian', 'sun']).toContain(online.case.duties.caseOfficer?.id);
}

/** Nothing is turned away, and it passes only to a person named, who has confirmed. */
export function itPassesOnlyToWhoTakesIt(pack: CompiledPack): void {
  const ends = Object.entries(pack.procedures.repair?.states ?? {}).flatMap(([name, s]) => (s.end ? [name] : []));
  const refusals = Object.entries(pack.procedures.repair?.steps ?? {}).filter(
    ([, step]) => typeof step.to === 'string' && ends.includes(step.to) && step.from.includes('registered'),
  );
  expect(refusals.map(([, step]) => step.by)).toEqual([['owner']]);
  const story = reported(pack);
  const pass = { type: 'reassign', duty: 'caseOfficer', personId: 'sun', reason: '换班' } as const;
  expect(story.refused(who('tech'), pass).code).toBe('role.notYours');
  expect(story.apply(pass, who('qian'))).toBeUndefined();
  expect(story.case.duties.caseOfficer?.id).toBe('qian');
  expect(story.told('handover')).toEqual(['孙接待']);
  expect(story.refused(who('east'), { type: 'accept' }).code).toBe('handOver.notYours');
  const { dueAt } = story.clock('takingOver');
  story.until(dueAt + 1000);
  expect(story.told('clock.limit', story.clock('takingOver').clause)).toEqual(['钱接待', '丁主任']);
  expect(story.case.duties.caseOfficer?.id).toBe('qian');
  expect(story.apply({ type: 'accept' }, who('sun'))).toBeUndefined();
  expect(story.case.duties.caseOfficer?.id).toBe('sun');
  expect(story.clock('takingOver').status).toBe('late');
}

/** Site office first, then customer service, then the supervision centre. */
export function threeLevelsHear(pack: CompiledPack): void {
  const story = reported(pack).until('2026-03-06 10:00:01'.slice(0, 16));
  story.until(at('2026-03-06 10:00') + 1000);
  const clause = story.clock('contact').clause;
  expect(story.told('clock.limit', clause)).toEqual(['钱接待', '丁主任']);
  story.until('2026-03-07 10:01');
  expect(story.told('clock.ladder', clause)).toEqual(['傅经理']);
  story.until('2026-03-09 10:01');
  expect(story.told('clock.ladder', clause)).toContain('宗总');
  expect(story.can(who('general'), 'supervise').allowed).toBe(true);
}

/** Answered on the fourth ring, a call misses the mark. */
export function fourRingsAreOneTooMany(pack: CompiledPack): void {
  const marks = { polite: true, standard: true, prompt: true, sensible: true };
  const check = () => begin(pack).register(who('director'), { subject: '接听抽检' }, { matter: 'receptionCheck' });
  const missed = check().take(who('director'), 'recordCall', { rings: 4, ...marks });
  expect(missed.case.values).toMatchObject({ inThreeRings: false });
  expect(missed.refused(who('director'), 'conclude', { met: true, outcome: '达标' }).code).toBe('check.missedRings');
  const kept = check().take(who('director'), 'recordCall', { rings: 3, ...marks });
  kept.take(who('director'), 'conclude', { met: true, outcome: '达标' });
  expect(kept.case.state).toBe('checked');
}

/** Each finding leads its own way; before one is found nobody is sent. */
export function liabilityDecidesTheWay(pack: CompiledPack): void {
  expect(reported(pack).refused(who('qian'), 'inform', priceTold).code).toBe('step.notNow');
  const ways: [Values, string, string][] = [
    [{ part: 'private' }, 'private', 'judged'],
    [{ part: 'shared' }, 'shared', 'judged'],
    [{ ...quality, cause: 'ownerCaused' }, 'ownerLiable', 'explaining'],
    [{ ...quality, cause: 'developerLegacy' }, 'developerLegacy', 'judged'],
    [{ ...quality, cause: 'unclear' }, 'unclear', 'surveying'],
  ];
  for (const [values, branch, state] of ways) {
    const { case: found } = judge(pack, values);
    expect([found.values.branch, found.state]).toEqual([branch, state]);
  }
}

/** Inside and outside liability are told apart, from a fixed list. */
export function insideAndOutsideAreTold(pack: CompiledPack): void {
  expect(pack.taxonomies.liable?.terms.map((term) => term.id)).toEqual(['inside', 'outside']);
  expect(tapUpTo('onSite', pack).refused(who('tech'), 'inspect', { ...found, liable: 'somebody' }).field).toBe(
    'liable',
  );
}

/** A paid service is not dispatched before the price list is told. */
export function thePriceIsToldFirst(pack: CompiledPack): void {
  const story = judge(pack, { part: 'private' });
  for (const field of ['priceList', 'priceTold', 'quotedAmount', 'consent'])
    expect(story.refused(who('qian'), 'inform', without(priceTold, field)).field).toBe(field);
  expect(story.refused(who('qian'), 'dispatch', { grade: 'minor', technician: 'tech' }).code).toBe('step.notNow');
  const shared = judge(pack, { part: 'shared' })
    .take(who('qian'), 'inform', told.shared)
    .take(who('qian'), 'dispatch', { grade: 'minor', technician: 'tech' })
    .take(who('tech'), 'accept')
    .take(who('tech'), 'arrive', { tools: true, how: 'code' });
  expect(shared.refused(who('tech'), 'inspect', found).code).toBe('inspect.priceNotAgreed');
}

/** For shared facilities: thanks or apology, and about when it is done, which the owner sees. */
export function sharedFacilitiesAreThankedFor(pack: CompiledPack): void {
  const story = judge(pack, { part: 'shared' });
  const words = { words: '感谢您的反映', courtesy: 'thanks', approxCompletion: '2026-03-05T14:00:00+08:00' };
  for (const field of ['courtesy', 'approxCompletion'])
    expect(story.refused(who('qian'), 'inform', without(words, field)).field).toBe(field);
  story.take(who('qian'), 'inform', words);
  expect(pack.procedures.repair?.steps.inform?.fields.approxCompletion?.visible).toBe(true);
  expect(story.told('informed')).toEqual(['owner']);
}

/** For a legacy defect: an apology first. */
export function legacyIsApologisedFor(pack: CompiledPack): void {
  const story = judge(pack, { ...quality, cause: 'developerLegacy' });
  expect(story.refused(who('qian'), 'inform', without(apology, 'apologised')).field).toBe('apologised');
}

/** …and three things: about when the liable party is known, the telephone, and who follows up; the time is a promise. */
export function legacyTellsThreeThings(pack: CompiledPack): void {
  const story = judge(pack, { ...quality, cause: 'developerLegacy' });
  for (const field of ['feedbackBy', 'followUpPhone', 'followUpName'])
    expect(story.refused(who('qian'), 'inform', without(apology, field)).field).toBe(field);
  story.take(who('qian'), 'inform', apology);
  expect(story.clock('feedback').dueAt).toBe(at('2026-03-06 18:00'));
}

/** Registered 10:00, the team must know by 10:05:00; a second later its supervisor hears of it. */
export function theTeamIsToldInFiveMinutes(pack: CompiledPack, values: Values, telling: Values): void {
  const story = judge(pack, values).take(who('qian'), 'inform', telling);
  expect(story.clock('dispatching').dueAt).toBe(at(T0) + 300_000);
  story.until(at(T0) + 300_000);
  expect(story.clock('dispatching').breachedAt).toBeNull();
  story.until(at(T0) + 301_000);
  expect(story.told('clock.limit', story.clock('dispatching').clause)).toContain('莫班长');
  story.take(who('qian'), 'dispatch', { grade: 'minor', technician: 'tech' });
  expect(story.clock('dispatching').status).toBe('late');
  expect(story.told('dispatched')).toEqual(['田师傅']);
  expect(story.case.documents.map((paper) => paper.form)).toContain('workOrder');
}
export const told = {
  private: priceTold,
  legacy: apology,
  shared: { words: '感谢', courtesy: 'thanks', approxCompletion: '2026-03-05T14:00:00+08:00' },
};

/** An appointment replaces the quarter of an hour. */
export function anAppointmentCounts(pack: CompiledPack): void {
  const story = tapUpTo('informed', pack)
    .take(who('qian'), 'dispatch', { grade: 'minor', technician: 'tech', appointment: '2026-03-05T15:00:00+08:00' })
    .take(who('tech'), 'accept');
  expect(story.case.clocks.map((run) => run.clock)).not.toContain('arrival');
  expect(story.clock('appointment').dueAt).toBe(at('2026-03-05 15:00'));
  story.until('2026-03-05 14:55').take(who('tech'), 'arrive', { tools: true, how: 'byHand' });
  expect(story.clock('appointment').status).toBe('kept');
}

/** Out of warranty is reckoned from the handing over and the item; the ground of the finding must be given. */
export function warrantyIsReckoned(pack: CompiledPack): void {
  const story = reported(pack);
  const claim = { ...quality, cause: 'outOfWarranty' };
  expect(story.refused(who('qian'), 'judge', claim).code).toBe('judge.stillInWarranty');
  expect(story.refused(who('qian'), 'judge', without(claim, 'how')).field).toBe('how');
  expect(story.refused(who('qian'), 'judge', without(claim, 'cause')).field).toBe('cause');
  const old = { ...claim, deliveredAt: '2023-06-01T10:00:00+08:00' };
  expect(story.refused(who('qian'), 'judge', { ...old, warrantyItem: 'waterproof' }).code).toBe(
    'judge.stillInWarranty',
  );
  story.take(who('qian'), 'judge', old);
  expect(story.case).toMatchObject({ state: 'explaining', values: { branch: 'ownerLiable', payer: 'owner' } });
  const onSite = legacyUpTo('onSite', pack);
  const anew = { ...claim, how: 'onSite', findings: '业主改管所致' };
  expect(onSite.refused(who('tech'), 'reassess', anew).code).toBe('judge.stillInWarranty');
  onSite.take(who('tech'), 'reassess', { ...anew, cause: 'ownerCaused' });
  expect(onSite.case).toMatchObject({ state: 'explaining', values: { branch: 'ownerLiable' } });
}

const explanation = {
  basis: 'warranty',
  basisClause: '第二条',
  explanation: '已过保修期',
  accepts: true,
  wantsService: false,
};

/** The owner’s liability is explained with its ground and accepted, or it does not end there. */
export function theOwnerIsConvinced(pack: CompiledPack): void {
  const story = judge(pack, { ...quality, cause: 'ownerCaused' });
  for (const field of ['basis', 'basisClause', 'accepts'])
    expect(story.refused(who('qian'), 'explain', without(explanation, field)).field).toBe(field);
  story.take(who('qian'), 'explain', { ...without(explanation, 'wantsService'), accepts: false });
  expect(story.case.state).toBe('surveying');
  expect(story.told('explained')).toEqual(['owner']);
}

/** The owner may commission it: then it is a paid service, with the price told. */
export function itBecomesAPaidService(pack: CompiledPack): void {
  const story = judge(pack, { ...quality, cause: 'ownerCaused' });
  expect(story.refused(who('qian'), 'explain', { ...explanation, wantsService: true }).field).toBe('commission');
  story.take(who('qian'), 'explain', { ...explanation, wantsService: true, commission: ['letter-1'] });
  expect(story.case.state).toBe('judged');
  expect(story.refused(who('qian'), 'inform', { words: '委托维修' }).field).toBe('priceList');
}

/** Unclear: the owner is told, the site office leads a survey, and its conclusion changes the way. */
export function unclearIsSurveyed(pack: CompiledPack): void {
  const story = judge(pack, { ...quality, cause: 'unclear' });
  expect(story.told('survey')).toEqual(['owner', '丁主任']);
  expect(story.clock('survey')).toMatchObject({ status: 'running' });
  const survey = {
    ...quality,
    cause: 'developerLegacy',
    participants: ['管理处', '施工方'],
    surveyedAt: T0.replace(' ', 'T').concat(':00+08:00'),
    conclusion: '防水层开裂，属开发商遗留',
    signatures: ['record-1'],
  };
  for (const field of ['participants', 'surveyedAt', 'conclusion', 'signatures'])
    expect(story.refused(who('director'), 'survey', without(survey, field)).field).toBe(field);
  story.take(who('director'), 'survey', survey);
  expect(story.case).toMatchObject({ state: 'judged', values: { branch: 'developerLegacy' } });
  expect(story.clock('survey').status).toBe('kept');
}

/** A joint inspection names who was there and bears their signatures. */
export function jointInspectionIsSigned(pack: CompiledPack): void {
  const story = legacyUpTo('onSite', pack);
  const joint = { ...found, payer: 'fund', joint: true, participants: ['管理处', '施工方'], signatures: ['record-1'] };
  for (const field of ['participants', 'signatures'])
    expect(story.refused(who('tech'), 'inspect', without(joint, field)).field).toBe(field);
}

/** Inspection ends in a proposal and a liable unit. */
export function inspectionHasTwoFruits(pack: CompiledPack): void {
  const story = legacyUpTo('onSite', pack);
  for (const field of ['proposal', 'liable'])
    expect(story.refused(who('tech'), 'inspect', without(found, field)).field).toBe(field);
}

/** Plan, approximate time and what the owner should do are told before work begins. */
export function thePlanIsTold(pack: CompiledPack): void {
  const story = legacyUpTo('planTelling', pack).take(who('director'), 'arrange', {
    situation: 'contractor',
    contact: '已联系并督促',
  });
  const plan = { workPlan: '外墙重做防水', approxCompletion: '2026-03-12T18:00:00+08:00', cooperation: '请清空窗台' };
  expect(story.refused(who('tech'), 'complete', { result: '好', materials: ['无'], hours: 1 }).code).toBe(
    'step.notNow',
  );
  for (const field of Object.keys(plan))
    expect(story.refused(who('qian'), 'tellPlan', without(plan, field)).field).toBe(field);
  story.take(who('qian'), 'tellPlan', plan);
  expect(story.case.state).toBe('repairing');
  expect(story.told('workPlan')).toEqual(['owner']);
}

/** Urgent: the call counts, the order follows within a day, and until then the work cannot be handed back. */
export function urgentIsCalledFirst(pack: CompiledPack): void {
  const story = reported(pack, { ...tap, content: '水管爆裂' }).until('2026-03-05 10:03');
  expect(story.refused(who('qian'), 'callOut', { technician: 'tech', danger: '满屋是水' }).field).toBe('calledAt');
  story.take(who('qian'), 'callOut', { technician: 'tech', calledAt: '2026-03-05T10:02:00+08:00', danger: '满屋是水' });
  expect(story.case).toMatchObject({ state: 'accepted', values: { branch: 'urgent' } });
  expect(story.told('urgentCall')).toEqual(['田师傅', '莫班长']);
  expect(story.clock('arrival').dueAt).toBe(at('2026-03-05 10:17'));
  expect(story.clock('minorRepair')).toMatchObject({ dueAt: at('2026-03-06 10:02'), targetAt: at('2026-03-05 12:02') });
  story.until('2026-03-05 10:15').take(who('tech'), 'arrive', { tools: true, how: 'code' });
  expect(story.refused(who('tech'), 'inspect', { ...found, payer: 'fund' }).code).toBe('inspect.orderOwed');
  story.until(at('2026-03-06 10:02') + 1000);
  expect(story.told('clock.limit', story.clock('orderOwed').clause)).toContain('钱接待');
  story.take(who('qian'), 'fileOrder', { part: 'shared' });
  expect(story.clock('orderOwed').status).toBe('late');
  story.take(who('tech'), 'inspect', { ...found, payer: 'fund', expectedBy: '2026-03-06' });
  expect(story.case.state).toBe('repairing');
}

/** Commissioned: the letter, the price agreed, and in the end a receipt. */
export function commissionNeedsItsPapers(pack: CompiledPack): void {
  const story = judge(pack, { ...quality, cause: 'ownerCaused' })
    .take(who('qian'), 'explain', { ...without(explanation, 'wantsService'), wantsService: false })
    .until('2026-03-05 10:01');
  expect(story.refused(who('qian'), 'takeCommission').field).toBe('commission');
  story.take(who('qian'), 'takeCommission', { commission: ['letter-1'] });
  expect(story.refused(who('qian'), 'inform', without(priceTold, 'consent')).field).toBe('consent');
  story
    .take(who('qian'), 'inform', priceTold)
    .take(who('qian'), 'dispatch', { grade: 'minor', technician: 'tech' })
    .take(who('tech'), 'accept')
    .take(who('tech'), 'arrive', { tools: true, how: 'code' })
    .take(who('tech'), 'inspect', found)
    .take(who('tech'), 'complete', { result: '已修', materials: ['无'], hours: 1 })
    .sign(owner, 'workOrder', 'signOrder');
  expect(story.refused(who('tech'), 'charge', { amount: 80 }).field).toBe('receiptNumber');
  expect(story.refused(who('tech'), 'handBack').code).toBe('handBack.uncharged');
}

// What the rules about complaints from repairs come to, told under whichever pack carries them.
import { expect } from 'vitest';
import type { CompiledPack } from '#policy/compile.ts';
import { owner } from '../../../test/support/organisation.ts';
import { at } from '../../../test/support/story.ts';
import { without } from '../../../test/support/without.ts';
import {
  begin,
  endLinked,
  grievance,
  grievanceUpTo,
  largeClaim,
  met,
  reply,
  solution,
  talk,
  tapUpTo,
  who,
} from '../golden.ts';

const ordinary = (pack: CompiledPack) =>
  begin(pack).register(who('qian'), without(grievance, 'claimsDamages'), { matter: 'complaint' });
const settledSimply = {
  reception: '业主来访，情绪平稳',
  answer: '已说明原因',
  basis: 'warranty',
  basisClause: '第二条',
  aftermath: '已致歉并回访',
};

/** From a repair with one act, linked, with a cause of the list. */
export function aRepairBecomesAComplaint(pack: CompiledPack): void {
  const story = tapUpTo('repaired', pack);
  expect(story.refused(owner, 'toComplaint', { what: '没修好' }).field).toBe('cause');
  story.take(owner, 'toComplaint', { what: '没修好', cause: 'quality', dissatisfied: true });
  const opened = story.all('caseOpened').at(-1)?.data;
  expect(opened).toMatchObject({ procedure: 'complaint', relation: 'complaint', values: { cause: 'quality' } });
  expect(pack.taxonomies.cause?.terms).toHaveLength(5);
  const complaint = begin(pack).register(who('qian'), { ...opened?.values }, { matter: 'complaint' });
  expect(complaint.case.values).toMatchObject({ sourceCase: 'TS260301-0001', dissatisfied: true });
}

/** Whoever is liable, the complaint is taken and somebody of the house follows it up. */
export function everyComplaintIsTaken(pack: CompiledPack): void {
  const story = begin(pack).register(
    who('qian'),
    { ...grievance, content: '开发商遗留渗水', cause: 'warrantyPeriod' },
    { matter: 'complaint' },
  );
  expect(story.case).toMatchObject({ state: 'registered', duties: { caseOfficer: { id: 'qian' } } });
  const ends = Object.entries(pack.procedures.complaint?.steps ?? {}).filter(([, step]) => step.closes);
  for (const [name, step] of ends)
    expect(step.fields.outcome ?? step.fields.answer ?? step.fields.reason, name).toBeDefined();
}

/** The site director answers for every complaint. */
export function theDirectorAnswers(pack: CompiledPack): void {
  expect(ordinary(pack).case.duties.assignee?.id).toBe('director');
}

/** The centre settles an ordinary matter, with its record and aftermath; not one of the three kinds. */
export function ordinaryMattersAreSettled(pack: CompiledPack): void {
  const story = ordinary(pack);
  for (const field of ['reception', 'aftermath'])
    expect(story.refused(who('qian'), 'settleOrdinary', without(settledSimply, field)).field).toBe(field);
  story.take(who('qian'), 'settleOrdinary', settledSimply);
  expect(story.told('answered')).toEqual(['owner']);
  expect(story.case).toMatchObject({ state: 'closed', outcome: '已说明原因' });
  expect(grievanceUpTo('registered', pack).refused(who('qian'), 'settleOrdinary', settledSimply).code).toBe(
    'settle.triggered',
  );
}

/** Each of the three reasons brings the director at once; when he does not come, the next level hears. */
export function threeReasonsBringTheDirector(pack: CompiledPack): void {
  for (const reason of ['disputesLiability', 'claimsDamages', 'dissatisfied']) {
    const story = begin(pack).register(
      who('qian'),
      { ...without(grievance, 'claimsDamages'), [reason]: true },
      { matter: 'complaint' },
    );
    expect(story.told('callDirector'), reason).toEqual(['丁主任']);
    story.until('2026-03-05 12:01');
    expect(story.told('clock.limit', story.clock('directorOnSite').clause)).toContain('傅经理');
    story.take(who('director'), 'arriveOnScene', { where: '业主家中' });
    expect(story.clock('directorOnSite').status).toBe('late');
  }
  const later = ordinary(pack);
  expect(later.told('callDirector')).toEqual([]);
  expect(later.refused(who('qian'), 'callDirector').code).toBe('call.withoutTrigger');
  later.take(who('qian'), 'callDirector', { disputesLiability: true });
  expect(later.told('callDirector')).toEqual(['丁主任']);
  expect(later.clock('directorOnSite').status).toBe('running');
}

/** Without a meeting on record the complaint cannot be closed. */
export function theDirectorMeets(pack: CompiledPack): void {
  const story = grievanceUpTo('registered', pack);
  expect(story.refused(who('director'), 'conclude', { outcome: '已答复' }).code).toBe('step.notNow');
  story.until('2026-03-05 10:30').take(who('director'), 'arriveOnScene', { where: '业主家中' });
  expect(story.refused(who('director'), 'conclude', { outcome: '已答复' }).code).toBe('step.notNow');
  for (const field of ['metAt', 'where', 'participants', 'demands', 'answer'])
    expect(story.refused(who('director'), 'meet', without(met, field)).field).toBe(field);
  story.take(who('director'), 'meet', met).take(who('director'), 'conclude', { outcome: '业主接受' });
  expect(story.told('answered')).toEqual(['owner']);
  expect(story.case).toMatchObject({ state: 'closed', outcome: '业主接受' });
}

/** An answer without its grounds is not taken. */
export function answersHaveGrounds(pack: CompiledPack): void {
  const story = grievanceUpTo('registered', pack)
    .until('2026-03-05 10:30')
    .take(who('director'), 'arriveOnScene', { where: '业主家中' });
  for (const field of ['basis', 'basisClause'])
    expect(story.refused(who('director'), 'meet', without(met, field)).field).toBe(field);
  const simple = ordinary(pack);
  for (const field of ['basis', 'basisClause'])
    expect(simple.refused(who('qian'), 'settleOrdinary', without(settledSimply, field)).field).toBe(field);
}

/** The director promises nothing that the developer has not agreed to. */
export function nothingIsPromisedAlone(pack: CompiledPack): void {
  const story = grievanceUpTo('talking', pack);
  expect(story.refused(who('director'), 'meet', { ...met, offer: 100 }).code).toBe('meet.beyondAuthority');
  const asked = { leader: '李总', askedAt: '2026-03-05T10:29:00+08:00', amount: 500, agreed: true };
  story.take(who('director'), 'askByTelephone', asked);
  const promise = { amount: 501, answer: '赔付', basisClause: '第三条' };
  expect(story.refused(who('director'), 'promiseSmall', promise).code).toBe('promise.beyondConsent');
}

/** Small: asked by telephone, promised on the spot, confirmed by a sheet afterwards, and only then paid. */
export function smallByTelephone(pack: CompiledPack): void {
  const story = grievanceUpTo('talking', pack);
  const asked = { leader: '李总', askedAt: '2026-03-05T10:29:00+08:00', amount: 500, agreed: true };
  for (const field of Object.keys(asked))
    expect(story.refused(who('director'), 'askByTelephone', without(asked, field)).field).toBe(field);
  expect(story.refused(who('director'), 'askByTelephone', { ...asked, amount: 1001 }).code).toBe('telephone.tooLarge');
  story.take(who('director'), 'askByTelephone', asked);
  story.take(who('director'), 'promiseSmall', { amount: 500, answer: '赔付 500 元', basisClause: '第三条' });
  expect(story.all('caseOpened').at(-1)?.data).toMatchObject({ procedure: 'contactSheet', relation: 'sheet' });
  const paid = { sheetNumber: 'LX-1', outcome: '已赔付 500 元' };
  expect(story.refused(who('director'), 'settleSmall', paid).code).toBe('settle.withoutSheet');
  endLinked(story, 'sheet').take(who('director'), 'settleSmall', paid);
  expect(story.case.state).toBe('closed');
}

/** What was agreed by telephone is put in writing by its own limit; what nobody promised by then must be asked for again. */
export function telephoneNeedsWriting(pack: CompiledPack): void {
  const asked = { leader: '李总', askedAt: '2026-03-05T10:29:00+08:00', amount: 500, agreed: true };
  const lapsed = grievanceUpTo('talking', pack).take(who('director'), 'askByTelephone', asked);
  const limit = lapsed.clock('writtenConfirmation').dueAt;
  lapsed.until(limit + 60_000);
  expect(lapsed.case.state).toBe('talking');
  expect(lapsed.told('telephoneLapsed').length).toBeGreaterThan(0);
  expect(lapsed.refused(who('director'), 'promiseSmall', {}).code).toBe('step.notNow');
  expect(
    grievanceUpTo('talking', pack)
      .take(who('director'), 'askByTelephone', { ...asked, agreed: false })
      .case.clocks.some((run) => run.clock === 'writtenConfirmation'),
  ).toBe(false);
  const promised = grievanceUpTo('talking', pack).take(who('director'), 'askByTelephone', asked);
  promised.take(who('director'), 'promiseSmall', { amount: 500, answer: '赔付 500 元', basisClause: '第三条' });
  const paper = { sheetNumber: 'LX-1', confirmedBy: '李总' };
  expect(promised.refused(who('director'), 'confirmInWriting', paper).code).toBe('confirm.withoutSheet');
  endLinked(promised, 'sheet').take(who('director'), 'confirmInWriting', paper);
  expect(promised.clock('writtenConfirmation').status).toBe('kept');
  const late = grievanceUpTo('talking', pack).take(who('director'), 'askByTelephone', asked);
  late.take(who('director'), 'promiseSmall', { amount: 500, answer: '赔付 500 元', basisClause: '第三条' });
  late.until(limit + 60_000);
  expect(late.case.state).toBe('promised');
  expect(late.clock('writtenConfirmation').breachedAt).not.toBeNull();
}

/** Large: the owner is reassured and the next talk is agreed; what he would take stays inside. */
export function largeIsTalkedOver(pack: CompiledPack): void {
  const story = grievanceUpTo('talking', pack);
  for (const field of ['soothed', 'claimed', 'nextTalkAt'])
    expect(story.refused(who('director'), 'reportSheet', without(largeClaim, field)).field).toBe(field);
  story.take(who('director'), 'reportSheet', largeClaim);
  expect(story.clock('nextTalk').dueAt).toBe(at('2026-03-12 15:00'));
  expect(story.told('talkAgreed')).toEqual(['owner']);
  expect(pack.procedures.complaint?.steps.reportSheet?.fields.floor).toMatchObject({ visible: false });
}

/** The sheet goes to customer service, whose manager drafts; nobody drafts without it. */
export function theManagerDrafts(pack: CompiledPack): void {
  expect(grievanceUpTo('talking', pack).refused(who('service'), 'draftSolution', solution).code).toBe('step.notNow');
  const story = grievanceUpTo('reported', pack);
  expect(story.told('sheetReported')).toContain('傅经理');
  expect(story.refused(who('director'), 'draftSolution', solution).code).toBe('role.notYours');
  story.take(who('service'), 'draftSolution', solution);
  expect(story.case.state).toBe('drafted');
}

/** The general manager issues; the developer sends somebody or authorises an amount, within which the talks stay. */
export function theDeveloperAuthorises(pack: CompiledPack): void {
  const story = grievanceUpTo('drafted', pack);
  expect(story.refused(who('service'), 'issueSheet').code).toBe('role.notYours');
  expect(story.refused(who('service'), 'developerReply', reply).code).toBe('step.notNow');
  story.take(who('general'), 'issueSheet');
  expect(story.clock('developerReply').dueAt).toBe(at('2026-03-10 18:00'));
  for (const field of ['authorised', 'way', 'paper'])
    expect(story.refused(who('service'), 'developerReply', without(reply, field)).field).toBe(field);
  story.take(who('service'), 'developerReply', reply);
  expect(story.refused(who('director'), 'negotiate', { ...talk, offer: 6501 }).code).toBe('negotiate.beyondReply');
}

/** Who led and who spoke is on record: led by customer service, held by the site director or those above. */
export function talksHaveALeader(pack: CompiledPack): void {
  const story = grievanceUpTo('negotiating', pack);
  for (const field of ['lead', 'speaker'])
    expect(story.refused(who('director'), 'negotiate', without(talk, field)).field).toBe(field);
  expect(story.refused(who('qian'), 'negotiate', talk).code).toBe('role.notYours');
}

/** Before the developer’s answer there are no further talks, and beyond it no offer. */
export function talksStayWithinTheAnswer(pack: CompiledPack): void {
  expect(grievanceUpTo('issued', pack).refused(who('director'), 'negotiate', talk).code).toBe('step.notNow');
  expect(grievanceUpTo('negotiating', pack).refused(who('director'), 'negotiate', { ...talk, offer: 6501 }).code).toBe(
    'negotiate.beyondReply',
  );
}

/** Round after round, each with its conclusion, others joining, until there is a result. */
export function roundAfterRound(pack: CompiledPack): void {
  const story = grievanceUpTo('negotiating', pack);
  for (const field of ['talkedAt', 'participants', 'summary', 'result'])
    expect(story.refused(who('director'), 'negotiate', without(talk, field)).field).toBe(field);
  story
    .take(who('director'), 'negotiate', { ...talk, offer: 3000, result: 'again', summary: '业主要求 6000' })
    .take(who('service'), 'negotiate', {
      ...talk,
      speaker: 'general',
      participants: ['宗总', '开发商代表', '业主A'],
      result: 'again',
      offer: 5000,
    })
    .take(who('director'), 'negotiate', talk);
  expect(story.case.state).toBe('agreed');
  expect(story.case.entries.negotiate).toHaveLength(3);
}

/** Without the owner’s signature under the memo nothing is paid and nothing closed. */
export function theMemoIsSigned(pack: CompiledPack): void {
  const story = grievanceUpTo('agreed', pack);
  const paid = { amount: 6000, outcome: '已结算 6000 元' };
  expect(story.refused(who('director'), 'settle', paid).code).toBe('settle.withoutMemo');
  expect(story.refused(owner, 'signMemo').field).toBe('signature');
  story.sign(owner, 'settlementMemo', 'signMemo');
  expect(story.refused(who('director'), 'settle', { ...paid, amount: 6001 }).code).toBe('settle.beyondOffer');
  story.take(who('director'), 'settle', paid);
  expect(story.case).toMatchObject({ state: 'closed', outcome: '已结算 6000 元' });
}

/** Paid only against both papers: the memo and the developer’s signed sheet; a small one against its sheet. */
export function paidAgainstBothPapers(pack: CompiledPack): void {
  const paid = { amount: 6000, outcome: '已结算' };
  expect(grievanceUpTo('issued', pack).refused(who('director'), 'settle', paid).code).toBe('step.notNow');
  expect(grievanceUpTo('agreed', pack).refused(who('director'), 'settle', paid).code).toBe('settle.withoutMemo');
  const small = grievanceUpTo('talking', pack)
    .take(who('director'), 'askByTelephone', {
      leader: '李总',
      askedAt: '2026-03-05T10:29:00+08:00',
      amount: 500,
      agreed: true,
    })
    .take(who('director'), 'promiseSmall', { amount: 500, answer: '赔付 500 元', basisClause: '第三条' });
  const sheet = { sheetNumber: 'LX-1', outcome: '已赔付' };
  expect(small.refused(who('director'), 'settleSmall', sheet).code).toBe('settle.withoutSheet');
}

import type { Values } from '#case/event.ts';
import * as one from '../../../packs/s1/golden.ts';
import * as two from '../../../packs/s2/golden.ts';
import * as three from '../../../packs/s3/golden.ts';
import * as four from '../../../packs/s4/golden.ts';
import * as five from '../../../packs/s5/golden.ts';
import * as eight from '../../../packs/s8/golden.ts';
import { actor as nineActor } from '../../../packs/s9/company.ts';
import * as nine from '../../../packs/s9/golden.ts';
import { clockwork, owner, actor as s1actor } from '../../support/organisation.ts';
import { Story } from '../../support/story.ts';
import type { Tale } from '../../support/tale.ts';

function notSignedByTheOwner(): Tale {
  const witnessed = one.greenBeltUpTo('awaitingSignature');
  const form = witnessed.signature('registerForm');
  const stands = { ...form, attachment: null };
  witnessed.refused(one.li, 'sign', { signature: { ...stands, method: 'witness' } });
  witnessed.take(one.li, 'sign', {
    signature: { ...stands, method: 'witness', witness: '居委会 刘主任', reason: '业主在外地，电话确认满意' },
  });
  const electronic = one.greenBeltUpTo('awaitingSignature');
  electronic.take(one.li, 'sign', {
    signature: { ...electronic.signature('registerForm'), method: 'electronic', attachment: null },
  });
  const delivered = one.greenBeltUpTo('awaitingSignature');
  delivered.take(one.li, 'sign', { signature: { ...delivered.signature('registerForm'), method: 'delivery' } });
  return [witnessed, electronic, delivered];
}

function putOff(): Tale {
  const complaint = one.greenBeltUpTo('dispatched').take(owner, 'reportShirking', { what: '互相推，没人来' });
  const lead = complaint.opened('discipline');
  lead.refused(s1actor('general'), 'sanction', { sanction: 'warning', reason: '属实' });
  lead
    .take(s1actor('quality'), 'verify', { finding: 'upheld', grounds: '三次改期未到' })
    .take(s1actor('general'), 'sanction', { sanction: 'warning', reason: '推诿属实' })
    .report();
  complaint.take(s1actor('zhou'), 'supervise', { note: '今天必须到场' });
  return [complaint, lead];
}

function ownersForum(): Tale {
  const forum = new Story(one.pack, '2026-03-10 09:00').register(
    one.li,
    { subject: '一季度座谈会' },
    { matter: 'forum', channel: 'other' },
  );
  forum.until('2026-03-11 10:00').take(one.zhou, 'hold', {
    heldOn: '2026-03-10',
    participants: ['业主A', '业主B'],
    topics: ['绿化'],
    opinions: ['多种花', '路灯太暗'],
  });
  const raised = { contactName: '业主B', contactPhone: '13900005678', place: '5 号楼' };
  forum.take(one.li, 'raise', { ...raised, kind: 'complaint', opinion: '路灯太暗', category: 'facility/lighting' });
  forum.refused(one.li, 'finish', { conclusion: '完' });
  forum.take(one.li, 'raise', { ...raised, kind: 'suggestion', opinion: '多种花' });
  const idea = forum.opened('suggestion');
  idea.take(one.li, 'reply', { answer: '春季补种', adopted: 'adopted' }).take(one.li, 'archive').report();
  forum.take(one.li, 'finish', { conclusion: '两条意见均已转办' });
  return [forum, idea];
}

function severalDepartments(): Tale {
  const helper = two.actor('security-head');
  const lamp = two
    .lampUpTo('toDispatch')
    .take(two.xu, 'dispatch', { ...two.order, crossUnit: true, lead: 'engineering', checklist: [] })
    .take(two.chen, 'accept', two.yes);
  lamp.refused(two.chen, 'complete', two.finished);
  lamp.take(two.chen, 'askAssistance', {
    unit: 'security',
    helper: 'security-head',
    task: '夜间围挡',
    dueOn: '2026-03-08',
  });
  lamp.refused(two.chen, 'complete', two.finished);
  const help = lamp.opened('assistance').take(helper, 'confirm').take(helper, 'finish', { result: '已围挡' }).report();
  lamp.take(two.chen, 'complete', two.finished);
  return [lamp, help];
}

const unverified = { urgency: 'normal', category: 'repairs/lighting', verify: false };

function majorMatter(): Tale {
  const lamp = two
    .lampUpTo('registered')
    .take(two.xu, 'triage', unverified)
    .take(two.xu, 'assess', { grounds: '线路老化', class: 'major' });
  lamp.refused(two.head, 'fixPlan', { measures: ['换灯杆'], division: '工程部施工' });
  lamp
    .take(two.xu, 'recordSeminar', { participants: ['周经理', '吴主任'], judgement: '线路老化' })
    .take(two.head, 'fixPlan', { measures: ['更换全部灯杆'], division: '工程部施工，秩序部围挡' })
    .take(two.xu, 'dispatch', two.order);
  const small = two.lampUpTo('registered').take(two.guard, 'resolveAtOnce', {
    category: 'customerService',
    answer: '当场告知',
    basis: '管理办法',
    agreed: true,
  });
  const elsewhere = two
    .lampUpTo('verifying')
    .take(two.chen, 'verify', { verdict: 'outOfScope', findings: '市政路灯', referredTo: '路灯管理所' })
    .take(two.xu, 'answerWithoutHandling', { answer: '属市政，请拨路灯管理所', basis: '管理范围图' });
  return [lamp, small, elsewhere];
}

function moreTimeAndOnceMore(): Tale {
  const wanted = { until: '2026-03-13', reason: '灯头缺货' };
  const longer = two.lampUpTo('handling').take(two.chen, 'applyExtension', wanted);
  longer.refused(two.xu, 'grantExtension', { expectedBy: '2026-03-14' });
  longer.take(two.xu, 'grantExtension', { expectedBy: '2026-03-12' });
  const late = two.lampUpTo('handling').until('2026-03-11 00:01');
  late.refused(two.chen, 'applyExtension', wanted);
  const again = two.lampUpTo('resultTold').take(two.customer, 'dissatisfied', { reason: '又不亮了' });
  again.take(two.xu, 'takeUpAgain', { back: 'verify', verifier: 'wu', reason: '换人核实' });
  const silent = two.lampUpTo('resultTold');
  silent.refused(two.xu, 'noReply', { tried: '两次未接' });
  silent.until('2026-03-17 00:01').take(two.xu, 'noReply', { tried: '两次未接' });
  return [longer, late, again, silent];
}

function praise(): Tale {
  const thanks: Values = {
    contactName: '业主乙',
    contactPhone: '13800009999',
    content: '陈工修得又快又好',
    praised: 'chen',
  };
  const said = two.begin().register(two.tang, thanks, { matter: 'compliment', channel: 'counter' });
  said.take(two.xu, 'convey', { conveyedTo: '陈工', incentive: true }).take(two.xu, 'archive');
  const matters = ['opinion', 'suggestion', 'enquiry'].map((matter) =>
    two.begin().register(two.tang, two.lamp, { matter, channel: 'counter' }),
  );
  const aside = two.begin().register(two.tang, { ...two.lamp, complainedOf: 'chen' }, { channel: 'counter' });
  aside.refused(two.xu, 'triage', two.triaged);
  return [said, ...matters, aside];
}

function ownCause(): Tale {
  const words = { explanation: '裂缝由拆改引起', how: 'oral', view: 'rejected', words: '不认可' };
  const wall = three.begin().register(three.mei, three.crack, { channel: 'hotline' });
  wall
    .take(three.mei, 'divide', three.customers)
    .take(three.song, 'confirmCause', { opinion: '属实' })
    .take(three.mei, 'explain', words)
    .take(three.mei, 'draftSolution', {
      solution: ['各担一半'],
      feedbackOn: '2026-03-12',
      completeBy: '2026-03-20',
      signed: true,
    })
    .take(three.song, 'signSolution', { signed: true });
  const denied = three.begin().register(three.mei, three.crack, { channel: 'hotline' });
  denied.take(three.mei, 'divide', three.customers).take(three.song, 'denyCause', { reason: '保修期内，属我方' });
  return [wall, denied];
}

function levelByLevel(): Tale {
  const hard = three.crackUpTo('withManager');
  hard.refused(three.song, 'escalate', { to: 'general', reason: '重大' });
  hard
    .take(three.song, 'escalate', { to: 'deputy', reason: '涉及设计变更' })
    .take(three.deputy, 'escalateFurther', { reason: '超出权限' })
    .take(three.general, 'rule', three.decision);
  const ordered = three.crackUpTo('implementing').take(three.song, 'orderRectification', {
    unit: 'engineering',
    responsible: 'luo',
    demand: '规范抹灰工艺',
    dueOn: '2026-03-16',
  });
  ordered.refused(three.qian, 'enterResult', { result: '已修复', occurrence: 1 });
  const luo = three.actor('luo');
  const task = ordered.opened('rectification').take(luo, 'carryOut', { measures: '已培训', proof: ['photo-1'] });
  task.take(three.qian, 'verify', { finding: '属实' }).report();
  ordered.take(three.qian, 'enterResult', { result: '已修复', occurrence: 1 });
  return [hard, ordered, task];
}

function memorial(): Tale {
  const sheet = four.upTo('decided');
  sheet.refused(four.manager, 'reviseLiability', { liability: '李签字 50%' });
  sheet.take(four.manager, 'raiseObjection', { objector: 'signer', what: '举升机停用', request: '减责' });
  const paper = sheet.opened('objection');
  paper.refused(four.manager, 'decide', { finding: 'upheld', instruction: '成立' });
  paper.take(four.manager, 'decide', { finding: 'upheld', instruction: '成立', liability: '各半' }).report();
  sheet.take(four.manager, 'reviseLiability', { liability: '各半' });
  const silent = four.upTo('told');
  silent.refused(four.senior, 'noAnswer', { tried: '三次电话' });
  silent
    .until(silent.clock('customerReply').dueAt + 60_000)
    .take(four.senior, 'noAnswer', { tried: '三次电话、一封挂号信' });
  return [sheet, paper, silent];
}

function putRightTooLate(): Tale {
  const order = five.rectification().until('2026-03-11 09:00').take(five.cook, 'writeStatement', { statement: '改' });
  order
    .sign(five.cook, 'statement', 'signStatement', '邹师傅')
    .take(five.cook, 'carryOut', { done: '已改' })
    .take(five.group, 'verify', { opinion: '已改但超期' });
  const end = order.opened('dismissal');
  end.take(five.actor('principal'), 'approve', { decision: '同意' });
  end.take(five.actor('it'), 'accountClosed', { closed: true }).report();
  return [order, end];
}

function lettersAndRounds(): Tale {
  const box = five.at5().register(five.opener, {}, { matter: 'letterbox', channel: 'other' });
  box.refused(five.opener, 'record', { count: 2, letters: ['一封'] });
  box.take(five.opener, 'record', { count: 0 });
  const unproved = { finding: 'notVerified', facts: '未见', accountability: 'notNeeded' };
  const letter = five
    .upTo('analysed')
    .take(five.group, 'study', unproved)
    .take(five.group, 'answer', { opinion: '没有发现异物', how: 'direct' });
  const officer = (): ReturnType<typeof five.actor> => five.actor(letter.case.duties.caseOfficer?.id ?? '');
  for (const round of [1, 2]) {
    letter
      .take(owner, 'dissatisfied', { reason: '还有异物' })
      .take(five.group, 'analyse', { analysis: '再分析' })
      .take(five.group, 'study', unproved)
      .take(five.group, 'answer', { opinion: '再次答复', how: 'direct' });
    if (round === 1) letter.refused(officer(), 'askTermination', { reason: '无法满意' });
  }
  letter.take(officer(), 'askTermination', { reason: '无法满意' });
  letter.take(five.leader, 'terminate', { reason: '终止', consent: ['c'] });
  return [box, letter];
}

function appealAndFastLane(): Tale {
  const { officer, serviceHead } = eight;
  const denied = eight.recordedWith({});
  denied
    .take(officer(denied), 'judge', eight.notUpheld)
    .take(serviceHead, 'confirmFinding', { opinion: '可' })
    .take(officer(denied), 'explain', { explanation: '合同约定由学员自理', how: 'phone' })
    .take(owner, 'appeal', { reason: '这是公共电梯' })
    .take(officer(denied), 'judge', eight.upheld);
  const quick = eight.recordedWith({ category: 'other' });
  quick.take(officer(quick), 'judge', { ...eight.upheld, ourFault: false });
  quick
    .take(officer(quick), 'fastLane', { reason: '换个灯泡即可' })
    .take(officer(quick), 'implement', { outcome: '已换' });
  const major = eight.recordedWith({});
  major
    .take(officer(major), 'judge', { ...eight.upheld, severeHarm: true })
    .take(officer(major), 'assign', { unit: 'engineering', assistingUnit: 'security', assignee: 'lift' })
    .take(eight.technician, 'analyse', { cause: 'equipment/lift', analysis: '门机' })
    .take(eight.technician, 'propose', eight.proposal);
  major.refused(eight.leader, 'instruct', eight.agreed);
  major.take(eight.director, 'instructMajor', eight.agreed);
  return [denied, quick, major];
}

function silenceAndMediation(): Tale {
  const silent = nine.liftUpTo('officerConfirmed').until('2026-03-13 09:00');
  silent
    .take(nine.officer, 'callBack', { reached: false, record: '三次无人接听' })
    .take(nine.analyst, 'analyse', nine.analysis)
    .take(nine.officer, 'close');
  const mediator = { kind: 'outside', personId: null, name: '街道调解委员会', posts: ['mediator'] } as const;
  const apart = nine
    .liftUpTo('responded')
    .take(nine.manager, 'mediate', { agency: '街道调解委员会', request: '噪声补偿分歧' });
  apart.until('2026-03-10 10:20').take(mediator, 'recordMediation', { agreed: true, result: '更换曳引机' });
  const court = nine.liftUpTo('responded').take(nineActor('legal'), 'sue', { docket: '区法院（2026）民初 12 号' });
  court.take(nineActor('legal'), 'endLitigation', { ruling: '判令 30 日内修复，已履行' });
  const double = nine
    .liftUpTo('accepted')
    .take(nine.officer, 'merge', { mainCase: 'TS260305-0001', grounds: '同一部电梯' });
  return [silent, apart, court, double];
}

function improvementProved(): Tale {
  const complaint = nine.liftUpTo('closed');
  const head = nineActor('engineering-head');
  const better = complaint.opened('improvement').until('2026-03-10 09:00');
  better.take(head, 'carryOut', { done: '导靴已改为季度更换' }).take(nine.analyst, 'compare', { days: 30 });
  // The program draws up the figures by itself.
  better.take(clockwork, 'recordComparison', { figures: {} }).until('2026-03-11 09:00');
  better
    .take(nine.analyst, 'check', { finding: '同类投诉减少' })
    .take(nine.manager, 'act', { standard: '写入保养规程' });
  return [complaint, better];
}

/** Abilities that the other procedures need and their worked cases and breaches leave out, each by its tale. */
export const OTHERS = {
  'a satisfied owner does not sign: witness, electronic confirmation or delivery stands in (S1)': notSignedByTheOwner,
  'an owner is put off: verified and sanctioned in a case of its own (S1)': putOff,
  'every opinion of the owners’ forum becomes a case (S1)': ownersForum,
  'several departments: one leads, and waits for those who help (S2)': severalDepartments,
  'a major matter needs a meeting and a plan; small and foreign ones end at once (S2)': majorMatter,
  'more time only before the limit; not satisfied, taken up again; silent, visited (S2)': moreTimeAndOnceMore,
  'five kinds of matter, praise passed on, and whoever is complained of stays out (S2)': praise,
  'the customer’s own cause is confirmed by a manager, or denied (S3)': ownCause,
  'passed up level by level, and a department ordered to put things right (S3)': levelByLevel,
  'an objection inside the house changes the liability; a customer who stays silent (S4)': memorial,
  'put right too late: no further employment is proposed, decided, and the account closed (S5)': putRightTooLate,
  'an empty letterbox is recorded too; a third round may be ended with consent (S5)': lettersAndRounds,
  'an appeal, a fast lane, and a major matter for the director (S8)': appealAndFastLane,
  'an improvement drawn from a complaint is carried out, compared and made the standard (S9)': improvementProved,
  'silence counts after seven days; mediated by an outside body, decided by a court, merged (S9)': silenceAndMediation,
} satisfies { [title: string]: () => Tale };

import * as six from '../../../packs/s6/golden.ts';
import { owner } from '../../support/organisation.ts';
import { packFrom, type Story } from '../../support/story.ts';
import type { Tale } from '../../support/tale.ts';

const s6 = await packFrom('s6');
const { who } = six;

/** Agreed by the developer by telephone, half an hour after the owner came. */
const asked = { leader: '李总', askedAt: '2026-03-05T10:29:00+08:00', amount: 500, agreed: true };
const promised = { amount: 500, answer: '赔付 500 元', basisClause: '第三条' };
const REPLY_BY = '2026-03-10T18:00:00+08:00';

/** A contact sheet on its way: site director, customer service, general manager. */
const sheetIssued = (sheet: Story): Story =>
  sheet
    .take(who('director'), 'signAsDirector')
    .take(who('service'), 'review', { way: 'single', replyBy: REPLY_BY })
    .take(who('general'), 'issue');
const developer = { kind: 'outside', personId: null, name: '开发商李总', posts: ['developer'] } as const;

/** Agreed by telephone, put on a contact sheet that the developer answers by his link, and only then paid. */
export function telephoneConfirmed(): Tale {
  const claim = six.grievanceUpTo('talking', s6).take(who('director'), 'askByTelephone', asked);
  claim.refused(who('director'), 'promiseSmall', { ...promised, amount: 501 });
  claim.take(who('director'), 'promiseSmall', promised);
  const paper = { sheetNumber: 'LX-1', confirmedBy: '李总' };
  claim.refused(who('director'), 'confirmInWriting', paper);
  const sheet = sheetIssued(claim.opened('contactSheet'));
  sheet.take(developer, 'reply', { opinion: '同意赔付', authorised: 500, paper: ['p'] }).report();
  claim.take(who('director'), 'confirmInWriting', paper);
  claim.take(who('director'), 'settleSmall', { sheetNumber: 'LX-1', outcome: '已赔付 500 元' });
  return [claim, sheet];
}

/** Agreed by telephone, and nothing in writing before its limit. */
export function telephoneLapsed(): Tale {
  const claim = six.grievanceUpTo('talking', s6).take(who('director'), 'askByTelephone', asked);
  claim.until(claim.clock('writtenConfirmation').dueAt + 60_000);
  claim.refused(who('director'), 'promiseSmall', promised);
  return [claim];
}

function roundAfterRound(): Tale {
  const again = { ...six.talk, result: 'again' };
  const claim = six
    .grievanceUpTo('negotiating', s6)
    .take(who('director'), 'negotiate', { ...again, offer: 3000, summary: '业主要求 6000' });
  claim.refused(who('director'), 'negotiate', { ...six.talk, offer: 6501 });
  claim
    .take(who('service'), 'negotiate', { ...again, offer: 5000, participants: ['宗总', '开发商代表', '业主A'] })
    .take(who('director'), 'negotiate', six.talk);
  claim.refused(who('director'), 'settle', { amount: 6000, outcome: '已结算' });
  claim.sign(owner, 'settlementMemo', 'signMemo');
  claim.refused(who('director'), 'settle', { amount: 6001, outcome: '已结算' });
  claim.take(who('director'), 'settle', { amount: 6000, outcome: '已结算' });
  return [claim];
}

function repeatVisit(): Tale {
  const first = six
    .tapUpTo('signed', s6)
    .take(who('tech'), 'charge', { amount: 80, receiptNumber: '0001236' })
    .take(who('tech'), 'handBack')
    .until('2026-03-06 10:00')
    .take(who('east'), 'visit', { ...six.visited, result: 'fail', opinion: '仍然漏水' });
  first.refused(who('qian'), 'confirmRework');
  const again = first
    .opened('repair')
    .take(who('qian'), 'judge', { part: 'private' })
    .take(who('qian'), 'inform', six.priceTold)
    .take(who('qian'), 'dispatch', { grade: 'minor', technician: 'tech' })
    .take(who('tech'), 'accept')
    .take(who('tech'), 'arrive', { tools: true, how: 'code' })
    .take(who('tech'), 'inspect', { ...six.found, payer: 'fund', expectedBy: '2026-03-06' })
    .take(who('tech'), 'complete', six.done)
    .take(who('tech'), 'handBack')
    .until('2026-03-06 12:00')
    .take(who('east'), 'visit', six.visited)
    .take(who('qian'), 'archive')
    .report();
  first.take(who('qian'), 'confirmRework').take(who('east'), 'visit', six.visited);
  return [first, again];
}

function sentAwayAndBack(): Tale {
  const order = six.tapUpTo('informed', s6).take(who('qian'), 'dispatch', { grade: 'parts', technician: 'tech' });
  order
    .take(who('tech'), 'accept')
    .take(who('qian'), 'explainLarge', { explanation: '需外地采购配件', approxCompletion: '2026-03-12T18:00:00+08:00' })
    .take(who('tech'), 'arrive', { tools: true, how: 'code' })
    .take(who('tech'), 'inspect', { ...six.found, expectedBy: '2026-03-12' })
    .take(who('tech'), 'submitPlan', { reason: '等配件', milestones: ['到货', '更换'], completeBy: '2026-03-12' });
  order.refused(who('director'), 'approveAsDirector');
  order
    .take(who('engineer'), 'approveAsEngineer')
    .take(who('director'), 'returnPlan', { reason: '请写明材料' })
    .take(who('tech'), 'submitPlan', {
      reason: '等配件',
      milestones: ['更换'],
      materials: ['阀芯'],
      completeBy: '2026-03-12',
    })
    .take(who('engineer'), 'approveAsEngineer')
    .take(who('director'), 'approveAsDirector')
    .until('2026-03-06 09:00')
    .take(who('tech'), 'logProgress', { today: '配件已发货' })
    .take(who('mo'), 'regrade', { grade: 'general', reason: '配件提前到货' });
  return [order];
}

function helpFromElsewhere(): Tale {
  const order = six.tapUpTo('repairing', s6).take(who('tech'), 'askHelp', {
    whom: 'engineering',
    request: '暗管定位',
    answerBy: '2026-03-05T16:00:00+08:00',
  });
  const help = order.opened('assistance');
  help.refused(who('tech'), 'answer', { answer: '自己处理' });
  help.until('2026-03-05 16:01').take(who('engineer'), 'answer', { answer: '已派仪器' }).report();
  return [order, help];
}

function urgentCall(): Tale {
  const burst = six.reported(s6, { ...six.tap, content: '水管爆裂' }).until('2026-03-05 10:03');
  burst
    .take(who('qian'), 'callOut', { technician: 'tech', calledAt: '2026-03-05T10:02:00+08:00', danger: '满屋是水' })
    .until('2026-03-05 10:15')
    .take(who('tech'), 'arrive', { tools: true, how: 'code' });
  burst.refused(who('tech'), 'inspect', { ...six.found, payer: 'fund' });
  burst.take(who('qian'), 'fileOrder', { part: 'shared' });
  burst.take(who('tech'), 'inspect', { ...six.found, payer: 'fund' });
  return [burst];
}

function whoIsLiable(): Tale {
  const unclear = six.reported(s6).take(who('qian'), 'judge', { ...six.quality, cause: 'unclear' });
  unclear.take(who('director'), 'survey', {
    ...six.quality,
    cause: 'developerLegacy',
    participants: ['管理处', '施工方'],
    surveyedAt: '2026-03-05T10:00:00+08:00',
    conclusion: '防水层开裂，属开发商遗留',
    signatures: ['record-1'],
  });
  const own = six.reported(s6);
  own.refused(who('qian'), 'judge', { ...six.quality, cause: 'outOfWarranty' });
  own.take(who('qian'), 'judge', { ...six.quality, cause: 'ownerCaused' }).take(who('qian'), 'explain', {
    basis: 'covenant',
    basisClause: '第八条',
    explanation: '装修破坏防水',
    accepts: true,
    wantsService: false,
  });
  own.refused(who('qian'), 'finishOwnerWork', { result: '已修' });
  own
    .take(who('qian'), 'siteRecord', { kind: 'supervision', note: '到场监管' })
    .take(who('qian'), 'siteRecord', { kind: 'liaison', note: '协调楼下' })
    .take(who('qian'), 'finishOwnerWork', { result: '已修' });
  return [unclear, own];
}

function sheetsOfBothEstates(): Tale {
  const sheet = { content: '外墙渗水', forRepair: true, sourceCase: 'WX260305-0001' };
  const draw = (estateKind: string): Story =>
    six.begin(s6).register(who('qian'), { ...sheet, estateKind }, { matter: 'contactSheet' });
  const affiliated = draw('affiliated');
  affiliated.refused(who('service'), 'review', { way: 'single', replyBy: REPLY_BY });
  sheetIssued(affiliated).take(developer, 'refuse', { opinion: '金额过高' });
  affiliated.take(who('director'), 'drawAgain', { content: '外墙渗水，金额已核减' });
  const other = draw('thirdParty').take(who('service'), 'review', { way: 'single', replyBy: REPLY_BY });
  other.take(who('general'), 'issue').until('2026-03-10 18:01').take(who('service'), 'remind', { how: '电话催复' });
  const joined = draw('affiliated')
    .take(who('director'), 'signAsDirector')
    .take(who('service'), 'review', { way: 'collected', replyBy: REPLY_BY });
  joined.take(who('service'), 'answeredCollectively', { sheetNumber: 'LX-9', opinion: '同意', paper: ['p'] });
  return [affiliated, other, joined];
}

function logOfTheDay(): Tale {
  const log = six.begin(s6).register(who('mo'), {}, { matter: 'dailyLog' });
  log.take(who('mo'), 'closeDay', { done: ['厨房水龙头'], unfinished: ['楼道灯'] }).until('2026-03-06 09:00');
  log.refused(who('qian'), 'compare');
  log.take(who('tech'), 'explainItem', { item: '楼道灯', why: '灯具缺货' }).take(who('qian'), 'compare');
  log.take(who('mo'), 'confirm', { outcome: '已核对' });
  const item = log.opened('openItem').take(who('tech'), 'finish', { result: '已换灯' }).report();
  return [log, item];
}

function hazardNobodyRemoves(): Tale {
  const hazard = six
    .begin(s6)
    .register(who('tech'), { danger: '外墙瓷砖松动', place: six.tap.place ?? null }, { matter: 'hazard' });
  hazard.refused(who('director'), 'repairInstead', { result: '已加固', cost: 3000 });
  hazard
    .take(who('director'), 'tellLiable', { liable: '业主B', deadline: '2026-03-08', notice: ['n'] })
    .take(who('director'), 'coordinate', { record: '多次协调' })
    .take(who('director'), 'decideAsOwners', { agreed: true, paper: ['p'] })
    .take(who('director'), 'repairInstead', { result: '已加固', cost: 3000 })
    .take(who('director'), 'recover', { outcome: '费用已追回' });
  return [hazard];
}

/** Abilities that the procedure of repairs needs and its worked case and breach leave out, each by its tale. */
export const REPAIRS = {
  'agreed by telephone, confirmed in writing by the developer’s own answer, and only then paid (S6)':
    telephoneConfirmed,
  'agreed by telephone, not confirmed in time: it lapses and must be asked for again (S6)': telephoneLapsed,
  'round after round within what the developer allows, then the memo, then the money (S6)': roundAfterRound,
  'a repair that failed is repaired again by a case of its own, and only then is the first one done (S6)': repeatVisit,
  'parts from elsewhere: explained, a plan approved by one after the other, returned once, another grade (S6)':
    sentAwayAndBack,
  'help from engineering is answered late, and only by engineering (S6)': helpFromElsewhere,
  'a burst pipe: called first, the order afterwards, and no inspection without it (S6)': urgentCall,
  'who is liable: surveyed jointly, or caused by the owner, whose work is watched (S6)': whoIsLiable,
  'contact sheets of both kinds of estate: refused, reminded, collected and answered as one (S6)': sheetsOfBothEstates,
  'the log of the day is closed, explained and compared on the next (S6)': logOfTheDay,
  'a hazard that nobody removes goes step by step (S6)': hazardNobodyRemoves,
} satisfies { [title: string]: () => Tale };

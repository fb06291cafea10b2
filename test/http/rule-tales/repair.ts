import type { Values } from '#case/event.ts';
import type { CompiledPack } from '#policy/compile.ts';
import {
  done,
  found,
  grievanceUpTo,
  legacyUpTo,
  reported,
  talk,
  tapUpTo,
  visited,
  who,
} from '../../../packs/s6/golden.ts';
import * as complaint from '../../../packs/s6/shown/complaint.ts';
import * as parties from '../../../packs/s6/shown/parties.ts';
import * as reception from '../../../packs/s6/shown/reception.ts';
import * as work from '../../../packs/s6/shown/work.ts';
import { storiesOf } from '../../support/story.ts';
import type { Tale } from '../../support/tale.ts';

/** What a rule about who does what, and where a matter goes, comes to: rule of S6, of S7, and the tale. */
export type RepairRule = readonly [s6: string, s7: string, sentence: string, tell: (pack: CompiledPack) => Tale];

const shown =
  (tell: (pack: CompiledPack) => void) =>
  (pack: CompiledPack): Tale =>
    storiesOf(() => tell(pack));
const situation = (name: string, fields: string[]) => shown((pack) => parties.situationNeeds(pack, name, fields));

export const repairRules: readonly RepairRule[] = [
  ['S6-04', 'as in S6', 'inside and outside liability are told apart, from a fixed list', insideAndOutside],
  ['S6-07', 'as in S6', 'every report has a named person from its first moment', (pack) => [reported(pack)]],
  [
    'S6-09 S6-10',
    'S7-07 S7-08',
    'site office, customer service and supervision centre hear in turn what nobody answered',
    shown(reception.threeLevelsHear),
  ],
  [
    'S6-11',
    'S7-09',
    'only the repair team is sent, and its supervisor hears when it is late',
    shown(work.theRepairTeamIsSent),
  ],
  ['S6-12', 'S7-10', 'the engineering department, when asked, answers itself and in time', engineersAnswer],
  [
    'S6-17',
    'S7-15',
    'each finding leads its own way; before one nobody is sent',
    shown(reception.liabilityDecidesTheWay),
  ],
  [
    'S6-23',
    'S7-21',
    'out of warranty is reckoned from the handing over and the item',
    shown(reception.warrantyIsReckoned),
  ],
  [
    'S6-26',
    'S7-24',
    'what the owner bears may become a paid service, with the price told',
    shown(reception.itBecomesAPaidService),
  ],
  ['S6-30', 'S7-28', 'a joint inspection names who was there and bears their signatures', jointInspection],
  ['S6-44', 'S7-42', 'the team’s own work is completed with materials, hours and result', ownWork],
  ['S6-45', 'S7-43', 'a warrantor is contacted on record and with a time to answer', warrantorIsAsked],
  [
    'S6-49',
    'S7-47',
    'own repair: both dates, the warrantor’s refusal, the developer’s request',
    situation('own', ['warrantyEndedOn', 'deliveryWarrantyUntil', 'refusal', 'request']),
  ],
  ['S6-50', 'S7-48', 'the contractor is called and urged, on record', situation('contractor', ['contact'])],
  [
    'S6-51',
    'S7-49',
    'the developer arranges: report and management of the site',
    situation('developer', ['report', 'siteManagement']),
  ],
  ['S6-56', 'S7-54', 'another developer’s estate: supervision, liaison and feedback on record', threeKindsOfRecord],
  [
    'S6-58',
    'S7-56',
    'the owner repairs himself: coordination and supervision on record',
    shown(parties.ownerWorkIsWatched),
  ],
  ['S6-91', 'S7-89', 'who led and who spoke is on record', talksHaveALeader],
];

function insideAndOutside(pack: CompiledPack): Tale {
  return storiesOf(() => {
    reception.insideAndOutsideAreTold(pack);
    const outside = { ...found, liable: 'outside/warrantor', payer: 'fund', outsideContact: '保修单位 3 月 6 日到场' };
    for (const values of [found, outside]) tapUpTo('onSite', pack).take(who('tech'), 'inspect', values);
  });
}

function engineersAnswer(pack: CompiledPack): Tale {
  const order = tapUpTo('repairing', pack).take(who('tech'), 'askHelp', {
    whom: 'engineering',
    request: '暗管定位',
    answerBy: '2026-03-05T16:00:00+08:00',
  });
  const help = order.opened('assistance');
  help.refused(who('tech'), 'answer', { answer: '自己处理' });
  help.until('2026-03-05 16:01').take(who('engineer'), 'answer', { answer: '已派仪器' }).report();
  return [order, help];
}

function jointInspection(pack: CompiledPack): Tale {
  const joint = { ...found, payer: 'fund', joint: true, participants: ['管理处', '施工方'], signatures: ['record-1'] };
  return storiesOf(() => {
    reception.jointInspectionIsSigned(pack);
    tapUpTo('onSite', pack).take(who('tech'), 'inspect', joint);
  });
}

function ownWork(pack: CompiledPack): Tale {
  return storiesOf(() => {
    work.ownWorkIsRecorded(pack);
    tapUpTo('repaired', pack);
  });
}

function warrantorIsAsked(pack: CompiledPack): Tale {
  const order = tapUpTo('onSite', pack);
  const outside: Values = { ...found, liable: 'outside/warrantor', payer: 'fund' };
  order.refused(who('tech'), 'inspect', outside);
  order.take(who('tech'), 'inspect', { ...outside, outsideContact: '保修单位 3 月 6 日到场' });
  const request = { whom: 'warrantor', request: '请派人维修' };
  order.refused(who('qian'), 'askHelp', request);
  order.take(who('qian'), 'askHelp', { ...request, answerBy: '2026-03-06T10:00:00+08:00' });
  const help = order.opened('assistance');
  help.refused(who('qian'), 'answer', { answer: '明日到场' });
  help.until('2026-03-06 10:01');
  order.until('2026-03-06 10:01');
  return [order, help];
}

function threeKindsOfRecord(pack: CompiledPack): Tale {
  const order = legacyUpTo('planTelling', pack, { estateKind: 'thirdParty' });
  order.take(who('qian'), 'openSheet', { forRepair: true, content: '渗水', replyBy: '2026-03-08T18:00:00+08:00' });
  const sheet = order.opened('contactSheet');
  sheet
    .take(who('service'), 'review', { way: 'single', replyBy: '2026-03-08T18:00:00+08:00' })
    .take(who('general'), 'issue')
    .take(who('service'), 'reply', { opinion: '同意', paper: ['reply-1'] })
    .report();
  order
    .until(order.now + 60_000)
    .take(who('qian'), 'tellPlan', { workPlan: '补', approxCompletion: '2026-03-06T18:00:00+08:00', cooperation: '无' })
    .take(who('tech'), 'complete', done)
    .take(who('tech'), 'handBack')
    .take(who('east'), 'visit', visited);
  for (const kind of ['supervision', 'liaison', 'feedback']) {
    order.refused(who('qian'), 'archive');
    order.take(who('qian'), 'siteRecord', { kind, note: '已记录' });
  }
  order.take(who('qian'), 'archive');
  return [order, sheet];
}

function talksHaveALeader(pack: CompiledPack): Tale {
  return storiesOf(() => {
    complaint.talksHaveALeader(pack);
    grievanceUpTo('negotiating', pack).take(who('director'), 'negotiate', talk);
  });
}

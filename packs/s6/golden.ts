import type { Values } from '#case/event.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { owner } from '../../test/support/organisation.ts';
import { packFrom, Story } from '../../test/support/story.ts';
import { company } from './company.ts';

export const pack = await packFrom('s6');
export const who = company.actor;

/** A Thursday morning. */
export const T0 = '2026-03-05 10:00';

/** What an owner reports: a dripping tap in his kitchen. */
export const tap: Values = {
  content: '厨房水龙头漏水',
  place: { premisesId: null, text: '3 号楼 2 单元 501' },
  contactName: '业主A',
  contactPhone: '13800001234',
};
export const priceTold: Values = {
  words: '水龙头更换按收费标准，人工 30 元，材料另计',
  priceList: '2026-1',
  priceTold: true,
  quotedAmount: 80,
  consent: true,
};
export const found: Values = {
  findings: '阀芯磨损',
  proposal: '更换阀芯',
  liable: 'inside/repairTeam',
  payer: 'owner',
  expectedBy: '2026-03-05',
  joint: false,
};
export const done: Values = { result: '已更换阀芯，不再漏水', materials: ['阀芯'], hours: 1 };
export const visited: Values = { how: 'phone', spokenWith: '业主A', result: 'pass' };
export const quality: Values = {
  part: 'quality',
  how: 'preliminary',
  estateKind: 'affiliated',
  warrantyItem: 'other',
  deliveredAt: '2025-06-01T10:00:00+08:00',
};
export const apology: Values = {
  words: '很抱歉给您带来不便',
  apologised: true,
  feedbackBy: '2026-03-06T18:00:00+08:00',
  followUpPhone: '13800005678',
  followUpName: '钱接待',
};

/** A case of this company, not yet registered. */
export const begin = (using: CompiledPack, start = T0): Story => new Story(using, start, undefined, company);
export const reported = (using: CompiledPack, values: Values = tap): Story =>
  begin(using).register(who('qian'), values, { matter: 'repair' });

/** Each stage leads the dripping tap one act further. */
const acts: [string, (story: Story) => Story][] = [
  ['registered', (s) => s.register(who('qian'), tap, { matter: 'repair' })],
  ['judged', (s) => s.take(who('qian'), 'judge', { part: 'private' })],
  ['informed', (s) => s.take(who('qian'), 'inform', priceTold)],
  [
    'dispatched',
    (s) => s.until('2026-03-05 10:04').take(who('qian'), 'dispatch', { grade: 'minor', technician: 'tech' }),
  ],
  ['accepted', (s) => s.until('2026-03-05 10:05').take(who('tech'), 'accept')],
  ['onSite', (s) => s.until('2026-03-05 10:18').take(who('tech'), 'arrive', { tools: true, how: 'code' })],
  ['repairing', (s) => s.take(who('tech'), 'inspect', found)],
  ['repaired', (s) => s.until('2026-03-05 11:35').take(who('tech'), 'complete', done)],
  ['signed', (s) => s.sign(owner, 'workOrder', 'signOrder')],
  ['charged', (s) => s.take(who('tech'), 'charge', { amount: 80, receiptNumber: '0001234' })],
  ['handedBack', (s) => s.until('2026-03-06 09:00').take(who('tech'), 'handBack')],
  ['visited', (s) => s.until('2026-03-08 10:00').take(who('east'), 'visit', visited)],
  ['archived', (s) => s.until('2026-03-09 10:00').take(who('qian'), 'archive')],
];

/** The dripping tap, led up to a stage under a pack; one that is registered already goes on from there. */
export function tapUpTo(stage: string, using: CompiledPack, story = begin(using)): Story {
  for (const [name, act] of acts.slice(story.state === null ? 0 : 1)) {
    act(story);
    if (name === stage) return story;
  }
  throw new Error(`The worked case has no stage ${stage}`);
}

/** A developer's legacy defect, led up to the telling of the plan. */
export function legacyUpTo(
  stage: 'informed' | 'onSite' | 'planTelling',
  using: CompiledPack,
  more: Values = {},
): Story {
  const story = reported(using, { ...tap, content: '外墙渗水' })
    .take(who('qian'), 'judge', { ...quality, cause: 'developerLegacy', ...more })
    .take(who('qian'), 'inform', apology);
  if (stage === 'informed') return story;
  story
    .take(who('qian'), 'dispatch', { grade: 'general', technician: 'tech' })
    .take(who('tech'), 'accept')
    .take(who('tech'), 'arrive', { tools: true, how: 'code' });
  if (stage === 'onSite') return story;
  return story.take(who('tech'), 'inspect', {
    ...found,
    liable: 'outside/contractor',
    outsideContact: '已电话联系施工方王工，3 月 6 日到场',
    payer: 'developer',
    cost: 800,
  });
}

export const grievance: Values = {
  content: '卫生间返修后仍渗水，要求赔偿地板',
  cause: 'quality',
  place: tap.place ?? null,
  contactName: '业主A',
  contactPhone: '13800001234',
  claimsDamages: true,
};
export const met: Values = {
  metAt: '2026-03-05T10:30:00+08:00',
  where: '业主家中',
  participants: ['丁主任', '业主A'],
  demands: '赔偿地板',
  answer: '按质量保证书处理，赔付事项请示后答复',
  basis: 'warranty',
  basisClause: '第三条',
};
export const largeClaim: Values = {
  purpose: 'compensation',
  facts: '渗水泡坏地板 20 平方米',
  soothed: true,
  floor: '六千元',
  claimed: 9000,
  nextTalkAt: '2026-03-12T15:00:00+08:00',
};
export const talk: Values = {
  talkedAt: '2026-03-05T10:30:00+08:00',
  lead: 'service',
  speaker: 'director',
  participants: ['丁主任', '傅经理', '业主A'],
  offer: 6000,
  summary: '赔付 6000 元，双方无异议',
  result: 'agreed',
};

/** A complaint about a repair, led up to a stage. */
export function grievanceUpTo(
  stage: 'registered' | 'talking' | 'reported' | 'drafted' | 'issued' | 'negotiating' | 'agreed',
  using: CompiledPack,
): Story {
  const steps: [string, (s: Story) => Story][] = [
    ['registered', (s) => s.register(who('qian'), grievance, { matter: 'complaint' })],
    [
      'talking',
      (s) =>
        s
          .until('2026-03-05 10:30')
          .take(who('director'), 'arriveOnScene', { where: '业主家中' })
          .take(who('director'), 'meet', met),
    ],
    ['reported', (s) => s.take(who('director'), 'reportSheet', largeClaim)],
    ['drafted', (s) => s.take(who('service'), 'draftSolution', solution)],
    ['issued', (s) => s.take(who('general'), 'issueSheet')],
    ['negotiating', (s) => s.take(who('service'), 'developerReply', reply)],
    ['agreed', (s) => s.take(who('director'), 'negotiate', talk)],
  ];
  let story = begin(using);
  for (const [name, act] of steps) {
    story = act(story);
    if (name === stage) break;
  }
  return story;
}
export const solution: Values = {
  solution: '赔付地板损失',
  amount: 6000,
  ask: 'authorise',
  replyBy: '2026-03-10T18:00:00+08:00',
};
export const reply: Values = { agrees: true, authorised: 6500, way: '一次性赔付', paper: ['reply-1'] };

/** Tells the case that one it opened has ended, as the house does. */
export function endLinked(story: Story, relation: string, outcome = '已签复'): Story {
  const link = story.case.links.find((item) => item.relation === relation && item.outcome === null);
  if (!link?.caseId) throw new Error(`No open case as ${relation}`);
  const refused = story.apply({ type: 'linkedEnd', caseId: link.caseId, outcome }, who('qian'));
  if (refused) throw new Error(refused.code);
  return story;
}

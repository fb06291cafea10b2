import type { Values } from '#case/event.ts';
import { owner } from '../../test/support/organisation.ts';
import { packFrom, Story } from '../../test/support/story.ts';
import { company } from './company.ts';

export const pack = await packFrom('s4');
/** The same pack in a company that lets sanctions carry money. */
export const withMoney = await packFrom('s4', (source) => ({
  ...source,
  text: source.text.replace(/(deductions:[\s\S]*?value: )false/, '$1true'),
}));

/** What the customer tells the salesperson: the appraised car had been in an accident. */
export const accidentCar: Values = {
  content: '评估报告写无事故，过户后查出大梁修复',
  demand: '退回评估费并补差价',
  grounds: '出险记录显示前纵梁更换',
  contactName: '客户甲',
  contactPhone: '13800001234',
  category: 'appraisal/condition',
  project: 'PG-0218',
};

export const { actor } = company;
export const manager = actor('manager');
export const senior = actor('senior');

export const T0 = '2026-03-02 09:00';

export const at4 = (start = T0, using = pack): Story => new Story(using, start, undefined, company);

/** The three signatures under the re-check, each on the sheet as it stands. */
export const threeSign = (story: Story): Values => ({
  own: story.signature('recheckSheet', '周高评'),
  leader: story.signature('recheckSheet', '孙项目'),
  practitioner: story.signature('recheckSheet', '李签字'),
});

export const told: Values = { result: '退评估费，补差价 3000 元', receipt: '电话告知，客户甲本人接听' };

/** Each stage leads the case one act further than the one before. */
const acts: [string, (story: Story) => Story][] = [
  ['reported', (s) => s.register(actor('sales'), accidentCar, { channel: 'employee' })],
  [
    'accepted',
    (s) => s.take(manager, 'accept', { formalNumber: 'KS-2026-001', projectLeader: 'leader', practitioner: 'signer' }),
  ],
  ['investigating', (s) => s.take(manager, 'designate', { appraiser: 'senior' })],
  [
    'investigated',
    (s) => s.until('2026-03-04 10:00').take(senior, 'investigate', { findings: '纵梁有焊痕', groundsConfirmed: true }),
  ],
  ['talked', (s) => s.take(senior, 'negotiate', { how: 'visit', said: '向客户说明漏检情况' })],
  [
    'analysed',
    (s) =>
      s
        .take(senior, 'analyse', { causes: ['漏查出险记录', '未上举升机'], measures: ['退费', '补差价'] })
        .take(senior, 'attribute', { person: 'signer', share: 70, cause: '未上举升机' })
        .take(senior, 'attribute', { person: 'leader', share: 30, cause: '漏查出险记录' }),
  ],
  [
    'rechecked',
    (s) => s.take(senior, 'recheck', { findings: '前纵梁更换属实', leader: '孙项目', practitioners: ['李签字'] }),
  ],
  ['signed', (s) => s.take(senior, 'signRecheck', threeSign(s))],
  ['resultSubmitted', (s) => s.until('2026-03-06 16:00').take(senior, 'enterResult', { result: '退费并补差价' })],
  [
    'awaitingInstruction',
    (s) =>
      s
        .until('2026-03-08 10:00')
        .take(senior, 'submitReport', { reaction: '客户扬言发到网上', handling: '已面谈并提出方案' }),
  ],
  ['instructed', (s) => s.take(manager, 'instruct', { decision: 'approve', opinion: '同意' })],
  [
    'countersigned',
    (s) =>
      s
        .take(manager, 'confirmLiability', { grounds: '依原因分析' })
        .take(manager, 'convene', { members: ['周高评', '郑高评'] })
        .take(senior, 'opine', { member: '周高评', opinion: '同意退费' })
        .take(actor('senior2'), 'opine', { member: '郑高评', opinion: '同意' }),
  ],
  ['decided', (s) => s.take(manager, 'conclude', { conclusion: '退费并补差价 3000 元' })],
  ['concluded', (s) => s.until('2026-03-14 10:00').take(manager, 'closeCase', { summary: '结案' })],
  ['told', (s) => s.take(senior, 'tellResult', told)],
  ['finished', (s) => s.until('2026-03-15 10:00').take(owner, 'acceptResult', { accepted: true })],
];

/** The worked case of the procedure, led up to a stage. */
export function upTo(stage: string, start = T0, using = pack): Story {
  let story = at4(start, using);
  for (const [name, act] of acts) {
    story = act(story);
    if (name === stage) return story;
  }
  throw new Error(`The worked case has no stage ${stage}`);
}

/** A penalty notice being drawn up by the designated appraiser against who signed. */
export const penalty = (using = pack): Story =>
  at4('2026-03-16 09:00', using).register(
    senior,
    { person: 'signer', cause: '未上举升机', sourceCase: 'KS260302-0001', issuer: 'senior' },
    { matter: 'penalty', channel: 'other' },
  );

import type { Values } from '#case/event.ts';
import { owner } from '../../test/support/organisation.ts';
import { packFrom, Story } from '../../test/support/story.ts';
import { actor, company } from './company.ts';

export const pack = await packFrom('s8');

/** What a student says about the lift. */
export const lift: Values = {
  content: '三号学员楼电梯一周坏了三次，爬楼上课很累',
  occurredAt: '2026-03-05T08:00:00+08:00',
  place: { premisesId: null, text: '三号学员楼' },
  complainantType: 'user',
  contactName: '学员甲',
  contactPhone: '13800001234',
  residence: { premisesId: null, text: '三号学员楼 602' },
  demand: '尽快彻底修好',
  category: 'equipment/lift',
  device: '3-1 号电梯',
  origin: 'direct',
};

/** T0: a Thursday morning. */
export const T0 = '2026-03-05 10:00';
export const comforted: Values = { spokenWith: '学员甲', comfort: '已致歉，说明今天就查' };
export const upheld: Values = {
  finding: 'upheld',
  basisType: 'promise',
  grounds: '承诺电梯故障当天修复',
  severeHarm: false,
  promiseBroken: false,
  ourFault: true,
};
export const notUpheld: Values = { finding: 'notUpheld', basisType: 'contract', grounds: '合同约定由学员自理' };
export const proposal: Values = {
  measures: ['更换门机', '维保单位驻场一周'],
  completeBy: '2026-03-10',
  fairness: '与去年一号楼同类件一致',
};
export const agreed: Values = { decision: 'agree', opinion: '同意，月底前检查全部电梯' };
export const summed: Values = { quality: 'good', summary: '门机老化未列入更换计划', improvementFound: false };

export const [clerk, serviceHead, technician, engineeringHead, leader, director] = [
  actor('clerk'),
  actor('service-head'),
  actor('lift'),
  actor('engineering-head'),
  actor('leader'),
  actor('director'),
];

/** A story in the company of this pack. */
export const begin = (start = T0, using = pack): Story => new Story(using, start, undefined, company);

/** The clerk in charge, whoever it fell to. */
export const officer = (story: Story) => actor(story.case.duties.caseOfficer?.id ?? '');

const acts: [string, (story: Story) => Story][] = [
  ['recorded', (s) => s.register(clerk, lift, { channel: 'counter' })],
  ['comforted', (s) => s.until('2026-03-05 10:20').take(officer(s), 'respond', comforted)],
  ['upheld', (s) => s.take(officer(s), 'judge', upheld)],
  ['assigned', (s) => s.take(officer(s), 'assign', { unit: 'engineering', assignee: 'lift' })],
  [
    'analysed',
    (s) => s.until('2026-03-05 15:00').take(technician, 'analyse', { cause: 'equipment/lift', analysis: '门机老化' }),
  ],
  ['proposed', (s) => s.take(technician, 'propose', proposal)],
  ['implementing', (s) => s.take(leader, 'instruct', agreed)],
  [
    'implemented',
    (s) =>
      s
        .until('2026-03-09 16:00')
        .take(technician, 'doMeasure', { measure: '更换门机' })
        .take(technician, 'doMeasure', { measure: '维保单位驻场一周' })
        .take(technician, 'implement', { outcome: '门机已更换，运行正常' }),
  ],
  ['resultTold', (s) => s.take(technician, 'tellResult', { result: '门机已更换，驻场一周', how: 'phone' })],
  ['evaluated', (s) => s.take(officer(s), 'sumUp', summed)],
  [
    'followedUp',
    (s) =>
      s.until('2026-03-11 09:00').take(officer(s), 'followUp', {
        how: 'visit',
        verdict: 'satisfied',
        signature: s.signature('followUpForm', '学员甲'),
      }),
  ],
  ['archived', (s) => s.take(officer(s), 'archive')],
];

/** The student’s complaint about the lift, led up to a state. */
export function liftUpTo(state: string, start = T0, using = pack): Story {
  let story = begin(start, using);
  for (const [name, act] of acts) {
    story = act(story);
    if (name === state) return story;
  }
  throw new Error(`The worked case has no stage ${state}`);
}

/** A complaint recorded and answered kindly, with other values than the lift. */
export function recordedWith(values: Values): Story {
  const story = begin().register(clerk, { ...lift, ...values }, { channel: 'counter' });
  return story.take(officer(story), 'respond', comforted);
}

/** The student himself, on his page. */
export const complainant = owner;

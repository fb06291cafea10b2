import type { Actor } from '#case/context.ts';
import type { Values } from '#case/event.ts';
import { owner } from '../../test/support/organisation.ts';
import { packFrom, Story } from '../../test/support/story.ts';
import { company } from './company.ts';

export const pack = await packFrom('s3');
export const { actor } = company;
export const customer: Actor = { ...owner, name: '购房客户' };

/** A buyer rings the complaints line about a crack in his wall. */
export const crack: Values = {
  object: 'property',
  content: '客厅北墙有一条一米多长的裂缝',
  place: { premisesId: null, text: '云庭 3 栋 2 单元 501' },
  project: '云庭',
  contactName: '购房客户',
  contactPhone: '13800005555',
  category: 'property/structure',
};

export const company3 = { liability: 'company', grounds: '保修期内的墙体裂缝' };
export const customers = { liability: 'customer', grounds: '客户自行拆改墙体' };
export const accepted: Values = {
  summary: '客厅北墙裂缝',
  involvedUnit: 'engineering',
  feedbackOn: '2026-03-10',
  toldHow: 'phone',
  toldAt: '2026-03-05T10:30:00+08:00',
};
export const decision: Values = { opinion: '铲除开裂抹灰层，挂网重做', completeBy: '2026-03-20' };
export const told: Values = {
  how: 'written',
  summary: '铲除开裂抹灰层，挂网重做，3 月 20 日前完成',
  toldAt: '2026-03-09T15:00:00+08:00',
  letter: ['letter-1'],
  view: 'accepted',
  words: '同意',
};
export const newDate = (day: string, contacted: string): Values => ({
  contactedAt: `${contacted}+08:00`,
  situation: '检测单位还没有出报告',
  forgiven: true,
  newDate: day,
});

export const T0 = '2026-03-05 10:00';
export const begin = (start = T0): Story => new Story(pack, start, undefined, company);
export const [mei, qian, song, deputy, general] = ['mei', 'qian', 'song', 'deputy', 'general'].map(actor) as [
  Actor,
  Actor,
  Actor,
  Actor,
  Actor,
];

/** Each stage leads the case one act further than the one before. */
const acts: [string, (story: Story) => Story][] = [
  ['registered', (s) => s.register(mei, crack, { channel: 'hotline' })],
  ['toAccept', (s) => s.take(mei, 'divide', company3)],
  ['accepted', (s) => s.until('2026-03-05 10:40').take(mei, 'accept', accepted)],
  ['withManager', (s) => s.take(mei, 'submit', { reason: '要请检测单位看' })],
  ['opinionFixed', (s) => s.until('2026-03-06 09:00').take(song, 'decide', decision)],
  ['implementing', (s) => s.until('2026-03-09 15:10').take(mei, 'tellOpinion', told)],
  [
    'resultEntered',
    (s) => s.until('2026-03-18 16:00').take(qian, 'enterResult', { result: '北墙已修复，复验合格', occurrence: 1 }),
  ],
  [
    'toCheck',
    (s) => s.until('2026-03-19 09:00').take(customer, 'takeView', { view: 'accepted', words: '修好了，满意' }),
  ],
  [
    'checked',
    (s) => s.take(song, 'check', { timeliness: 'passed', reasonableness: 'passed', opinion: '处理及时、合理' }),
  ],
  ['closed', (s) => s.take(qian, 'close')],
];

/** The golden path of the procedure, led up to a state. */
export function crackUpTo(state: string, start = T0, using = pack): Story {
  let story = new Story(using, start, undefined, company);
  for (const [name, act] of acts) {
    story = act(story);
    if (name === state) return story;
  }
  throw new Error(`The worked case has no stage ${state}`);
}

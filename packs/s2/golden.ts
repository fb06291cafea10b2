import type { Actor } from '#case/context.ts';
import type { Values } from '#case/event.ts';
import { owner } from '../../test/support/organisation.ts';
import { packFrom, Story } from '../../test/support/story.ts';
import { company } from './company.ts';

export const pack = await packFrom('s2');
export const { actor } = company;
export const customer: Actor = { ...owner, name: '访客' };

/** A visitor writes in the WeChat group that a street lamp is out; a guard reads it first. */
export const lamp: Values = {
  giverType: 'visitor',
  contactName: '访客甲',
  affiliation: '到 2 号楼探亲',
  contactPhone: '13800007777',
  occurredAt: '2026-03-05T19:00:00+08:00',
  occurredUntil: '2026-03-05T20:00:00+08:00',
  content: '2 号楼东侧路灯不亮，晚上看不见台阶',
  place: { premisesId: null, text: '2 号楼东侧' },
};
export const triaged: Values = {
  urgency: 'normal',
  category: 'repairs/lighting',
  subject: 'repairs',
  verify: true,
  unit: 'engineering',
  verifier: 'chen',
};
export const routine: Values = { class: 'routine', grounds: '换灯即可', unit: 'engineering', expectedBy: '2026-03-10' };
export const order: Values = {
  task: '更换 2 号楼东侧路灯',
  requirement: '断电挂牌，换后夜间试亮',
  unit: 'engineering',
  assignee: 'chen',
  expectedBy: '2026-03-10',
  crossUnit: false,
  checklist: ['断电挂牌', '夜间试亮'],
};
export const yes: Values = { content: true, requirement: true, timeLimit: true };
export const finished: Values = { result: '已换 LED 灯头，试亮正常', basis: '公共照明养护标准第 3 条' };

export const T0 = '2026-03-05 20:10';
export const begin = (start = T0, using = pack): Story => new Story(using, start, undefined, company);
export const [guard, tang, xu, chen, head] = ['guard', 'tang', 'xu', 'chen', 'head'].map(actor) as [
  Actor,
  Actor,
  Actor,
  Actor,
  Actor,
];

/** Each stage leads the case one act further than the one before. */
const acts: [string, (story: Story) => Story][] = [
  ['registered', (s) => s.register(guard, lamp, { channel: 'wechatGroup' })],
  ['verifying', (s) => s.take(xu, 'respond', { how: 'message', said: '已收到，明天来看' }).take(xu, 'triage', triaged)],
  [
    'assessing',
    (s) =>
      s
        .until('2026-03-06 09:30')
        .take(chen, 'verify', { verdict: 'upheld', findings: '灯头烧坏', evidence: ['photo-1'] }),
  ],
  ['toDispatch', (s) => s.take(xu, 'assess', routine)],
  ['awaitingAcceptance', (s) => s.take(xu, 'dispatch', order)],
  ['handling', (s) => s.until('2026-03-06 10:30').take(chen, 'accept', yes)],
  [
    'completed',
    (s) =>
      s
        .until('2026-03-07 19:30')
        .take(chen, 'doItem', { item: '断电挂牌' })
        .take(chen, 'doItem', { item: '夜间试亮' })
        .take(chen, 'complete', finished),
  ],
  ['resultTold', (s) => s.take(guard, 'tellResult', { how: 'message', answer: '路灯已换好，请放心' })],
  ['followUp', (s) => s.until('2026-03-08 10:00').take(customer, 'satisfied', { rating: 'satisfied' })],
  ['settled', (s) => s.until('2026-03-09 10:00').take(xu, 'visit', { how: 'phone', finding: '灯一直亮，客户满意' })],
  ['archived', (s) => s.take(xu, 'archive')],
];

/** The golden path of the procedure, led up to a state. */
export function lampUpTo(state: string, start = T0, using = pack): Story {
  let story = begin(start, using);
  for (const [name, act] of acts) {
    story = act(story);
    if (name === state) return story;
  }
  throw new Error(`The worked case has no stage ${state}`);
}

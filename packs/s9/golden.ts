import type { Values } from '#case/event.ts';
import { owner } from '../../test/support/organisation.ts';
import { packFrom, Story } from '../../test/support/story.ts';
import { actor, company } from './company.ts';

export const pack = await packFrom('s9');

/** What an owner sends through the app. */
export const lift: Values = {
  content: '7 号楼电梯运行时有异响，老人不敢坐',
  occurredAt: '2026-03-05T09:30:00+08:00',
  place: { premisesId: null, text: '7 号楼 1 单元电梯' },
  contactName: '业主A',
  contactPhone: '13800001234',
  category: 'facility/lift',
  urgency: 'usual',
};

/** T0: a Thursday morning. */
export const T0 = '2026-03-05 10:00';
export const response: Values = { response: '今天下午到场检查曳引机，晚上前答复您' };
export const done: Values = { outcome: '已更换导靴，异响消除', checked: true, evidence: ['photo-1'] };
export const analysis: Values = {
  cause: '导靴磨损',
  pattern: '同楼本月第二次，集中在早高峰，均为电梯类',
  library: 'keep',
  improvement: 'start',
  goal: '电梯异响投诉减半',
  measure: '导靴改为季度更换',
  responsible: 'engineering-head',
  dueOn: '2026-04-30',
};

export const [officer, dispatcher, technician, manager, analyst, librarian] = [
  actor('officer'),
  actor('dispatcher'),
  actor('lift'),
  actor('manager'),
  actor('analyst'),
  actor('librarian'),
];

/** A story in the company of this pack. */
export const begin = (start = T0, using = pack): Story => new Story(using, start, undefined, company);

const acts: [string, (story: Story) => Story][] = [
  ['accepted', (s) => s.register(owner, lift, { channel: 'app' })],
  ['handling', (s) => s.until('2026-03-05 10:20').take(officer, 'assign', { lift: 'lift' })],
  ['responded', (s) => s.take(technician, 'respond', response)],
  ['officerConfirmed', (s) => s.until('2026-03-05 18:00').take(technician, 'confirmByOfficer', done)],
  ['ownerConfirmed', (s) => s.until('2026-03-06 09:00').take(owner, 'confirmByOwner', { done: true })],
  ['confirmed', (s) => s.take(owner, 'rate', { rating: 'satisfied' })],
  ['analysed', (s) => s.take(analyst, 'analyse', analysis)],
  ['closed', (s) => s.take(officer, 'close')],
];

/** The owner’s complaint about the lift, led up to a stage. */
export function liftUpTo(stage: string, start = T0, using = pack): Story {
  let story = begin(start, using);
  for (const [name, act] of acts) {
    story = act(story);
    if (name === stage) return story;
  }
  throw new Error(`The worked case has no stage ${stage}`);
}

import type { Values } from '#case/event.ts';
import { actor, owner } from '../../test/support/organisation.ts';
import { packFrom, Story } from '../../test/support/story.ts';

export const pack = await packFrom('s1');

/** What owner A tells the service centre about the green belt. */
export const greenBelt: Values = {
  content: '小区南门绿化带杂草长到膝盖，花木枯了一片，一直没人管',
  occurredAt: '2026-03-05T09:30:00+08:00',
  place: { premisesId: null, text: '锦绣花园南门绿化带' },
  contactName: '业主A',
  contactPhone: '13800001234',
};

export const contacted: Values = {
  how: 'phone',
  spokenWith: '业主A',
  contentConfirmed: true,
  procedureExplained: true,
};
export const outcomeTold: Values = {
  handling: '已修剪、施肥，枯死花木已补种',
  improvement: '绿化养护由每月一次改为每月两次',
  how: 'phone',
};

export const wang = actor('wang');
export const li = actor('li');
export const b = actor('b');
export const zhou = actor('zhou');
export const chen = actor('chen');

/** T0: a Thursday morning, the telephone rings. */
export const T0 = '2026-03-05 10:00';

/** Each stage leads the case one act further than the one before. */
const acts: [string, (story: Story) => Story][] = [
  ['registered', (s) => s.register(wang, greenBelt)],
  ['contacted', (s) => s.until('2026-03-06 06:00').take(li, 'contact', contacted)],
  ['classified', (s) => s.take(li, 'classify', { category: 'environment/greening' })],
  ['dispatched', (s) => s.take(li, 'dispatch', { unit: 'gardening', assignee: 'b' })],
  ['investigating', (s) => s.take(b, 'accept')],
  [
    'investigated',
    (s) =>
      s.until('2026-03-07 02:00').take(b, 'inspect', { findings: '杂草 20 厘米，枯死 12 株', evidence: ['photo-1'] }),
  ],
  ['implementing', (s) => s.take(b, 'plan', { measures: ['修剪', '施肥'], completeBy: '2026-03-10' })],
  [
    'completed',
    (s) =>
      s
        .until('2026-03-10 16:00')
        .take(b, 'doMeasure', { measure: '修剪' })
        .take(b, 'doMeasure', { measure: '施肥' })
        .take(b, 'complete', { outcome: '绿化带整修完毕' }),
  ],
  ['resultNotified', (s) => s.until('2026-03-12 10:00').take(b, 'notifyResult', outcomeTold)],
  ['awaitingSignature', (s) => s.take(owner, 'satisfied', { rating: 'satisfied' })],
  ['signed', (s) => s.sign(owner, 'registerForm')],
  ['archived', (s) => s.take(actor('archivist'), 'archive')],
];

/** The worked case of the procedure, led up to a state. */
export function greenBeltUpTo(state: string, start = T0, using = pack): Story {
  let story = new Story(using, start);
  for (const [name, act] of acts) {
    story = act(story);
    if (name === state) return story;
  }
  throw new Error(`The worked case has no stage ${state}`);
}

import { expect, test } from 'vitest';
import { languageOf } from './language.ts';
import { sayMoment, saySpan } from './time-words.ts';

const at = (iso: string): number => Date.parse(`${iso}+08:00`);
const now = at('2026-11-22T22:00:00');

test('a deadline is said as a neighbour would say it', () => {
  expect(sayMoment(at('2026-11-22T23:30:00'), now, 'zh')).toBe('今天（11月22日）23:30');
  expect(sayMoment(at('2026-11-23T10:00:00'), now, 'zh')).toBe('明天（11月23日）10:00');
  expect(sayMoment(at('2026-11-25T09:05:00'), now, 'zh')).toBe('11月25日（周三）09:05');
  expect(sayMoment(at('2027-01-04T09:00:00'), now, 'zh')).toBe('2027年1月4日（周一）09:00');
  expect(sayMoment(at('2026-11-23T10:00:00'), now, 'en')).toBe('tomorrow 10:00 (Mon 23 Nov)');
});

test('the end of a day is that day at 24:00, not the next day', () => {
  expect(sayMoment(at('2026-11-24T00:00:00') - 1, now, 'zh')).toBe('明天（11月23日）24:00');
});

test('a promise is said in the unit in which it was given', () => {
  expect(saySpan({ elapsed: 'PT24H' }).zh).toBe('24 小时内');
  expect(saySpan({ elapsed: 'PT48H' }).zh).toBe('48 小时内');
  expect(saySpan({ elapsed: 'P3D' }).en).toBe('within 3 days');
  expect(saySpan({ workingDays: 3, until: 'endOfDay' }).zh).toBe('3 个工作日内');
  expect(saySpan({ elapsed: 'PT15M' }).zh).toBe('15 分钟内');
});

test('Chinese comes first, English when it is asked for or preferred', () => {
  expect(languageOf({}, undefined)).toBe('zh');
  expect(languageOf({ lang: 'en' }, 'zh-CN')).toBe('en');
  expect(languageOf({}, 'en-GB,en;q=0.9,zh;q=0.8')).toBe('en');
  expect(languageOf({}, 'fr,zh;q=0.8,en;q=0.3')).toBe('zh');
  expect(languageOf({ lang: 'zh' }, 'en')).toBe('zh');
});

import { expect, test } from 'vitest';
import { chosen, type Option, offer } from './options.ts';

const rated = (sign: string, label: string): Option => ({
  sign,
  label,
  step: 'satisfied',
  values: { rating: label },
  words: null,
  ask: null,
});
const OPTIONS: Option[] = [
  rated('1', '满意'),
  rated('2', '基本满意'),
  { sign: '3', label: '不满意', step: 'dissatisfied', values: {}, words: 'reason', ask: '哪里不满意' },
];

test.each([
  ['1', '满意', ''],
  [' １ ', '满意', ''],
  ['满意！', '满意', ''],
  ['2 谢谢', '基本满意', '谢谢'],
  ['基本满意', '基本满意', ''],
  ['不满意，楼上还漏', '不满意', '楼上还漏'],
  ['不满意楼上还漏', '不满意', '楼上还漏'],
  ['3：没人来', '不满意', '没人来'],
])('业主回“%s”，算“%s”', (said, label, rest) => {
  expect(chosen(OPTIONS, said)).toMatchObject({ option: { label }, rest });
});

test.each(['12号楼漏水', '1号楼漏水', '满意度太低了', '我还在等', '4', ''])('“%s”不是答复，照样记下', (said) => {
  expect(chosen(OPTIONS, said)).toBeNull();
});

test('要写原因的，问的时候就说明', () => {
  expect(offer(OPTIONS)).toBe('直接回复：1 满意，2 基本满意，3 不满意（请写明哪里不满意）');
  expect(offer([])).toBe('');
});

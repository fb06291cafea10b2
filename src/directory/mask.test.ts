import { expect, test } from 'vitest';
import { mask, maskInText, maskName, maskPhone, maskRoom } from './mask.ts';

test('a mobile number keeps its first three and last four digits (S1-05)', () => {
  expect(maskPhone('13800001234')).toBe('138****1234');
  expect(maskPhone(' 19900000001 ')).toBe('199****0001');
  expect(maskPhone('84441234')).toBe('****34');
});

test('of a name only the family name is shown, also a compound or very rare one (S1-05)', () => {
  expect(maskName('王梦婷')).toBe('王**');
  expect(maskName('欧阳若兰')).toBe('欧阳**');
  expect(maskName('𠮷田')).toBe('𠮷**');
  expect(maskName('Anna')).toBe('A**');
});

test('of a room only the building is shown, because work is sent there (S1-05)', () => {
  expect(maskRoom('锦绣花园3栋2单元502')).toBe('锦绣花园3栋***');
  expect(maskRoom('5号楼1201')).toBe('5号楼***');
  expect(maskRoom('502')).toBe('50***');
  expect(maskRoom('五零二室')).toBe('五零***');
  expect(maskRoom('老王家门口')).toBe('老王***');
});

test('a place that is nobody’s home stays readable, so that whoever is sent there finds it', () => {
  expect(maskRoom('锦绣花园中心绿化带')).toBe('锦绣花园中心绿化带');
  expect(maskRoom('地下车库入口')).toBe('地下车库入口');
});

test('every masked value hides what it masks, and an empty one stays empty', () => {
  expect(mask('email', 'wang@example.com')).toBe('w***@example.com');
  expect(mask('email', 'nonsense')).toBe('***');
  expect(mask('text', '家里老人心脏不好')).toBe('***');
  for (const kind of ['name', 'phone', 'email', 'room', 'text'] as const) expect(mask(kind, ' ')).toBe('');
});

test('telephone numbers inside free text are masked, other long numbers are not (S1-05)', () => {
  expect(maskInText('请打13800001234，或 +86 199-0000-0001')).toBe('请打138****1234，或 199****0001');
  expect(maskInText('订单 913800001234567，3栋502')).toBe('订单 913800001234567，3栋502');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLine } from './read-line.ts';

const estate = '春风里';
const placeOf = (line: string): unknown => {
  const read = readLine(line, estate);
  return read.kind === 'place' ? { ...read.place, owner: read.owner } : read;
};

const room = {
  building: { key: '3', name: '3栋' },
  entrance: { key: '2', name: '2单元' },
  room: '101',
  owner: null,
};

test.each([
  '3栋2单元101',
  '3-2-101',
  '３－２－１０１',
  '3 栋 2 单元 101 室',
  '三栋二单元101',
  '春风里3栋2单元101',
  '03-02-101',
  '3#2单元101',
])('a room is understood however it is written: %s', (line) => {
  expect(placeOf(line)).toEqual(room);
});

test('other buildings keep the word people use for them', () => {
  expect(placeOf('A座1201')).toEqual({ building: { key: 'A', name: 'A座' }, room: '1201', owner: null });
  expect(placeOf('12号楼1203')).toEqual({ building: { key: '12', name: '12号楼' }, room: '1203', owner: null });
  expect(placeOf('十二幢三单元502')).toMatchObject({ building: { key: '12' }, entrance: { key: '3' }, room: '502' });
  expect(placeOf('5-1203')).toEqual({ building: { key: '5', name: '5栋' }, room: '1203', owner: null });
  expect(placeOf('3栋')).toEqual({ building: { key: '3', name: '3栋' }, owner: null });
});

test('a place people share is known by its name, in the open or inside an entrance', () => {
  expect(placeOf('南门绿化带')).toEqual({ place: '南门绿化带', owner: null });
  expect(placeOf('North gate green belt')).toEqual({ place: 'North gate green belt', owner: null });
  expect(placeOf('3栋2单元电梯厅')).toMatchObject({ building: { key: '3' }, entrance: { key: '2' }, place: '电梯厅' });
});

test('who lives there may stand behind the room, in columns of any kind', () => {
  const owner = { name: '王秀英', phone: '13800001234', relation: 'owner' };
  for (const line of [
    '3-2-101 王秀英 13800001234',
    '3-2-101\t王秀英\t138-0000-1234',
    '3栋2单元101，王秀英，13800001234',
    '3栋2单元101室 13800001234 王秀英',
    '3-2-101 业主 王秀英 +8613800001234',
  ])
    expect(placeOf(line), line).toEqual({ ...room, owner });
  expect(placeOf('3-2-101 欧阳若兰')).toEqual({ ...room, owner: { name: '欧阳若兰', phone: null, relation: 'owner' } });
  expect(placeOf('3-2-101 租户 李明 0571-88001234')).toMatchObject({
    owner: { name: '李明', phone: '057188001234', relation: 'tenant' },
  });
});

test('headings and empty lines are passed over; what cannot be a place says why', () => {
  expect(placeOf('房号\t姓名\t电话')).toEqual({ kind: 'heading' });
  expect(placeOf('   ')).toEqual({ kind: 'blank' });
  for (const line of ['101', '13800001234']) expect(placeOf(line)).toEqual({ kind: 'fault', fault: 'room' });
  expect(placeOf('3-2-101 王秀英 138000012')).toEqual({ kind: 'fault', fault: 'phone' });
  expect(placeOf('3-2-101 13800001234')).toEqual({ kind: 'fault', fault: 'ownerName' });
  expect(placeOf('南门绿化带 13800001234')).toEqual({ kind: 'fault', fault: 'ownerOfPlace' });
  expect(placeOf('路'.repeat(41))).toEqual({ kind: 'fault', fault: 'tooLong' });
});

test('every way of writing a room comes to the same room, and no line whatsoever stops the reading', () => {
  const number = (most: number) => fc.integer({ min: 1, max: most });
  fc.assert(
    fc.property(number(99), number(9), number(60), number(8), fc.string({ unit: 'grapheme' }), (b, e, f, r, noise) => {
      const room = `${f}${String(r).padStart(2, '0')}`;
      const written = placeOf(`${b}栋${e}单元${room}`);
      expect(placeOf(`${b}-${e}-${room}`)).toEqual(written);
      expect(placeOf(`${estate} ${b}幢 ${e}单元 ${room}室`)).toMatchObject({ building: { key: `${b}` }, room });
      expect(readLine(noise, estate).kind).toBeTypeOf('string');
    }),
  );
});

import { expect, test } from 'vitest';
import { blank } from '#case/blank.ts';
import type { Directory } from '#case/context.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { fieldSchema, fieldTypes } from '#policy/fields/registry.ts';
import { Posted } from '../posted.ts';
import { speaking } from '../words.ts';
import type { FieldScene, OwnerField } from './owner-field.ts';
import { ownerFields } from './registry.ts';

const at = (local: string): number => Date.parse(`${local}:00+08:00`);
const label = { zh: '项', en: 'Item' };
const directory: Directory = {
  person: () => undefined,
  holders: () => [],
  superior: () => undefined,
  unit: () => undefined,
  members: () => [],
  near: () => [],
  outOfScope: () => null,
  standsInFor: () => [],
  authority: () => undefined,
};
const scene: FieldScene = {
  lang: 'zh',
  speak: speaking('zh'),
  now: at('2026-11-22T09:30'),
  // No field tested here looks into the pack.
  pack: {} as CompiledPack,
  directory,
  state: blank,
  where: { here: { premisesId: 'p1', text: '3栋502' }, estates: [] },
  fileHref: (id) => `/f/${id}`,
};
const read = (kind: OwnerField, typed: Record<string, string>, options: object = {}, around = scene) => {
  const posted = new Posted(Object.entries(typed));
  return kind.read('f', fieldSchema.parse({ type: 'text', label, ...options }), posted, around);
};

test('every kind of field of the pack language has its way to be asked and shown here', () => {
  expect(Object.keys(ownerFields).sort()).toEqual(Object.keys(fieldTypes).sort());
});

test.each([
  [{ f: 'now' }, at('2026-11-22T09:30')],
  [{ f: 'today', 'f.time': '08:05' }, at('2026-11-22T08:05')],
  // Noon has not come yet, so today without a time is now.
  [{ f: 'today' }, at('2026-11-22T09:30')],
  [{ f: 'yesterday' }, at('2026-11-21T12:00')],
  [{ f: 'yesterday', 'f.time': '23：15' }, at('2026-11-21T23:15')],
  [{ f: 'earlier', 'f.day': '2026-11-03', 'f.time': '7:00' }, at('2026-11-03T07:00')],
  [{ f: 'now', 'f.day': '2026-11-03' }, at('2026-11-03T12:00')],
  [{ f: 'earlier', 'f.day': '2026/11/3' }, at('2026-11-03T12:00')],
])('when it happened, as people put it: %j', (typed, moment) => {
  expect(read(ownerFields.instant, typed, { type: 'instant', tense: 'past' })).toBe(moment);
});

test('a day that does not exist goes on as it was typed, so that the engine can say what is wrong', () => {
  expect(read(ownerFields.instant, { f: 'earlier', 'f.day': '2026-02-31' }, { type: 'instant' })).toBe('2026-02-31');
  expect(read(ownerFields.instant, { f: 'earlier' }, { type: 'instant' })).toBeUndefined();
  expect(read(ownerFields.date, { f: '下周' }, { type: 'date' })).toBe('下周');
});

test('the door is the place unless he says somewhere else; words beside it say where exactly', () => {
  const place = { type: 'place' };
  expect(read(ownerFields.place, { f: 'here' }, place)).toEqual({ premisesId: 'p1', text: '3栋502' });
  const balcony = { f: 'here', 'f.text': '阳台' };
  expect(read(ownerFields.place, balcony, place)).toEqual({ premisesId: 'p1', text: '3栋502（阳台）' });
  const gate = { f: 'elsewhere', 'f.text': '东门' };
  expect(read(ownerFields.place, gate, place)).toEqual({ premisesId: null, text: '东门' });
  expect(read(ownerFields.place, { f: 'elsewhere' }, place)).toBeUndefined();
});

test('a signature needs a name, and a drawing or a tick', () => {
  const sign = { type: 'signature', form: 'registerForm' };
  expect(read(ownerFields.signature, { 'f.signer': '王秀英', 'f.digest': 'd' }, sign)).toBeUndefined();
  expect(read(ownerFields.signature, { 'f.tick': 'yes', 'f.digest': 'd' }, sign)).toBeUndefined();
  const ticked = { 'f.signer': '王秀英', 'f.tick': 'yes', 'f.digest': 'd' };
  expect(read(ownerFields.signature, ticked, sign)).toEqual({ method: 'electronic', signer: '王秀英', digest: 'd' });
  const drawn = { ...ticked, 'f.drawing': 'a1' };
  expect(read(ownerFields.signature, drawn, sign)).toMatchObject({ method: 'glass', attachment: 'a1' });
});

test('several lines become several items, a number in full-width digits a number', () => {
  expect(read(ownerFields.list, { f: '修剪\r\n\r\n 施肥 ' }, { type: 'list' })).toEqual(['修剪', '施肥']);
  expect(read(ownerFields.number, { f: '１２.５' }, { type: 'number' })).toBe(12.5);
  expect(read(ownerFields.number, { f: '十二' }, { type: 'number' })).toBe('十二');
});

test('a photo that was ticked away is gone, the others stay', () => {
  const posted = new Posted([
    ['f.kept', 'a'],
    ['f.kept', 'b'],
    ['f.drop', 'a'],
  ]);
  const spec = fieldSchema.parse({ type: 'attachments', label });
  expect(ownerFields.attachments.read('f', spec, posted, scene)).toEqual(['b']);
});

import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#db/testing.ts';
import { createDemoCompany, demoPerson } from './demo/company.ts';
import { loadDirectory } from './directory.ts';
import { addPerson, assignPost, endPost, setShifts, setTelephone, telephoneOf } from './manage.ts';
import { loadSnapshot } from './snapshot.ts';
import { onShift } from './staffing/roster.ts';

const db = testDatabase();
const now = Date.parse('2026-03-02T10:00:00+08:00');
const DAY = 86_400_000;

beforeAll(async () => {
  await createDemoCompany(db.appPool, async () => undefined, now);
});

test('somebody new can be given work the moment he is entered, and the head of his department is above him', async () => {
  const made = await addPerson(db.appPool, 'demo', { name: ' 苗新来 ', unit: 'gardening', posts: ['handler'] }, now);
  if (!made.ok) throw new Error(made.refusal.code);
  const { personId } = made.value;
  await setShifts(db.appPool, 'demo', personId, [{ weekday: 1, fromMinute: 480, toMinute: 720 }]);
  await setShifts(db.appPool, 'demo', personId, [{ weekday: 1, fromMinute: 540, toMinute: 720 }]);
  const directory = await loadDirectory(db.appPool, 'demo', now);
  expect(directory.members('gardening').map((p) => p.name)).toContain('苗新来');
  expect(directory.superior(personId)?.name).toBe('孙国庆');
  const snapshot = await loadSnapshot(db.appPool, 'demo');
  expect(snapshot.shifts.get(personId)).toHaveLength(1);
  expect(onShift(snapshot, personId, now)).toMatchObject({ to: now + 2 * 3_600_000 });
});

test('nobody is entered without a name, a department that exists and a post', async () => {
  const add = async (name: string, unit: string, posts: string[]): Promise<unknown> =>
    addPerson(db.appPool, 'demo', { name, unit, posts }, now);
  expect(await add(' ', 'gardening', ['handler'])).toMatchObject({ refusal: { code: 'person.name' } });
  expect(await add('某人', 'navy', ['handler'])).toMatchObject({ refusal: { code: 'person.unit' } });
  expect(await add('某人', 'gardening', [])).toMatchObject({ refusal: { code: 'person.post' } });
});

test('the last holder of a post keeps it until a successor is appointed', async () => {
  const personId = demoPerson('luwenbo');
  const end = (): Promise<unknown> => endPost(db.appPool, 'demo', { personId, post: 'archivist', last: '2026-03-02' });
  expect(await end()).toMatchObject({ refusal: { code: 'post.lastHolder' } });
  const successor = { personId: demoPerson('fangjing'), post: 'archivist', unit: 'quality', from: '2026-03-03' };
  expect(await assignPost(db.appPool, 'demo', successor)).toEqual({ ok: true, value: null });
  expect(await assignPost(db.appPool, 'demo', successor)).toEqual({ ok: true, value: null });
  expect(await end()).toEqual({ ok: true, value: null });
  const holders = async (at: number): Promise<string[]> =>
    (await loadDirectory(db.appPool, 'demo', at)).holders('archivist').map((p) => p.name);
  expect(await holders(now)).toEqual(['陆文博']);
  expect(await holders(now + DAY)).toEqual(['方静']);
});

test('the number owners call can be changed, but not to something nobody can dial', async () => {
  expect(await telephoneOf(db.appPool, 'demo')).toBe('19900009000');
  expect(await setTelephone(db.appPool, 'demo', ' 0571-8888 0000 ')).toEqual({ ok: true, value: null });
  expect(await setTelephone(db.appPool, 'demo', '打给我')).toMatchObject({ refusal: { code: 'company.telephone' } });
  expect(await telephoneOf(db.appPool, 'demo')).toBe('0571-8888 0000');
  await setTelephone(db.appPool, 'demo', '');
  expect(await telephoneOf(db.appPool, 'demo')).toBeNull();
});

import { expect, test } from 'vitest';
import { localDate } from '#clock/civil.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { WorklistItem, WorklistPage } from '#http/contract/worklist.ts';
import { type Client, client, site } from './support.ts';

/** The demo's past: cases at every stage. */
const at = site({ history: true });

async function page(person: Client, query: string): Promise<WorklistPage> {
  const said = await person.ask<WorklistPage>(`/api/v1/worklist?limit=200&${query}`);
  expect(said.status, said.text).toBe(200);
  return said.body;
}
const ids = (items: readonly WorklistItem[]): string[] => items.map((item) => item.id).sort();

/** What the whole company has open in these states, as whoever may see everything sees it. */
async function open(...states: string[]): Promise<string[]> {
  const { items } = await page(await at().as('heguodong'), 'view=all');
  return ids(items.filter((item) => item.procedure === 'complaint' && states.includes(item.state)));
}
async function waiting(person: Client): Promise<string[]> {
  const { items, counts } = await page(person, 'view=role');
  expect(items.every((item) => item.waitsForMe)).toBe(true);
  expect(counts?.role).toBe(items.length);
  const mine = await page(person, 'view=mine');
  expect(mine.counts?.mine).toBe(mine.items.length);
  const late = await page(person, 'view=mine&overdue=true');
  expect(mine.counts?.overdue).toBe(late.items.length);
  return ids(items.filter((item) => item.procedure === 'complaint'));
}

test('every case officer finds under “waiting for my role” what is registered, contacted or classified, whoever follows it', async () => {
  const clerk = await at().as('chenlijuan');
  await clerk.register({});
  await clerk.register({});
  const expected = await open('registered', 'contacted', 'classified');
  expect(expected.length).toBeGreaterThanOrEqual(2);
  for (const key of ['chenlijuan', 'zhaominghui']) expect(await waiting(await at().as(key))).toEqual(expected);
});

test('the archivist finds what is signed, and nothing that is still being worked on', async () => {
  const expected = await open('signed', 'terminated', 'withdrawn');
  expect(expected.length).toBeGreaterThanOrEqual(1);
  expect(await waiting(await at().as('luwenbo'))).toEqual(expected);
});

test('a plan put off to a later day waits for the manager, and for nobody else’s role', async () => {
  const { items } = await page(await at().as('heguodong'), 'view=all');
  const ready = items.find((item) => item.state === 'investigated');
  const body = { personId: ready?.assignee?.id };
  const entered = await at().anybody.ask('/api/v1/session', { method: 'POST', body });
  const assignee = client(at().url, '', { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' });
  const states: string[] = [];
  let { seq } = (await assignee.ask<CaseView>(`/api/v1/cases/${ready?.id}`)).body;
  for (const days of [2, 20]) {
    const completeBy = localDate(Date.now() + days * 86_400_000);
    const planned = await assignee.take(ready?.id ?? '', 'plan', { measures: ['更换老化管道'], completeBy }, seq);
    expect(planned.status, planned.text).toBe(200);
    states.push(planned.body.state);
    ({ seq } = planned.body);
  }
  expect(states).toEqual(['implementing', 'awaitingApproval']);
  expect(await waiting(await at().as('linzhiyuan'))).toEqual([ready?.id]);
  for (const key of ['luwenbo', 'chenlijuan']) expect(await waiting(await at().as(key))).not.toContain(ready?.id);
});

test('whoever a case complains of finds it neither in his lists nor in the figures above them', async () => {
  const { items } = await page(await at().as('chenlijuan'), 'view=all');
  const officer = await at().as('zhaominghui');
  const before = await page(officer, 'view=role');
  const clerk = await at().as('chenlijuan');
  const about = await clerk.register({ complainedOf: officer.personId });
  const after = await page(officer, 'view=role');
  expect(ids(after.items)).toEqual(ids(before.items));
  expect(after.counts).toEqual(before.counts);
  expect((await page(clerk, 'view=role')).items.some((item) => item.id === about.id)).toBe(true);
  expect(items.length).toBeGreaterThan(0);
});

import { beforeAll, expect, test } from 'vitest';
import { readPacks } from '#app/packs.ts';
import { localDate } from '#clock/civil.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { premisesId } from '#directory/demo/premises.ts';
import { staffDemo } from '#directory/demo/staff.ts';
import { loadDirectory } from '#directory/directory.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { WireValues } from '#http/contract/common.ts';
import type { PackScope } from '#http/contract/pack-scope.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import { compilePack } from '#policy/compile.ts';
import type { PackSource } from '#policy/source.ts';
import { found as inspected, priceTold } from '../../packs/s6/golden.ts';
import { renumbered } from '../support/renumbered.ts';
import { type Client, client, site } from './support.ts';

const at = site();
const shipped = await readPacks('packs');

/** Publishes a procedure as shipped, or after changes to its head, with people of the demo for its posts. */
async function publish(name: string, change: (head: string) => string = (head) => head): Promise<void> {
  const sources = (shipped.get(name) ?? []).map(
    (source): PackSource => (source.path === 'pack.yaml' ? { ...source, text: change(source.text) } : source),
  );
  const compiled = compilePack(sources);
  if (!compiled.ok) throw new Error(compiled.problems[0]?.message.en);
  const { handling, pool } = at().program;
  await staffDemo(pool, compiled.value, Date.now());
  const said = await handling.publish(DEMO_TENANT, { sources, by: '徐凯', reviewNote: '' });
  expect(said.ok, JSON.stringify(said)).toBe(true);
}
async function holder(post: string): Promise<Client> {
  const [person] = (await loadDirectory(at().program.pool, DEMO_TENANT)).holders(post);
  return asPerson(person?.id ?? '');
}
async function asPerson(personId: string): Promise<Client> {
  const begun = await client(at().url, personId, {}).ask('/api/v1/session', { method: 'POST', body: { personId } });
  expect(begun.status, begun.text).toBe(201);
  return client(at().url, personId, { cookie: begun.headers.get('set-cookie')?.split(';')[0] ?? '' });
}
type Said = CaseView & { code: string; messages: { zh: string } };
const register = (who: Client, pack: string, matter: string, values: WireValues, channel = 'phone') =>
  who.ask<Said>('/api/v1/cases', { method: 'POST', body: { pack, matter, channel, values } });
const tap = (premises: string): WireValues => ({
  content: '厨房水龙头漏水',
  place: { premisesId: premises, text: '厨房' },
  contactName: '王小明',
  contactPhone: '19900001234',
});

beforeAll(async () => {
  await publish('s7');
  await publish('s9');
});

test('S7-03 · applied to one estate, the procedure takes nothing from another; applied there too, it does; runs unlimited to begin with', async () => {
  const administrator = await holder('generalManager');
  const clerk = await holder('receptionist');
  const jinxiu = premisesId('JX');
  const room = premisesId('JX-3-1-502');
  const made = await administrator.ask<{ id: string }>('/api/v1/premises/estates', {
    method: 'POST',
    body: { name: '新接楼盘' },
  });
  const elsewhere = made.body.id;
  const limit = (who: Client, estates: string[]) =>
    who.ask<PackScope & { code: string }>('/api/v1/packs/S7/estates', { method: 'PUT', body: { estates } });
  expect((await register(clerk, 'S7', 'repair', tap(elsewhere))).status).toBe(201);

  expect((await limit(clerk, [jinxiu])).status).toBe(403);
  expect((await limit(administrator, [room])).body.code).toBe('premises.unknown');
  expect((await limit(administrator, [jinxiu])).body.estates.map(({ id }) => id)).toEqual([jinxiu]);
  const refused = await register(clerk, 'S7', 'repair', tap(elsewhere));
  expect([refused.status, refused.body.code]).toEqual([422, 'register.outOfScope']);
  expect(refused.body.messages.zh).toContain('锦绣花园');
  expect((await register(clerk, 'S7', 'repair', tap(room))).status).toBe(201);
  // Words alone name no estate, and the other procedures are not limited.
  expect((await register(clerk, 'S7', 'repair', { ...tap(room), place: '新接楼盘东门' })).status).toBe(201);

  await limit(administrator, [jinxiu, elsewhere]);
  expect((await register(clerk, 'S7', 'repair', tap(elsewhere))).status).toBe(201);
  expect((await limit(administrator, [])).body.estates).toEqual([]);
});

test('S9-24 · intake, assignment, feedback, analysis, knowledge and improvement of one case by the API alone, which says itself how it is used', async () => {
  const officer = await holder('caseOfficer');
  const begun = await register(
    officer,
    'S9',
    'complaint',
    {
      ...tap(premisesId('JX-3-1-502')),
      content: '电梯异响',
      occurredAt: '2026-03-01T20:00:00+08:00',
      category: 'facility/lift',
    },
    'hotline',
  );
  expect(begun.status, begun.text).toBe(201);
  let seen = begun.body as CaseView;
  const take = async (who: Client, step: string, values: WireValues): Promise<void> => {
    const said = await who.take(seen.id, step, values, seen.seq);
    expect(said.status, `${step}: ${said.text}`).toBe(200);
    seen = said.body;
  };
  const skilled = await holder('liftSkill');
  const follows = await asPerson(seen.duties.caseOfficer?.id ?? '');
  await take(follows, 'assign', { lift: skilled.personId });
  await take(skilled, 'respond', { response: '今天下午到场检查曳引机，晚上前答复您' });
  await take(skilled, 'confirmByOfficer', { outcome: '已更换导靴', checked: true });
  await take(follows, 'confirmByOwner', { done: true, how: '电话' });
  await take(follows, 'rate', { rating: 'satisfied' });
  const analyst = await holder('analyst');
  await take(analyst, 'analyse', {
    cause: '导靴磨损',
    pattern: '同楼第二次',
    library: 'keep',
    improvement: 'start',
    goal: '减半',
    measure: '季度更换',
    responsible: follows.personId,
    dueOn: localDate(Date.now() + 60 * DAY),
  });
  await take(follows, 'close', {});
  expect(seen.outcome).toBe('已更换导靴');
  expect(seen.links.map(({ procedure }) => procedure)).toEqual(['precedent', 'improvement']);

  const linked = async (i: number): Promise<CaseView> =>
    (await analyst.ask<CaseView>(`/api/v1/cases/${seen.links[i]?.caseId}`)).body;
  const [precedent, improvement] = [await linked(0), await linked(1)];
  seen = precedent;
  const librarian = await asPerson(seen.duties.assignee?.id ?? '');
  await take(librarian, 'publish', { anonymous: true, effect: '异响消除', tags: ['电梯'] });
  expect(seen.state).toBe('published');
  seen = improvement;
  await take(follows, 'carryOut', { done: '已改为季度更换' });
  expect(seen.state).toBe('done');

  const page = await at().anybody.ask<{ openapi: string; paths: object }>('/api/openapi.json');
  expect(page.body.openapi).toBe('3.1.0');
  expect(Object.keys(page.body.paths)).toContain('/api/v1/cases/{id}/commands');
  expect((await at().anybody.ask(`/api/v1/cases/${seen.id}`)).status).toBe(401);
});

test('S6-42 · S7-40 · no charge without a receipt number, and no number twice: the second names the case that has it', async () => {
  const clerk = await holder('receptionist');
  const repaired = async (): Promise<CaseView> => {
    let seen: CaseView = (await register(clerk, 'S7', 'repair', tap(premisesId('JX-3-1-502')))).body;
    const officer = await asPerson(seen.duties.caseOfficer?.id ?? '');
    const technician = await holder('technician');
    const take = async (who: Client, step: string, values: WireValues = {}): Promise<void> => {
      const said = await who.take(seen.id, step, values, seen.seq);
      expect(said.status, `${step}: ${said.text}`).toBe(200);
      seen = said.body;
    };
    await take(officer, 'judge', { part: 'private' });
    await take(officer, 'inform', priceTold);
    await take(officer, 'dispatch', { grade: 'minor', technician: technician.personId });
    await take(technician, 'accept');
    await take(technician, 'arrive', { tools: true, how: 'code' });
    await take(technician, 'inspect', { ...inspected, expectedBy: localDate(Date.now()) });
    await take(technician, 'complete', { result: '已更换阀芯', materials: ['阀芯'], hours: 1 });
    const form = await technician.ask<{ digest: string }>(`/api/v1/cases/${seen.id}/documents/workOrder`);
    const signature = { method: 'electronic', signer: '王小明', digest: form.body.digest };
    await take(technician, 'signOrder', { signature });
    return seen;
  };
  const charge = async (one: CaseView, values: WireValues) => {
    const technician = await asPerson(one.duties.assignee?.id ?? '');
    const { body } = await technician.ask<CaseView>(`/api/v1/cases/${one.id}`);
    const said = await technician.take(one.id, 'charge', values, body.seq);
    return { status: said.status, ...(said.body as CaseView & Pick<Said, 'code' | 'messages'>) };
  };
  const [first, second] = [await repaired(), await repaired()];
  const without = await charge(first, { amount: 80 });
  expect([without.status, without.code]).toEqual([422, 'field.required']);
  expect((await charge(first, { amount: 80, receiptNumber: '0001234' })).status).toBe(200);
  const twice = await charge(second, { amount: 80, receiptNumber: '0001234' });
  expect([twice.status, twice.code]).toEqual([422, 'field.numberTaken']);
  expect(twice.messages.zh).toContain(first.number);
  expect((await charge(second, { amount: 80, receiptNumber: '0001235' })).status).toBe(200);
  // Corrected on its own case, a number stays that case's.
  expect((await charge(first, { amount: 79, receiptNumber: '0001234' })).status).toBe(200);
});

test('contact sheets are counted by the year', async () => {
  const made = await register(await holder('receptionist'), 'S7', 'contactSheet', { content: '外墙渗水' }, 'phone');
  expect(made.body.number).toMatch(new RegExp(`^LX${localDate(Date.now()).slice(0, 4)}-0001$`));
});

test('S6-103 · a version with a first day: what is registered the day before follows the old one, from midnight on the new one', async () => {
  await publish('s6');
  const { handling } = at().program;
  const now = (await handling.context(DEMO_TENANT, await current('S6'), clockworkless)).now;
  const firstDay = new Date(now + 8 * 3_600_000 + 2 * DAY).toISOString().slice(0, 10);
  const midnight: Instant = Date.parse(`${firstDay}T00:00:00+08:00`);
  await publish('s6', (head) => renumbered(head, '9.0.0').replace(/^version: .*$/m, `$&\neffective: ${firstDay}`));
  const clerk = await holder('receptionist');
  const version = async (): Promise<string> =>
    (await register(clerk, 'S6', 'repair', tap(premisesId('JX-3-1-502')))).body.packVersion;
  const before = await version();
  expect(before).not.toBe('9.0.0');
  await handling.moveClock(midnight - 60_000);
  expect(await version()).toBe(before);
  await handling.moveClock(midnight);
  expect(await version()).toBe('9.0.0');
  const list = await clerk.ask<{ pack: string; version: string }[]>('/api/v1/packs');
  expect(list.body.filter(({ pack }) => pack === 'S6').map((one) => one.version)).toEqual(['9.0.0']);
});

const clockworkless = { kind: 'system', personId: null, name: '', posts: [] } as const;
async function current(name: string): Promise<NonNullable<Awaited<ReturnType<Packs['current']>>>> {
  const pack = await at().program.handling.packs.current(DEMO_TENANT, name);
  if (!pack) throw new Error(`${name} is not in force`);
  return pack;
}
type Packs = ReturnType<typeof at>['program']['handling']['packs'];

import { expect, test } from 'vitest';
import { demoDoorCode } from '#directory/demo/ids.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { IncidentView, SamePersonView, SimilarView } from '#http/contract/inbox.ts';
import { type Client, site } from './support.ts';

const at = site();

const placeId = async (clerk: Client, words: string): Promise<string> =>
  (await clerk.ask<{ id: string }[]>(`/api/v1/premises?q=${encodeURIComponent(words)}`)).body[0]?.id ?? '';
const room = async (clerk: Client, words: string) => ({ premisesId: await placeId(clerk, words), text: words });
const similar = async (clerk: Client, words: string, premises?: string) =>
  (
    await clerk.ask<{ items: SimilarView[]; incidents: IncidentView[] }>(
      `/api/v1/similar-cases?${new URLSearchParams({ words, ...(premises ? { premises } : {}) })}`,
    )
  ).body;
const journal = async (clerk: Client, id: string): Promise<string[]> =>
  (await clerk.ask<{ sentence: { zh: string } }[]>(`/api/v1/cases/${id}/journal`)).body.map((one) => one.sentence.zh);
const read = async (clerk: Client, id: string): Promise<CaseView> =>
  (await clerk.ask<CaseView>(`/api/v1/cases/${id}`)).body;

test('while it is being written down, an earlier report of the same thing is offered, nearer ones first, others not', async () => {
  const clerk = await at().as('chenlijuan');
  const lift = await clerk.register({
    content: '2号楼电梯又停了，按了没反应，老人下不了楼',
    place: await room(clerk, '锦绣花园2栋1单元602'),
  });
  const other = await clerk.register({
    content: '云溪里的电梯停了，按了没反应',
    place: await room(clerk, '云溪里2栋1单元602'),
  });
  const lamp = await clerk.register({
    content: '路灯整晚亮着浪费电',
    place: await room(clerk, '锦绣花园2栋1单元301'),
  });
  const here = await placeId(clerk, '锦绣花园2栋1单元502');
  const { items } = await similar(clerk, '电梯停了，按按钮没反应', here);
  expect(items[0]).toMatchObject({ caseId: lift.id, nearness: 'sameRiser', likely: true });
  expect(items.map(({ caseId }) => caseId)).not.toContain(other.id);
  expect(items.map(({ caseId }) => caseId)).not.toContain(lamp.id);
  expect(items[0]?.place).toBe('锦绣花园2栋***');
  await clerk.ask('/api/v1/sandbox/clock', { method: 'POST', body: { advance: 'P15D' } });
  expect((await similar(clerk, '电梯停了，按按钮没反应', here)).items).toEqual([]);
});

test('joined at registering, each keeps his number, promises and page; splitting is told in both journals', async () => {
  const clerk = await at().as('chenlijuan');
  const place = await room(clerk, '锦绣花园4栋1单元502');
  const lead = await clerk.register({ content: '地下室返水', place });
  const made = await clerk.ask<CaseView>('/api/v1/cases', {
    method: 'POST',
    body: {
      matter: 'complaint',
      channel: 'phone',
      joins: lead.id,
      values: {
        content: '地下室全是水',
        occurredAt: '2026-03-01T20:00:00+08:00',
        place,
        contactName: '李娜',
        contactPhone: '19900005678',
      },
    },
  });
  expect(made.status, made.text).toBe(201);
  const own = made.body;
  expect(own.number).not.toBe(lead.number);
  expect(own.clocks.length).toBe(lead.clocks.length);
  expect(own.ownerPage).toMatch(/\/o\/c\//);
  expect(own.links).toContainEqual(expect.objectContaining({ caseId: lead.id, relation: 'joinedTo' }));
  await at().program.handling.drainJobs();
  expect((await read(clerk, lead.id)).links).toContainEqual(
    expect.objectContaining({ caseId: own.id, relation: 'member', reference: own.number }),
  );
  // A third report of the same thing is led to the first, not to the second.
  const { items } = await similar(clerk, '地下室返水', place.premisesId);
  expect(new Set(items.map(({ joinTo }) => joinTo.caseId))).toEqual(new Set([lead.id]));

  const answered = await clerk.ask<{ told: object[] }>(`/api/v1/cases/${lead.id}/joint-answer`, {
    method: 'POST',
    body: { key: 'answer-0001', text: { zh: '排水泵已修好，地下室正在清理' } },
  });
  expect(answered.body.told).toHaveLength(2);
  const page = await (await fetch(own.ownerPage ?? '')).text();
  expect(page).toContain('排水泵已修好');
  expect(page).not.toContain('王小明');

  const split = (reason: string) =>
    clerk.ask(`/api/v1/cases/${own.id}/splitting`, { method: 'POST', body: { reason } });
  expect((await split('')).status).toBe(422);
  expect((await split('是另一处漏水')).status).toBe(204);
  await at().program.handling.drainJobs();
  expect((await read(clerk, own.id)).links).toEqual([]);
  expect((await read(clerk, lead.id)).links).toEqual([]);
  expect(await journal(clerk, own.id)).toEqual(
    expect.arrayContaining([expect.stringContaining(`并入 ${lead.number}`), expect.stringContaining('是另一处漏水')]),
  );
  expect(await journal(clerk, lead.id)).toEqual(
    expect.arrayContaining([`${own.number} 并入本件`, `${own.number} 已从本件拆出`]),
  );
  const again = await clerk.ask(`/api/v1/cases/${own.id}/joining`, { method: 'POST', body: { lead: lead.id } });
  expect(again.status, again.text).toBe(200);
  const chain = await clerk.ask<{ code: string }>(`/api/v1/cases/${lead.id}/joining`, {
    method: 'POST',
    body: { lead: own.id },
  });
  expect(chain.body.code).toBe('join.chain');
});

test('a declared outage is shown where it touches, on the door’s page too, and everybody hears when its end moves and comes', async () => {
  const clerk = await at().as('chenlijuan');
  const manager = await at().as('linzhiyuan');
  const entrance = await placeId(clerk, '锦绣花园5栋2单元');
  const body = {
    kind: 'water',
    title: { zh: '5栋2单元02立管停水', en: 'No water on riser 02' },
    words: { zh: '水管爆裂，正在抢修，请用储水', en: 'A pipe burst and is being repaired' },
    places: [{ premisesId: entrance, riser: '02' }],
  };
  expect((await clerk.ask('/api/v1/incidents', { method: 'POST', body })).status).toBe(403);
  const made = await manager.ask<IncidentView>('/api/v1/incidents', { method: 'POST', body });
  expect(made.status, made.text).toBe(201);
  const there = await placeId(clerk, '锦绣花园5栋2单元702');
  const beside = await placeId(clerk, '锦绣花园5栋2单元701');
  expect((await similar(clerk, '没水了', there)).incidents.map(({ id }) => id)).toEqual([made.body.id]);
  expect((await similar(clerk, '没水了', beside)).incidents).toEqual([]);

  const door = async (code: string): Promise<string> => (await fetch(`${at().url}/o/d/${demoDoorCode(code)}`)).text();
  expect(await door('JX-5-2-702')).toContain('水管爆裂，正在抢修');
  expect(await door('JX-5-2-701')).not.toContain('水管爆裂');

  const known = await clerk.ask<CaseView>('/api/v1/cases', {
    method: 'POST',
    body: {
      matter: 'complaint',
      channel: 'phone',
      incident: made.body.id,
      values: {
        content: '家里没水了',
        occurredAt: '2026-03-01T20:00:00+08:00',
        place: { premisesId: there, text: '锦绣花园5栋2单元702' },
        contactName: '赵敏',
        contactPhone: '19900008888',
      },
    },
  });
  expect(known.status, known.text).toBe(201);
  const late = await clerk.register({ content: '没水' });
  const tied = await clerk.ask(`/api/v1/incidents/${made.body.id}/cases`, { method: 'POST', body: { case: late.id } });
  expect(tied.status, tied.text).toBe(204);
  await at().program.handling.drainJobs();
  const now = (await clerk.ask<{ now: string }>('/api/v1/sandbox/clock')).body.now;
  const end = new Date(Date.parse(now) + 6 * 3_600_000).toISOString();
  const change = (part: object) =>
    manager.ask<IncidentView>(`/api/v1/incidents/${made.body.id}`, { method: 'PATCH', body: part });
  const moved = await change({ expectedEnd: end });
  expect(moved.body.cases).toBe(2);
  await at().program.handling.drainJobs();
  const page = async (): Promise<string> => (await fetch(known.body.ownerPage ?? '')).text();
  expect(await page()).toContain('预计恢复时间改为');
  const ended = await change({ ended: true, words: { zh: '水管已换新，请放水片刻再用' } });
  expect(ended.body.endedAt).not.toBeNull();
  await at().program.handling.drainJobs();
  for (const id of [known.body.id, late.id])
    expect((await journal(clerk, id)).filter((one) => one.includes('水管已换新'))).toHaveLength(1);
  expect(await page()).toContain('水管已换新，请放水片刻再用');
  expect((await change({ ended: true })).status).toBe(409);
  expect((await similar(clerk, '没水了', there)).incidents).toEqual([]);
});

test('a number and an address become one person only when somebody checked and says how, and it can be taken back', async () => {
  const clerk = await at().as('chenlijuan');
  const both = await clerk.register({ contactPhone: '13911112222', contactEmail: 'zhao@example.com' });
  const mail = await clerk.register({ contactPhone: '', contactEmail: 'Zhao@example.com', content: '另一件事' });
  const call = await clerk.register({ contactPhone: '139-1111-2222', content: '第三件事' });
  const path = `/api/v1/cases/${call.id}/same-person`;
  const before = (await clerk.ask<SamePersonView>(path)).body;
  expect(before.cases.map(({ caseId }) => caseId)).toEqual([both.id]);
  const offered = (await clerk.ask<SamePersonView>(`/api/v1/cases/${both.id}/same-person`)).body;
  expect(offered.suggestions).toMatchObject([{ phone: '139****2222', email: 'z***@example.com', source: 'thisCase' }]);
  const confirmed = await clerk.ask<SamePersonView>(`/api/v1/cases/${both.id}/same-person`, {
    method: 'POST',
    body: { suggestion: offered.suggestions[0]?.id, how: 'calledBack' },
  });
  expect(confirmed.body.joined[0]).toMatchObject({ how: 'calledBack', by: '陈丽娟' });
  const after = (await clerk.ask<SamePersonView>(path)).body;
  expect(new Set(after.cases.map(({ caseId }) => caseId))).toEqual(new Set([both.id, mail.id]));
  const undone = await clerk.ask<SamePersonView>(`${path}/${after.joined[0]?.id}`, { method: 'DELETE' });
  expect(undone.body.cases.map(({ caseId }) => caseId)).toEqual([both.id]);
});

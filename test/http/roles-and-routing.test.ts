import { beforeAll, describe, expect, test } from 'vitest';
import { premisesId } from '#directory/demo/premises.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { WireValues } from '#http/contract/common.ts';
import type { StaffingBody, StaffingView } from '#http/contract/staffing.ts';
import type { WorklistPage } from '#http/contract/worklist.ts';
import { playing } from './procedure.ts';
import { type Client, site } from './support.ts';

const at = site();
const { publish, holder, person, register, take, refused } = playing(at);
let boss: Client;

beforeAll(async () => {
  await publish('s6', 's7', 's9');
  boss = await at().as('xukai');
});

const say = async (body: StaffingBody): Promise<StaffingView> => {
  const said = await boss.ask<StaffingView>('/api/v1/staffing', { method: 'POST', body });
  expect(said.status, said.text).toBe(200);
  return said.body;
};
const room: WireValues = {
  place: { premisesId: premisesId('JX-3-1-502'), text: '卫生间' },
  contactName: '王小明',
  contactPhone: '19900001234',
};
const grievance: WireValues = { ...room, content: '返修后仍渗水', cause: 'quality', claimsDamages: true };
const justNow = (): string => new Date(Date.now() - 60_000).toISOString();

describe.each([
  { pack: 'S6', ids: { director: 'S6-79', taker: 'S6-62', centre: 'S6-80', limit: 'S6-06' } },
  { pack: 'S7', ids: { director: 'S7-77', taker: 'S7-60', centre: 'S7-78', limit: 'as in S6' } },
])('$pack', ({ pack, ids }) => {
  let talking: CaseView;
  let director: Client;

  test(`${ids.director} · a complaint about a repair lies with the site director, whoever wrote it down`, async () => {
    const clerk = await holder('receptionist');
    const made = await register(clerk, pack, 'complaint', grievance);
    expect(made.status, made.text).toBe(201);
    director = await holder('siteDirector');
    expect(made.body.duties.assignee?.id).toBe(director.personId);
    const barred = await refused(await holder('technician'), made.body, 'arriveOnScene', { where: '业主家中' });
    expect(['role.notYours', 'case.unknown']).toContain(barred.code);
    talking = await take(director, made.body, 'arriveOnScene', { where: '业主家中' });
    talking = await take(director, talking, 'meet', {
      metAt: justNow(),
      where: '业主家中',
      participants: ['丁主任', '业主A'],
      demands: '赔偿地板',
      answer: '请示后答复',
      basis: 'warranty',
      basisClause: '第三条',
    });
  });

  test(`${ids.limit} · a promise beyond one’s authority is refused with who may decide; within it, it is made`, async () => {
    const asked = { leader: '李总', askedAt: justNow(), amount: 900, agreed: true };
    const agreed = await take(director, talking, 'askByTelephone', asked);
    await say({ type: 'setLimit', post: 'siteDirector', decision: 'compensation', upToFen: 50_000 });
    const view = await say({ type: 'setLimit', post: 'generalManager', decision: 'compensation', upToFen: null });
    const promise = { amount: 501, answer: '赔付', basisClause: '第三条' };
    const beyond = await refused(director, agreed, 'promiseSmall', promise);
    expect(beyond).toMatchObject({ code: 'authority.exceeded', field: 'amount' });
    const general = await holder('generalManager');
    const name = view.people.find(({ id }) => id === general.personId)?.name ?? '?';
    expect(beyond.who?.zh).toContain(name);
    // A limit of his own goes before that of his post.
    await say({ type: 'setLimit', personId: director.personId, decision: 'compensation', upToFen: 10_000 });
    expect((await refused(director, agreed, 'promiseSmall', { ...promise, amount: 500 })).code).toBe(
      'authority.exceeded',
    );
    await say({ type: 'setLimit', personId: director.personId, decision: 'compensation', upToFen: 60_000 });
    const done = await take(director, agreed, 'promiseSmall', promise);
    expect(done.state).toBe('promised');
    for (const one of (await say({ type: 'setLimit', post: 'siteDirector', decision: 'compensation', upToFen: null }))
      .limits)
      await say({ type: 'endLimit', id: one.id });
  });

  test(`${ids.taker} · whoever takes the report follows it up, also when he is not of the service centre`, async () => {
    const officer = await holder('areaOfficer');
    const made = await register(officer, pack, 'repair', { ...room, content: '厨房水龙头漏水' });
    expect(made.status, made.text).toBe(201);
    expect(made.body.duties.caseOfficer?.id).toBe(officer.personId);
  });

  test(`${ids.centre} · an ordinary complaint is ended by the service centre, with its note of the reception and what was done after`, async () => {
    const clerk = await holder('receptionist');
    const { claimsDamages: _, ...ordinary } = grievance;
    const made = await register(clerk, pack, 'complaint', ordinary);
    const ended = {
      reception: '业主来访，情绪平稳',
      answer: '已说明原因',
      basis: 'warranty',
      basisClause: '第二条',
      aftermath: '已致歉并回访',
    };
    for (const field of ['reception', 'aftermath']) {
      const { [field]: _left, ...lacking } = ended as Record<string, string>;
      expect((await refused(clerk, made.body, 'settleOrdinary', lacking)).field).toBe(field);
    }
    expect((await take(clerk, made.body, 'settleOrdinary', ended)).state).toBe('closed');
  });
});

test('S9-44 · whoever stands in for somebody away finds that one’s open work among his own lists, and does it', async () => {
  const officer = await holder('caseOfficer');
  const made = await register(
    officer,
    'S9',
    'complaint',
    { ...room, content: '电梯异响', occurredAt: '2026-03-01T20:00:00+08:00', category: 'facility/lift' },
    'hotline',
  );
  expect(made.status, made.text).toBe(201);
  const holds = made.body.duties.caseOfficer?.id ?? '';
  const deputy = await at().as('wujianping');
  const lift = await holder('liftSkill');
  expect((await refused(deputy, made.body, 'assign', { lift: lift.personId })).code).toMatch(/role|case\.unknown/);
  const today = (await boss.ask<StaffingView>('/api/v1/staffing')).body.days[0] ?? '';
  await say({ type: 'substitute', personId: holds, substituteId: deputy.personId, from: today, to: today });
  const list = await deputy.ask<WorklistPage>('/api/v1/worklist?view=standIn&limit=200');
  expect(list.body.items.map(({ id }) => id)).toContain(made.body.id);
  const assigned = await take(deputy, made.body, 'assign', { lift: lift.personId });
  expect(assigned.seq).toBeGreaterThan(made.body.seq);
  expect((await person(holds)).personId).not.toBe(deputy.personId);
});

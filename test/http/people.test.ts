import { beforeAll, expect, test } from 'vitest';
import type { WireProblem } from '#http/contract/common.ts';
import type { PersonView } from '#http/contract/directory.ts';
import {
  type FirstAccessView,
  type HandOverView,
  type HireBody,
  peopleEndpoints,
  type StaffView,
} from '#http/contract/people.ts';
import type { SessionView } from '#http/contract/session.ts';
import { enter, enterFirst, ownCompany } from './own-company.ts';
import { type Answer, type Client, contacted, site } from './support.ts';

const own = site({ sandbox: false });
let boss: Client;

beforeAll(async () => {
  boss = await ownCompany(own());
});

interface Hired {
  person: StaffView;
  access: FirstAccessView | null;
}
const hire = (body: HireBody, by = boss): Promise<Answer<Hired & WireProblem>> =>
  by.ask('/api/v1/people', { method: 'POST', body });
const post = <T>(path: string, body: object = {}, by = boss): Promise<Answer<T & WireProblem>> =>
  by.ask(`/api/v1/people/${path}`, { method: 'POST', body });
const hired = async (body: HireBody): Promise<Hired> => {
  const made = await hire(body);
  expect(made.status, made.text).toBe(201);
  return made.body;
};

test('somebody entered today can sign in, is asked for a password of his own, and can be given work', async () => {
  const { person, access } = await hired({
    name: '苗新来',
    unit: 'gardening',
    posts: ['handler'],
    phone: '138 0000 1234',
    username: 'Miao',
  });
  expect(peopleEndpoints.read.answers[200].safeParse(person).error).toBeUndefined();
  expect(person).toMatchObject({ active: true, phone: '13800001234', account: { username: 'miao', first: true } });
  const first = access?.firstPassword ?? '';
  expect(first).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/);
  const miao = await enter(own(), 'miao', first);
  expect(miao.me.signedIn).toMatchObject({ firstPassword: true, administers: false });
  const change = (current: string, password: string): Promise<Answer<SessionView & WireProblem>> =>
    miao.ask('/api/v1/session/password', { method: 'POST', body: { current, password } });
  expect((await change('something else', 'a garden in spring')).body).toMatchObject({
    status: 422,
    code: 'account.wrongPassword',
    field: 'current',
  });
  expect((await change(first, 'short')).body).toMatchObject({ code: 'account.password', field: 'password' });
  const done = await change(first, 'a garden in spring');
  expect(done.body.signedIn, done.text).toMatchObject({ firstPassword: false });
  expect((await miao.ask('/api/v1/worklist')).status).toBe(401);
  await enter(own(), 'miao', 'a garden in spring');
  const list = await boss.ask<PersonView[]>('/api/v1/people?role=handler&unit=gardening');
  expect(list.body.map((one) => one.name)).toContain('苗新来');
});

test('a forgotten password is replaced by a first one, and the old one no longer works', async () => {
  const { person } = await hired({ name: '贺忘', unit: 'cleaning', posts: ['handler'] });
  expect(person.account).toBeNull();
  expect((await post(`${person.id}/account`)).body.code).toBe('account.unknown');
  const opened = await post<FirstAccessView>(`${person.id}/account`, { username: 'hewang' });
  expect(opened.status, opened.text).toBe(201);
  const renewed = await post<FirstAccessView>(`${person.id}/account`);
  expect(renewed.body.firstPassword).not.toBe(opened.body.firstPassword);
  const old = { username: 'hewang', password: opened.body.firstPassword };
  expect((await own().anybody.ask('/api/v1/session', { method: 'POST', body: old })).status).toBe(401);
  await enter(own(), 'hewang', renewed.body.firstPassword);
});

test('only whoever answers for the company changes it; the refusal says who that is', async () => {
  const { person, access } = await hired({
    name: '申普通',
    unit: 'service',
    posts: ['receptionist'],
    username: 'shen',
  });
  const shen = await enterFirst(own(), 'shen', access?.firstPassword ?? '');
  const refused = await hire({ name: '某人', unit: 'service', posts: ['administrator'] }, shen);
  expect(refused.body).toMatchObject({ status: 403, code: 'role.notYours' });
  expect(refused.body.who?.zh).toContain('系统管理员（钱经理）');
  for (const [method, path] of [
    ['GET', person.id],
    ['PATCH', person.id],
    ['POST', `${person.id}/deactivation`],
    ['POST', `${boss.personId}/account`],
    ['POST', `${boss.personId}/hand-over`],
  ] as const) {
    const body = path.endsWith('hand-over') ? { to: person.id, reason: '' } : {};
    const said = await shen.ask<WireProblem>(`/api/v1/people/${path}`, {
      method,
      ...(method === 'GET' ? {} : { body }),
    });
    expect(said.body, path).toMatchObject({ status: 403, code: 'role.notYours' });
  }
});

test('a faulty wish changes nothing: neither a person without his account nor half a change of posts', async () => {
  const count = async (): Promise<number> => (await boss.ask<PersonView[]>('/api/v1/people')).body.length;
  const before = await count();
  const wish = { name: '某人', unit: 'service', posts: ['handler'] };
  expect((await hire({ ...wish, username: 'qian' })).body).toMatchObject({ status: 409, code: 'account.taken' });
  expect((await hire({ ...wish, posts: ['admiral'] })).body).toMatchObject({ code: 'person.post', field: 'posts' });
  expect((await hire({ ...wish, unit: 'navy' })).body).toMatchObject({ code: 'person.unit' });
  expect((await hire({ ...wish, name: ' ' })).body).toMatchObject({ code: 'person.name' });
  expect((await hire({ ...wish, phone: 'call me' })).status).toBe(422);
  expect(await count()).toBe(before);
  const { person } = await hired(wish);
  const body = { add: [{ post: 'archivist', unit: 'service' }], end: [{ post: 'handler', unit: 'navy' }] };
  const half = await boss.ask<WireProblem>(`/api/v1/people/${person.id}`, { method: 'PATCH', body });
  expect(half.body.code).toBe('person.unit');
  const now = await boss.ask<StaffView>(`/api/v1/people/${person.id}`);
  expect(now.body.posts.map((one) => one.post)).toEqual(['handler']);
  expect((await boss.ask<WireProblem>(`/api/v1/people/${crypto.randomUUID()}`)).body).toMatchObject({
    status: 404,
    code: 'person.unknown',
  });
});

test('posts pass from the first administrator to those who come after him, one unit at a time', async () => {
  const { person } = await hired({ name: '梁主管', unit: 'engineering', posts: ['departmentHead'] });
  const patch = (id: string, body: object): Promise<Answer<StaffView & WireProblem>> =>
    boss.ask(`/api/v1/people/${id}`, { method: 'PATCH', body });
  const ended = await patch(boss.personId, { end: [{ post: 'departmentHead', unit: 'engineering' }] });
  expect(ended.status, ended.text).toBe(200);
  const heads = ended.body.posts.filter((one) => one.post === 'departmentHead');
  expect(heads.filter((one) => one.to !== null).map((one) => one.unit.code)).toEqual(['engineering']);
  expect(heads).toHaveLength(5);
  const alone = await patch(boss.personId, { end: [{ post: 'qualityManager' }] });
  expect(alone.body).toMatchObject({ status: 409, code: 'post.lastHolder' });
  const given = await patch(person.id, { add: [{ post: 'qualityManager', unit: 'company' }] });
  expect(given.body.posts.map((one) => one.post).sort()).toEqual(['departmentHead', 'qualityManager']);
  expect((await patch(boss.personId, { end: [{ post: 'qualityManager' }] })).status).toBe(200);
  const posts = await boss.ask<{ code: string; title: { zh: string } }[]>('/api/v1/posts');
  expect(posts.body).toContainEqual({ code: 'archivist', title: { zh: '档案管理员', en: 'Archivist' } });
});

test('S1-15 · whoever still holds cases cannot be deactivated; the refusal lists them, they are handed over by name with a reason, then he leaves and can no longer sign in', async () => {
  const { person, access } = await hired({ name: '罗离职', unit: 'gardening', posts: ['handler'], username: 'luo' });
  const { person: heir } = await hired({ name: '韩接手', unit: 'gardening', posts: ['handler'] });
  const luo = await enterFirst(own(), 'luo', access?.firstPassword ?? '');
  const numbers: string[] = [];
  for (const content of ['草长过膝', '树枝断了']) {
    const made = await boss.register({ content, place: '春风里南门绿化带' });
    const met = await boss.take(made.id, 'contact', contacted, made.seq);
    const sorted = await boss.take(made.id, 'classify', { category: 'environment/greening' }, met.body.seq);
    const sent = await boss.take(made.id, 'dispatch', { unit: 'gardening', assignee: person.id }, sorted.body.seq);
    expect(sent.body.duties?.assignee?.name, sent.text).toBe('罗离职');
    numbers.push(made.number);
  }
  const refused = await post(`${person.id}/deactivation`);
  expect(refused.body).toMatchObject({ status: 409, code: 'person.holdsCases' });
  for (const number of numbers) expect(refused.body.messages.zh).toContain(number);
  expect((await luo.ask('/api/v1/worklist')).status).toBe(200);

  const wish = { to: heir.id, reason: '罗离职，移交' };
  expect((await post(`${person.id}/hand-over`, { ...wish, reason: ' ' })).body).toMatchObject({ field: 'reason' });
  expect((await post(`${person.id}/hand-over`, { ...wish, to: person.id })).body).toMatchObject({ field: 'to' });
  const held = (await boss.ask<StaffView>(`/api/v1/people/${person.id}`)).body.holds;
  expect(held.map((one) => one.number).sort()).toEqual([...numbers].sort());
  const one = await post<HandOverView>(`${person.id}/hand-over`, {
    ...wish,
    cases: held.slice(0, 1).map(({ id }) => id),
  });
  expect(one.body, one.text).toMatchObject({
    remaining: 1,
    verdicts: [{ duty: 'assignee', done: true, refusal: null }],
  });
  expect((await post(`${person.id}/deactivation`)).body.code).toBe('person.holdsCases');
  const rest = await post<HandOverView>(`${person.id}/hand-over`, wish);
  expect(rest.body).toMatchObject({ remaining: 0, to: { name: '韩接手' } });
  const journal = await boss.ask<{ type: string; data: { reason?: string } }[]>(`/api/v1/cases/${held[0]?.id}/journal`);
  expect(journal.body.filter((entry) => entry.type === 'dutyAssigned').at(-1)?.data.reason).toBe('罗离职，移交');

  const gone = await post<StaffView>(`${person.id}/deactivation`);
  expect(gone.body, gone.text).toMatchObject({ active: false, posts: [{ to: expect.any(String) }], holds: [] });
  expect((await luo.ask('/api/v1/worklist')).status).toBe(401);
  expect((await post(`${person.id}/deactivation`)).body).toMatchObject({ status: 404, code: 'person.unknown' });
});

test('S1-15 · a case that whoever hands over may not reassign keeps its holder and says who may', async () => {
  const { person: officer } = await hired({ name: '卓专员', unit: 'service', posts: ['caseOfficer'] });
  const { person: heir } = await hired({ name: '丁接手', unit: 'service', posts: ['caseOfficer'] });
  const made = await boss.register({ content: '大厅灯坏了', place: '春风里大厅' });
  const moved = await boss.ask(`/api/v1/cases/${made.id}/commands`, {
    method: 'POST',
    headers: { 'if-match': `"${made.seq}"` },
    body: { type: 'reassign', duty: 'caseOfficer', personId: officer.id, reason: '排班' },
  });
  expect(moved.status, moved.text).toBe(200);
  const { access } = await hired({ name: '管系统', unit: 'company', posts: ['administrator'], username: 'guan' });
  const guan = await enterFirst(own(), 'guan', access?.firstPassword ?? '');
  const body = { to: heir.id, reason: '离职' };
  const said = await post<HandOverView>(`${officer.id}/hand-over`, body, guan);
  expect(said.body).toMatchObject({ remaining: 1, verdicts: [{ done: false, refusal: { code: 'role.notYours' } }] });
  expect(said.body.verdicts[0]?.refusal?.who?.zh).toContain('钱经理');
  expect((await post<HandOverView>(`${officer.id}/hand-over`, body)).body.remaining).toBe(0);
});

test('the only holder of a post cannot leave before somebody succeeds him', async () => {
  const said = await post(`${boss.personId}/deactivation`);
  expect(said.status).toBe(409);
  expect(['person.holdsCases', 'person.lastHolder']).toContain(said.body.code);
});

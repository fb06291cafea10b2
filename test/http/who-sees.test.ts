import { expect, test } from 'vitest';
import { demoPerson } from '#directory/demo/company.ts';
import type { CaseView, JournalEntryView } from '#http/contract/case.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { WorklistPage } from '#http/contract/worklist.ts';
import { type Client, contacted, site, usual } from './support.ts';

const at = site();
const PHONE = '19900001234';

async function listed(person: Client, query: string): Promise<string[]> {
  const page = await person.ask<WorklistPage>(`/api/v1/worklist?${query}`);
  expect(page.status, page.text).toBe(200);
  return page.body.items.map((item) => item.id);
}

test('nobody sees anything without signing in, and an unknown key is told so', async () => {
  const made = await (await at().as('chenlijuan')).register();
  for (const path of [`/api/v1/cases/${made.id}`, '/api/v1/worklist', '/api/v1/people', '/api/v1/events'])
    expect((await at().anybody.ask(path)).status).toBe(401);
  const bad = await at().anybody.ask<WireProblem>('/api/v1/worklist', {
    headers: { authorization: 'Bearer hy_demo.aaaaaaaaaaaaaaaaaaaaaaaa' },
  });
  expect(bad.body).toMatchObject({ status: 401, code: 'session.missing' });
});

test('personal values are masked on every wire: case, journal, list, paper', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register({ content: `请回电 ${PHONE}` });
  const done = await clerk.take(made.id, 'contact', contacted, made.seq);
  const seen = [
    JSON.stringify(made),
    done.text,
    (await clerk.ask(`/api/v1/cases/${made.id}`)).text,
    (await clerk.ask(`/api/v1/cases/${made.id}/journal`)).text,
    (await clerk.ask('/api/v1/worklist?view=all')).text,
    (await clerk.ask(`/api/v1/cases/${made.id}/allowed-commands`)).text,
    (await clerk.ask(`/api/v1/cases/${made.id}/documents/registerForm`)).text,
  ];
  for (const text of seen) {
    expect(text.length).toBeGreaterThan(100);
    expect(text).not.toContain(PHONE);
    expect(text).not.toContain('王小明');
    expect(text).not.toContain('1单元502');
  }
  expect(made.values.contactPhone).toBe('199****1234');
  expect(made.masked).toEqual(expect.arrayContaining(['place', 'contactName', 'contactPhone']));
});

test('a stated reason opens the values and the papers for half an hour, and the look is on record', async () => {
  const [clerk, other] = [await at().as('chenlijuan'), await at().as('zhaominghui')];
  const made = await clerk.register();
  const path = `/api/v1/cases/${made.id}/disclosure`;
  const without = await clerk.ask<WireProblem>(path, { method: 'POST', body: { reason: ' ' } });
  expect(without.body).toMatchObject({ status: 422, code: 'reveal.reason' });
  const clear = await clerk.ask<{ values: Record<string, unknown> }>(path, {
    method: 'POST',
    body: { reason: '回电核对地址' },
  });
  expect(clear.body.values).toMatchObject({ contactPhone: PHONE, contactName: '王小明' });
  const log = await at().database.ownerPool.query<{ reason: string; fields: string[] }>(
    'select reason, fields from huiyin.access_log where case_id = $1',
    [made.id],
  );
  expect(log.rows).toEqual([
    { reason: '回电核对地址', fields: expect.arrayContaining(['contactPhone', 'contactName', 'place']) },
  ]);
  const paper = `/api/v1/cases/${made.id}/documents/registerForm`;
  expect((await clerk.ask(paper)).text).toContain(PHONE);
  expect((await other.ask(paper)).text).not.toContain(PHONE);
  await clerk.ask('/api/v1/sandbox/clock', { method: 'POST', body: { advance: 'PT31M' } });
  expect((await clerk.ask(paper)).text).not.toContain(PHONE);
});

test('the person complained of never learns who complained, finds nothing in his lists, and can do nothing', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register({ complainedOf: demoPerson('zhaominghui'), content: '专员在电话里态度很差' });
  const accused = await at().as('zhaominghui');
  const seen = await accused.ask<CaseView>(`/api/v1/cases/${made.id}`);
  expect(seen.status).toBe(200);
  expect(seen.body.values).not.toHaveProperty('contactName');
  expect(seen.body.values).not.toHaveProperty('contactPhone');
  expect(seen.body.values).not.toHaveProperty('place');
  const journal = await accused.ask<JournalEntryView[]>(`/api/v1/cases/${made.id}/journal`);
  expect(journal.text).not.toContain('199****1234');
  for (const query of ['view=mine', 'view=role', 'view=all', 'view=all&q=态度很差'])
    expect(await listed(accused, query)).not.toContain(made.id);
  expect(await listed(clerk, 'view=all&q=态度很差')).toContain(made.id);
  const look = await accused.ask(`/api/v1/cases/${made.id}/disclosure`, { method: 'POST', body: { reason: '想知道' } });
  expect(look.status).toBe(403);
  const act = await accused.take(made.id, 'contact', contacted, made.seq);
  expect([act.status, (act.body as unknown as WireProblem).code]).toEqual([403, 'role.recused']);
});

test('a discipline matter is seen by its readers only; for everybody else it does not exist', async () => {
  const quality = await at().as('fangjing');
  const made = await quality.ask<CaseView>('/api/v1/cases', {
    method: 'POST',
    body: {
      matter: 'discipline',
      channel: 'other',
      values: { what: '多次推诿业主的反映', about: demoPerson('luoyong') },
    },
  });
  expect(made.status, made.text).toBe(201);
  const { id, seq } = made.body;
  expect(made.body.ownerPage).toBeUndefined();
  expect((await (await at().as('heguodong')).ask(`/api/v1/cases/${id}`)).status).toBe(200);
  for (const key of ['chenlijuan', 'luoyong', 'linzhiyuan']) {
    const other = await at().as(key);
    for (const path of ['', '/journal', '/allowed-commands', '/candidates', '/documents/registerForm'])
      expect((await other.ask<WireProblem>(`/api/v1/cases/${id}${path}`)).body.code, key + path).toBe('case.unknown');
    expect(await listed(other, 'view=all&q=推诿')).not.toContain(id);
    const note = await other.ask(`/api/v1/cases/${id}/commands`, {
      method: 'POST',
      body: { type: 'annotate', text: '看见' },
    });
    expect(note.status).toBe(404);
    const act = await other.take(id, 'verify', { finding: 'upheld', grounds: '属实' }, seq);
    expect(act.status).toBe(404);
  }
  expect(await listed(quality, 'view=all&q=推诿')).toContain(id);
});

test('a gardener sees what was given to him and his department, and nothing of other people’s work', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register({ category: 'environment/greening', content: '草坪枯了一大片' });
  const gardener = await at().as('wujianping');
  expect((await gardener.ask(`/api/v1/cases/${made.id}`)).status).toBe(404);
  expect(await listed(gardener, 'view=all&q=草坪')).toEqual([]);
  const given = await clerk.take(
    made.id,
    'dispatch',
    { unit: 'gardening', assignee: demoPerson('wujianping') },
    made.seq,
  );
  expect(given.status, given.text).toBe(200);
  expect((await gardener.ask(`/api/v1/cases/${made.id}`)).status).toBe(200);
  expect(await listed(gardener, 'view=mine')).toContain(made.id);
  expect((await (await at().as('sunguoqing')).ask(`/api/v1/cases/${made.id}`)).status).toBe(200);
  expect((await (await at().as('machao')).ask(`/api/v1/cases/${made.id}`)).status).toBe(404);
});

test('a key that may only read gives no orders, and a reading key sees what its post sees', async () => {
  const reader = await at().machine('caseOfficer', ['read']);
  const refused = await reader.ask<WireProblem>('/api/v1/cases', {
    method: 'POST',
    body: { matter: 'complaint', channel: 'phone', values: usual() },
  });
  expect(refused.body).toMatchObject({ status: 403, code: 'key.scope' });
  expect((await listed(reader, 'view=all')).length).toBeGreaterThan(0);
});

test('S1-35 · whoever is said to shirk does not read what was said of him; the one who said it and quality do', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register({ category: 'environment/greening' });
  const officer = made.duties.caseOfficer?.name === '陈丽娟' ? clerk : await at().as('zhaominghui');
  const away = await officer.take(
    made.id,
    'dispatch',
    { unit: 'gardening', assignee: demoPerson('wujianping') },
    made.seq,
  );
  expect(away.status, away.text).toBe(200);
  const said = await officer.take(made.id, 'reportShirking', { what: '三次推说没空' }, (away.body as CaseView).seq);
  expect(said.status, said.text).toBe(200);
  const reads = async (who: string): Promise<string> => {
    const person = await at().as(who);
    const [view, journal] = [
      await person.ask(`/api/v1/cases/${made.id}`),
      await person.ask(`/api/v1/cases/${made.id}/journal`),
    ];
    expect([view.status, journal.status]).toEqual([200, 200]);
    return view.text + journal.text;
  };
  const accused = await reads('wujianping');
  expect(accused).not.toContain('三次推说没空');
  expect(accused).not.toContain('推诿');
  expect(accused).toContain('仅限指定人员查看');
  expect(await reads('fangjing')).toContain('三次推说没空');
  expect(said.text).toContain('三次推说没空');
});

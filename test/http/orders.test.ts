import { expect, test } from 'vitest';
import type { AllowedCommandView, CandidateView, CaseView, JournalEntryView } from '#http/contract/case.ts';
import type { WireProblem } from '#http/contract/common.ts';
import { contacted, site, usual } from './support.ts';

const at = site();

test('two clerks on one case: the second is told what changed and by whom, and nothing is lost', async () => {
  const [first, second] = [await at().as('chenlijuan'), await at().as('zhaominghui')];
  const made = await first.register();
  const [a, b] = await Promise.all([
    first.take(made.id, 'contact', contacted, made.seq),
    second.take(made.id, 'contact', contacted, made.seq),
  ]);
  const [won, lost] = a.status === 200 ? [a, b] : [b, a];
  expect([won.status, lost.status]).toEqual([200, 412]);
  const problem = lost.body as unknown as WireProblem;
  expect(problem.code).toBe('case.changedMeanwhile');
  const winner = won === a ? '陈丽娟' : '赵明辉';
  expect(problem.who?.zh).toBe(winner);
  expect(problem.changes?.[0]).toMatchObject({ by: winner, seq: made.seq + 1 });
  expect(problem.changes?.[0]?.sentence.zh).toContain('联系业主');
  expect(lost.headers.get('etag')).toBe(`"${won.body.seq}"`);
});

test('without If-Match an order of a person is refused with the reason; a note needs none', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register();
  const path = `/api/v1/cases/${made.id}/commands`;
  const order = { method: 'POST', body: { type: 'take', step: 'contact', values: contacted } };
  const bare = await clerk.ask<WireProblem>(path, order);
  expect(bare.body).toMatchObject({ status: 428, code: 'case.withoutMatch' });
  const star = await clerk.ask<WireProblem>(path, { ...order, headers: { 'if-match': '*' } });
  expect(star.status).toBe(428);
  const note = await clerk.ask<CaseView>(path, { method: 'POST', body: { type: 'annotate', text: '业主下午在家' } });
  expect(note.body.notes.at(-1)?.text).toBe('业主下午在家');
  const machine = await at().machine('caseOfficer');
  expect((await machine.take(made.id, 'contact', contacted, '*')).status).toBe(200);
});

test('a repeated request gets the first answer word for word and does nothing twice', async () => {
  const clerk = await at().as('chenlijuan');
  const ask = {
    method: 'POST',
    headers: { 'idempotency-key': 'call-2026-03-02-001' },
    body: { matter: 'complaint', channel: 'phone', values: usual() },
  };
  const [one, two] = await Promise.all([clerk.ask('/api/v1/cases', ask), clerk.ask('/api/v1/cases', ask)]);
  const three = await clerk.ask('/api/v1/cases', ask);
  expect([one.status, two.status, three.status]).toEqual([201, 201, 201]);
  expect(two.text).toBe(one.text);
  expect(three.text).toBe(one.text);
  expect(three.headers.get('etag')).toBe(one.headers.get('etag'));
  expect(three.headers.get('idempotency-replayed')).toBe('true');
  expect([one, two].filter((said) => said.headers.has('idempotency-replayed'))).toHaveLength(1);
  const found = await at().database.ownerPool.query(
    `select 1 from huiyin.idempotency where key = 'call-2026-03-02-001'`,
  );
  expect(found.rowCount).toBe(1);
  const other = await clerk.ask<WireProblem>('/api/v1/cases', { ...ask, body: { ...ask.body, channel: 'counter' } });
  expect(other.body).toMatchObject({ status: 422, code: 'idempotency.keyReused' });
});

test('a repeated order answers as the first time even after the case has moved on', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register();
  const path = `/api/v1/cases/${made.id}/commands`;
  const ask = {
    method: 'POST',
    headers: { 'idempotency-key': 'contact-000001', 'if-match': `"${made.seq}"` },
    body: { type: 'take', step: 'contact', values: contacted },
  };
  const first = await clerk.ask<CaseView>(path, ask);
  expect(first.status, first.text).toBe(200);
  await clerk.take(made.id, 'classify', { category: 'facility/lighting' }, first.body.seq);
  const again = await clerk.ask<CaseView>(path, ask);
  expect(again.text).toBe(first.text);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
});

test('the journal tells in whole sentences who did what, by which clause and by when', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register();
  const told = await clerk.ask<JournalEntryView[]>(`/api/v1/cases/${made.id}/journal`);
  const said = told.body.map((entry) => entry.sentence.zh);
  expect(said[0]).toBe('陈丽娟 登记了投诉（电话，三.1.2）');
  expect(said.some((line) => /^24 小时内联系业主：截止 \d\d-\d\d \d\d:\d\d（三\.1\.3）$/.test(line))).toBe(true);
  expect(told.body.every((entry) => entry.sentence.en !== '' && entry.hash.length === 64)).toBe(true);
  for (const [i, entry] of told.body.entries()) if (i > 0) expect(entry.prevHash).toBe(told.body[i - 1]?.hash);
  const later = await clerk.ask<JournalEntryView[]>(`/api/v1/cases/${made.id}/journal?after=${made.seq - 1}`);
  expect(later.body.map((entry) => entry.seq)).toEqual([made.seq]);
});

test('what cannot be done now says why and who can help; the next step comes without masked values to send back', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register({ content: '请打 13912345678 找我' });
  const listed = await clerk.ask<AllowedCommandView[]>(`/api/v1/cases/${made.id}/allowed-commands`);
  const of = (step: string): AllowedCommandView | undefined => listed.body.find((one) => one.step === step);
  expect(of('contact')).toMatchObject({ allowed: true, mine: true, main: true });
  expect(of('approvePlan')?.allowed).toBe(false);
  expect(of('approvePlan')?.why.map((why) => why.code)).toEqual(['role.notYours', 'step.notNow']);
  expect(of('approvePlan')?.why[0]?.message.zh).toContain('林志远');
  // A withdrawal could lead to the archive too, but is no advice: the usual way on is, with its holder and its deadline.
  const early = of('archive')?.why.find((why) => why.code === 'step.notNow');
  expect(early?.message.zh).toMatch(/^现在是“已登记”，到.*“已签字”.*时才可以办；下一步是“联系业主”.*（最迟 \d{4}-/);
  expect(early?.who?.zh).toContain('跟进人（');
  expect(JSON.stringify(of('contact')?.preset)).not.toContain('****');
});

test('the department is suggested by the procedure, its people in order, and whoever must stand aside comes last', async () => {
  const clerk = await at().as('chenlijuan');
  const { people } = (
    await clerk.ask<{ people: CandidateView[] }>(
      `/api/v1/cases/${(await clerk.register({ category: 'environment/greening' })).id}/candidates?step=dispatch&field=assignee`,
    )
  ).body;
  const accused = people.find((one) => one.fit);
  expect(accused?.unit).toBe('gardening');
  const made = await clerk.register({ category: 'environment/greening', complainedOf: accused?.personId ?? '' });
  const listed = await clerk.ask<{ unit: { code: string }; people: CandidateView[] }>(
    `/api/v1/cases/${made.id}/candidates?step=dispatch&field=assignee`,
  );
  expect(listed.body.unit.code).toBe('gardening');
  const last = listed.body.people.at(-1);
  expect(last).toMatchObject({ personId: accused?.personId, fit: false });
  expect(last?.reason.zh).toContain('回避');
});

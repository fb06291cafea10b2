import { beforeAll, expect, test } from 'vitest';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { loadDirectory } from '#directory/directory.ts';
import type { AllowedCommandView, CaseView, JournalEntryView } from '#http/contract/case.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { NoticeView } from '#http/contract/notice.ts';
import type { ExplanationView } from '#http/contract/power.ts';
import type { StaffingBody, StaffingView } from '#http/contract/staffing.ts';
import type { WorklistPage } from '#http/contract/worklist.ts';
import { type Client, client, contacted, site } from './support.ts';

const at = site();
let boss: Client;
let clerk: Client;
/** Keeps the gardens; has no part in a complaint about lifts until he stands in for somebody. */
let deputy: Client;
let today = '';

beforeAll(async () => {
  [boss, clerk, deputy] = [await at().as('xukai'), await at().as('chenlijuan'), await at().as('wujianping')];
  today = (await boss.ask<StaffingView>('/api/v1/staffing')).body.days[0] ?? '';
});

const day = (n: number): string => new Date(Date.parse(today) + n * 86_400_000).toISOString().slice(0, 10);
async function stand(personId: string, more: Partial<Extract<StaffingBody, { type: 'substitute' }>> = {}) {
  const body: StaffingBody = {
    type: 'substitute',
    personId,
    substituteId: deputy.personId,
    from: day(0),
    to: day(3),
    ...more,
  };
  const said = await boss.ask<StaffingView>('/api/v1/staffing', { method: 'POST', body });
  expect(said.status, said.text).toBe(200);
  const id = said.body.substitutions.find(
    (one) => one.personId === personId && one.substituteId === deputy.personId,
  )?.id;
  return async (): Promise<void> => {
    const ended = await boss.ask('/api/v1/staffing', { method: 'POST', body: { type: 'endSubstitution', id } });
    expect(ended.status, ended.text).toBe(200);
  };
}
const moment = (n: number): string => `${day(n)}T00:00:00+08:00`;
const passDays = async (n: number): Promise<void> => {
  const said = await clerk.ask('/api/v1/sandbox/clock', { method: 'POST', body: { advance: `P${n}D` } });
  expect(said.status, said.text).toBe(200);
};
const allowed = async (who: Client, id: string): Promise<readonly AllowedCommandView[]> =>
  (await who.ask<AllowedCommandView[]>(`/api/v1/cases/${id}/allowed-commands`)).body;
const contact = async (who: Client, seen: CaseView) => who.take(seen.id, 'contact', contacted, seen.seq);

test('a substitute acts in the name of whom he stands in for; lists, buttons, timeline and explanation say so', async () => {
  const made = await clerk.register({ content: '电梯又关不上门' });
  const officer = made.duties.caseOfficer?.id ?? '';
  expect((await contact(deputy, made)).status).not.toBe(200);
  const end = await stand(officer);
  const listed = await deputy.ask<WorklistPage>('/api/v1/worklist?view=standIn');
  const line = listed.body.items.find(({ id }) => id === made.id);
  expect(line?.standsInFor).toBe(made.duties.caseOfficer?.name);
  expect(listed.body.counts?.standIn).toBeGreaterThan(0);
  const button = (await allowed(deputy, made.id)).find(({ step }) => step === 'contact');
  expect(button).toMatchObject({ allowed: true, mine: true, standsInFor: { id: officer } });
  const why = await deputy.ask<ExplanationView>(`/api/v1/powers/explanation?case=${made.id}&action=contact`);
  expect(why.body.allowed).toBe(true);
  expect(why.body.conditions.find(({ code }) => code === 'role.notYours')).toMatchObject({
    holds: true,
    say: { zh: `代 ${made.duties.caseOfficer?.name} 办理` },
  });
  const done = await contact(deputy, made);
  expect(done.status, done.text).toBe(200);
  const journal = (await deputy.ask<JournalEntryView[]>(`/api/v1/cases/${made.id}/journal`)).body;
  const told = journal.find((entry) => entry.type === 'stepTaken');
  expect(told?.actor).toMatchObject({ personId: deputy.personId, standsInFor: { id: officer } });
  expect(told?.sentence.zh).toContain(`（代 ${made.duties.caseOfficer?.name}）`);
  await end();
  // With its last day the power is gone, and with it the sight of the case.
  expect((await deputy.ask(`/api/v1/cases/${made.id}`)).status).toBe(404);
  expect((await deputy.ask<WorklistPage>('/api/v1/worklist?view=standIn')).body.items).toEqual([]);
});

test('standing in for one post only lends no duties, and a substitution of next week nothing yet', async () => {
  const made = await clerk.register();
  const officer = made.duties.caseOfficer?.id ?? '';
  const later = await stand(officer, { from: day(2), to: day(3) });
  expect((await contact(deputy, made)).status).not.toBe(200);
  await later();
  const onePost = await stand(officer, { posts: ['analyst'] });
  expect((await contact(deputy, made)).status).not.toBe(200);
  await onePost();
});

test('recusal of either holds: neither may the substitute act for the person complained of, nor see who complained', async () => {
  const accused = await at().as('zhaominghui');
  const made = await clerk.register({ complainedOf: accused.personId, content: '专员态度差' });
  const end = await stand(accused.personId);
  const refused = await deputy.take(made.id, 'contact', contacted, made.seq);
  expect(refused.status).toBeGreaterThanOrEqual(403);
  expect((await deputy.ask(`/api/v1/cases/${made.id}`)).status).toBe(404);
  const listed = await deputy.ask<WorklistPage>('/api/v1/worklist?view=standIn&limit=200');
  expect(listed.body.items.map(({ id }) => id)).not.toContain(made.id);
  await end();
  // The other way round: whoever is complained of does not act in another's name either.
  const about = await clerk.register({ complainedOf: deputy.personId, content: '绿化工乱浇水' });
  const officer = about.duties.caseOfficer?.id ?? '';
  const forOfficer = await stand(officer);
  const barred = await deputy.take(about.id, 'contact', contacted, about.seq);
  expect((barred.body as unknown as WireProblem).code).toBe('role.recused');
  await forOfficer();
});

test('leave without a substitute alarms the superior of whoever holds open cases; with one named by then nobody is troubled', async () => {
  const made = await clerk.register();
  const officer = made.duties.caseOfficer?.id ?? '';
  const above = (await loadDirectory(at().program.pool, DEMO_TENANT)).superior(officer);
  const begun = await at().anybody.ask('/api/v1/session', { method: 'POST', body: { personId: above?.id } });
  const superior = client(at().url, '', { cookie: begun.headers.get('set-cookie')?.split(';')[0] ?? '' });
  const alarms = async (): Promise<NoticeView[]> =>
    (await superior.ask<{ items: NoticeView[] }>('/api/v1/notices?limit=100')).body.items.filter(
      ({ notice, caseId }) => notice === 'away' && caseId === made.id,
    );
  const leave = async (from: number, to: number): Promise<void> => {
    const body = { type: 'askLeave', personId: officer, kind: 'annual', from: moment(from), to: moment(to) };
    const said = await boss.ask('/api/v1/staffing', { method: 'POST', body });
    expect(said.status, said.text).toBe(200);
  };
  const end = await stand(officer, { from: day(1), to: day(2) });
  await leave(1, 2);
  await leave(4, 6);
  await passDays(1);
  expect(await alarms()).toEqual([]);
  await passDays(3);
  const [told, ...others] = await alarms();
  expect(others).toEqual([]);
  expect(told?.text.zh).toMatch(
    new RegExp(`${made.duties.caseOfficer?.name} 休假至 ${day(5)}，没有代理人.*${made.number}`),
  );
  await end();
});

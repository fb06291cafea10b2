import { beforeAll, expect, test } from 'vitest';
import { readPackFolder } from '#app/packs.ts';
import { localDate } from '#clock/civil.ts';
import { demoPerson } from '#directory/demo/company.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { premisesId } from '#directory/demo/premises.ts';
import type { AllowedCommandView, CandidateView, CaseView, JournalEntryView } from '#http/contract/case.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { HandOverView } from '#http/contract/people.ts';
import type { StaffingBody } from '#http/contract/staffing.ts';
import type { WorklistItem } from '#http/contract/worklist.ts';
import { type Answer, type Client, contacted, site } from './support.ts';

const at = site();
let version = 0;

/** From now on new complaints follow S1 with its policy changed. */
async function policy(...changes: [RegExp, string][]): Promise<void> {
  version += 1;
  const all: [RegExp, string][] = [...changes, [/version: \d+\.\d+\.\d+/g, `version: 8.${version}.0`]];
  const sources = (await readPackFolder('packs/s1')).map((file) => ({
    ...file,
    text: all.reduce((text, [from, to]) => text.replace(from, to), file.text),
  }));
  const said = await at().program.handling.publish(DEMO_TENANT, { sources, by: 'test', reviewNote: '' });
  expect(said.ok ? '' : JSON.stringify(said.refusal)).toBe('');
}

const GREENING = 'environment/greening';
const WAITS: [RegExp, string] = [/waitsFor: \[caseOfficer, officer\]/g, 'waitsFor: [caseOfficer, officer, handler]'];
const mode = (name: string): [RegExp, string] => [/mode: suggest/g, `mode: ${name}`];
const way = (conditions: string): [RegExp, string] => [
  /责任部门经办人，未休假, en: [^}]*\}/g,
  `条件, en: Conditions }, ${conditions}`,
];

async function found(clerk: Client, id: string): Promise<CaseView> {
  await at().program.handling.drainJobs();
  return (await clerk.ask<CaseView>(`/api/v1/cases/${id}`)).body;
}
const order = (
  who: Client,
  { id, seq }: { id: string; seq: number },
  body: object,
): Promise<Answer<CaseView & Partial<WireProblem>>> =>
  who.ask<CaseView & Partial<WireProblem>>(`/api/v1/cases/${id}/commands`, {
    method: 'POST',
    headers: { 'if-match': `"${seq}"` },
    body,
  });
const journal = async (clerk: Client, id: string): Promise<string[]> =>
  (await clerk.ask<JournalEntryView[]>(`/api/v1/cases/${id}/journal`)).body.map((one) => one.sentence.zh);
const running = (state: CaseView): string[] =>
  state.clocks.filter((one) => one.status === 'running').map((one) => one.clock);
/** Key of the demo person with that name. */
const KEYS: { [name: string]: string } = {
  吴建平: 'wujianping',
  孙国庆: 'sunguoqing',
  郑秀莲: 'zhengxiulian',
  冯大海: 'fengdahai',
};
const keyOf = (name: string | undefined): string => KEYS[name ?? ''] ?? `nobody called ${name}`;

let clerk: Client;
beforeAll(async () => {
  clerk = await at().as('chenlijuan');
  for (const key of Object.values(KEYS)) expect(demoPerson(key)).toBeTruthy();
});

test('the list of people says by which rule, with how many points, and why not the others', async () => {
  const made = await clerk.register({ category: GREENING });
  const { body } = await clerk.ask<{ way: { clause: string; title: { zh: string } }; people: CandidateView[] }>(
    `/api/v1/cases/${made.id}/candidates?step=dispatch&field=assignee`,
  );
  expect(body.way).toMatchObject({ clause: '三.2.2', title: { zh: '责任部门经办人，未休假' } });
  const [first, ...others] = body.people;
  expect(first).toMatchObject({ unit: 'gardening', fit: true });
  expect(first?.reason.zh).toMatch(/在办 \d+ 件；.*共 [\d.]+ 分$/);
  expect(others.every((one) => one.fit || one.score === null)).toBe(true);
  expect(others.filter((one) => !one.fit).map((one) => one.reason.zh)).toContain('不在责任部门');
});

test('the program gives a classified complaint to the best at once, and the journal says why him', async () => {
  await policy(mode('assign'));
  const bare = await clerk.register();
  expect((await found(clerk, bare.id)).state).toBe('registered');
  const made = await clerk.register({ category: GREENING });
  const given = await found(clerk, made.id);
  expect(given).toMatchObject({ state: 'dispatched', values: { unit: 'gardening' } });
  const name = given.duties.assignee?.name ?? '';
  const told = (await journal(clerk, made.id)).find((line) => line.startsWith('按“派给责任部门的谁”派给'));
  expect(told).toContain(name);
  expect(told).toMatch(/共 [\d.]+ 分/);
  // Classified later, it is given then.
  const contactedNow = await clerk.take(bare.id, 'contact', contacted, (await found(clerk, bare.id)).seq);
  await clerk.take(bare.id, 'classify', { category: GREENING }, contactedNow.body.seq);
  expect((await found(clerk, bare.id)).state).toBe('dispatched');
});

test('who says no before taking it on gives a reason, stays responsible until the next one has it, and is not asked again', async () => {
  const made = await clerk.register({ category: GREENING });
  const first = await found(clerk, made.id);
  const refuser = await at().as(keyOf(first.duties.assignee?.name));
  const acts = await refuser.ask<AllowedCommandView[]>(`/api/v1/cases/${made.id}/allowed-commands`);
  expect(acts.body.find((one) => one.command === 'decline')?.allowed).toBe(true);
  const bare = await order(refuser, first, { type: 'decline', reason: ' ' });
  expect(bare.body).toMatchObject({ code: 'dispatch.withoutReason', field: 'reason' });
  const declined = await order(refuser, first, { type: 'decline', reason: '今天在别的小区' });
  expect(declined.status, declined.text).toBe(200);
  expect(declined.body.duties.assignee?.name).toBe(first.duties.assignee?.name);
  const second = await found(clerk, made.id);
  expect(second.duties.assignee?.name).not.toBe(first.duties.assignee?.name);
  expect(running(second)).toContain('acceptance');
  expect(running(second)).not.toContain('unassigned');
  const lines = await journal(clerk, made.id);
  expect(lines).toContain(`${first.duties.assignee?.name} 婉拒（三.2.2）：今天在别的小区`);
  // He who does not hold it has nothing to refuse.
  expect((await order(refuser, second, { type: 'decline', reason: '还是不行' })).body).toMatchObject({
    code: 'dispatch.notYours',
  });
});

test('where nobody fits, a clock of its own runs, the case officer is told at once, and the case stands on his list', async () => {
  await policy(mode('assign'), way('skills: [liftLicence]'));
  const made = await clerk.register({ category: GREENING });
  const left = await found(clerk, made.id);
  expect(left.state).toBe('registered');
  expect(running(left)).toContain('unassigned');
  const officer = left.duties.caseOfficer;
  const lines = await journal(clerk, made.id);
  expect(lines.some((line) => line.startsWith('无人可派') && line.includes('缺有效资质或技能'))).toBe(true);
  const notices = await at().database.ownerPool.query<{ id: string }>(
    `select recipient_id as id from huiyin.notice where case_id = $1 and notice = 'unassigned'`,
    [made.id],
  );
  expect(notices.rows.map(({ id }) => id)).toEqual([officer?.id]);
  const keys = ['chenlijuan', 'zhaominghui', 'zhouxiaoyan'];
  const mine = keys.find((key) => demoPerson(key) === officer?.id) ?? '';
  const list = await (await at().as(mine)).ask<{ items: WorklistItem[] }>('/api/v1/worklist?view=mine&limit=100');
  expect(list.body.items.find((one) => one.id === made.id)?.waitsForMe).toBe(true);
  // Named by hand, the clock stops.
  const values = { unit: 'gardening', assignee: demoPerson('wujianping') };
  const named = await clerk.take(made.id, 'dispatch', values, left.seq);
  expect(named.status, named.text).toBe(200);
  expect(running(named.body)).not.toContain('unassigned');
});

test('whose certificate lapsed yesterday is given no work that needs it; one that counts up to today still is', async () => {
  await policy(mode('assign'), way('skills: [liftLicence]'));
  const boss = await at().as('xukai');
  const say = async (body: StaffingBody): Promise<void> => {
    const said = await boss.ask('/api/v1/staffing', { method: 'POST', body });
    expect(said.status, said.text).toBe(200);
  };
  const [today, yesterday] = [0, 1].map((n) => localDate(Date.now() - n * 86_400_000));
  await say({ type: 'nameSkill', code: 'liftLicence', kind: 'qualification', zh: '电梯作业证' });
  const held = {
    personId: demoPerson('wujianping'),
    skill: 'liftLicence',
    certificateNumber: 'TS6',
    from: '2024-01-01',
  };
  await say({ type: 'grantSkill', ...held, expiresOn: yesterday });
  const made = await clerk.register({ category: GREENING });
  expect((await found(clerk, made.id)).state).toBe('registered');
  const { body } = await clerk.ask<{ people: CandidateView[] }>(
    `/api/v1/cases/${made.id}/candidates?step=dispatch&field=assignee`,
  );
  expect(body.people.find((one) => one.name === '吴建平')).toMatchObject({
    fit: false,
    reason: { zh: expect.stringContaining('缺有效资质或技能') },
  });
  await say({ type: 'grantSkill', ...held, expiresOn: today });
  const next = await clerk.register({ category: GREENING });
  expect((await found(clerk, next.id)).duties.assignee?.name).toBe('吴建平');
});

test('on offer to all who fit, the first to press has it, also when two press at once; the other is told who', async () => {
  await policy(mode('suggest'));
  const earlier = await clerk.register({ category: null });
  await policy(mode('grab'), WAITS);
  const made = await clerk.register({ category: GREENING });
  const offered = await found(clerk, made.id);
  expect(offered.state).toBe('registered');
  const people = [await at().as('wujianping'), await at().as('zhengxiulian')];
  const list = await people[0]?.ask<{ items: WorklistItem[] }>('/api/v1/worklist?view=mine&limit=100');
  expect(list?.body.items.map((one) => one.id)).toContain(made.id);
  // A new version opens nothing of a case that follows the earlier one: what he may not open is not listed either.
  expect((await people[0]?.ask(`/api/v1/cases/${earlier.id}`))?.status).toBe(404);
  expect(list?.body.items.map((one) => one.id)).not.toContain(earlier.id);
  const said = await Promise.all(people.map((one) => order(one, offered, { type: 'grab' })));
  expect(said.map((one) => one.status).sort()).toEqual([200, 409]);
  const [won, lost] = said[0]?.status === 200 ? said : said.toReversed();
  expect(won?.body).toMatchObject({ state: 'dispatched', values: { unit: 'gardening' } });
  expect(lost?.body.code).toBe('dispatch.taken');
  expect(lost?.body.detail).toContain(won?.body.duties.assignee?.name);
  const stranger = await at().as('chenlijuan');
  const next = await found(clerk, (await clerk.register({ category: GREENING })).id);
  expect((await order(stranger, next, { type: 'grab' })).body).toMatchObject({ code: 'dispatch.notOffered' });
});

test('whoever has as many open cases as he may have gets no more, and cannot take another', async () => {
  await policy(mode('grab'), WAITS, [/mode: grab/g, 'mode: grab\n    cap: 1']);
  const first = await found(clerk, (await clerk.register({ category: GREENING })).id);
  const one = await found(clerk, (await clerk.register({ category: GREENING })).id);
  const taker = await at().as('fengdahai');
  const both = await Promise.all([first, one].map((each) => order(taker, each, { type: 'grab' })));
  const codes = both.map((said) => said.body.code ?? 'taken');
  expect(codes.sort()).toEqual(['dispatch.full', 'taken']);
});

test('by turns everybody gets one before anybody gets a second', async () => {
  await policy(mode('round'), way('unit: routed'));
  const names: string[] = [];
  for (let i = 0; i < 4; i += 1) {
    const made = await clerk.register({ category: GREENING });
    names.push((await found(clerk, made.id)).duties.assignee?.name ?? '');
  }
  expect(new Set(names).size, names.join()).toBeGreaterThanOrEqual(3);
  expect(names[0]).not.toBe(names[1]);
});

test('a row of the routing for some premises goes before what holds elsewhere, and codes nobody knows are refused', async () => {
  const first = '    - { when: { field: case.category, under: environment/greening }, unit: gardening }';
  const rows = (codes: string): [RegExp, string] => [
    new RegExp(first.replace(/[{}[\]./]/g, '\\$&')),
    `    - { at: place, premises: [${codes}], unit: cleaning }\n${first}`,
  ];
  await policy(rows('JX-3, YX'));
  const suggested = async (code: string): Promise<string | undefined> => {
    const made = await clerk.register({ category: GREENING, place: { premisesId: premisesId(code), text: code } });
    const { body } = await clerk.ask<{ unit: { code: string } | null }>(
      `/api/v1/cases/${made.id}/candidates?step=dispatch&field=assignee`,
    );
    return body.unit?.code;
  };
  expect(await suggested('JX-3-1-502')).toBe('cleaning');
  expect(await suggested('JX-1')).toBe('gardening');
  await expect(policy(rows('JX-3, JX-99'))).rejects.toThrow(/pack\.premisesUn/);
  await policy();
});

test('a duty that is handed over stays with the one who has it until the next one accepts, and a refusal gives its reason', async () => {
  const rule = 'handOver: { clock: unassigned, notice: dispatched, declined: unassigned }';
  await policy([/^numbering: TS$/m, `numbering: TS\n${rule}`]);
  const made = await clerk.register({ category: GREENING });
  const values = { unit: 'gardening', assignee: demoPerson('wujianping') };
  const given = (await clerk.take(made.id, 'dispatch', values, made.seq)).body;
  const head = await at().as('sunguoqing');
  const to = (key: string): object => ({
    type: 'reassign',
    duty: 'assignee',
    personId: demoPerson(key),
    reason: '下周休假',
  });
  const offered = await order(head, given, to('fengdahai'));
  expect(offered.status, offered.text).toBe(200);
  expect(offered.body.duties.assignee?.name).toBe('吴建平');
  expect(running(offered.body)).toContain('unassigned');
  const next = await at().as('fengdahai');
  const acts = await next.ask<AllowedCommandView[]>(`/api/v1/cases/${made.id}/allowed-commands`);
  expect(acts.body.map((one) => one.command)).toEqual(expect.arrayContaining(['accept', 'decline']));
  const no = await order(next, offered.body, { type: 'decline', reason: '手上已满' });
  expect(no.body.duties.assignee?.name).toBe('吴建平');
  expect(running(no.body)).not.toContain('unassigned');
  const again = await order(head, no.body, to('zhengxiulian'));
  const stranger = await order(next, again.body, { type: 'accept' });
  expect(stranger.body.code).toBe('handOver.notYours');
  const taken = await order(await at().as('zhengxiulian'), again.body, { type: 'accept' });
  expect(taken.body.duties.assignee?.name).toBe('郑秀莲');
  expect(running(taken.body)).not.toContain('unassigned');
  const lines = await journal(clerk, made.id);
  expect(lines).toContain('责任人拟由 吴建平 交给 郑秀莲，待其接手（三）：下周休假');
  expect(lines).toContain('冯大海 不接手（三）：手上已满');
});

test('handing over for somebody who leaves says what is only offered, to whom and until when, and counts it as still his', async () => {
  const made = await clerk.register({ category: GREENING });
  const values = { unit: 'gardening', assignee: demoPerson('wujianping') };
  const given = (await clerk.take(made.id, 'dispatch', values, made.seq)).body;
  const head = await at().as('heguodong');
  const body = { to: demoPerson('fengdahai'), reason: '离职', cases: [made.id] };
  const said = await head.ask<HandOverView>(`/api/v1/people/${demoPerson('wujianping')}/hand-over`, {
    method: 'POST',
    body,
  });
  expect(said.status, said.text).toBe(200);
  const [verdict] = said.body.verdicts;
  expect(verdict).toMatchObject({ done: false, refusal: null, waits: { name: '冯大海' } });
  const seen = (await clerk.ask<CaseView>(`/api/v1/cases/${made.id}`)).body;
  expect(seen.duties.assignee?.name).toBe(given.duties.assignee?.name);
  expect(verdict?.waits?.until).toBe(seen.clocks.find((one) => one.clock === 'unassigned')?.dueAt);
  expect(said.body.remaining).toBeGreaterThan(0);
});

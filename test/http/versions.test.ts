import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { readPackFolder } from '#app/packs.ts';
import { testPack } from '#handling/testing-pack.ts';
import type { CaseView, JournalEntryView } from '#http/contract/case.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { MoveList, MovePreview, OrderRows } from '#http/contract/move.ts';
import type { PackHistory, ProposalDetail } from '#http/contract/proposal.ts';
import type { Awaiting } from '#http/contract/together.ts';
import { verifyJournal } from '#journal/verify.ts';
import type { PackSource } from '#policy/source.ts';
import { renumbered } from '../support/renumbered.ts';
import { type Client, contacted, site, usual } from './support.ts';

const at = site();
let files: PackSource[];
let [clerk, administrator, manager]: Client[] = [];
const people = (): [Client, Client, Client] => {
  if (!clerk || !administrator || !manager) throw new Error('nobody is signed in');
  return [clerk, administrator, manager];
};

beforeAll(async () => {
  files = await readPackFolder(join(import.meta.dirname, '../../packs/s1'));
  [clerk, administrator, manager] = [await at().as('chenlijuan'), await at().as('xukai'), await at().as('heguodong')];
});

/** The S1 pack under another number, with some words replaced in one of its files. */
const edition = (version: string, ...changes: [path: string, from: string, to: string][]): PackSource[] =>
  files.map((file) => {
    const numbered = file.path === 'pack.yaml' ? renumbered(file.text, version) : file.text;
    const text = changes.reduce((all, [path, from, to]) => {
      if (path !== file.path) return all;
      expect(all).toContain(from);
      return all.replace(from, to);
    }, numbered);
    return { path: file.path, text };
  });

const PATH = '/api/v1/pack-proposals';
const handIn = async (who: Client, sources: PackSource[]): Promise<ProposalDetail> => {
  const said = await who.ask<ProposalDetail>(PATH, { method: 'POST', body: { files: sources, note: '缩短联系时限' } });
  expect(said.status, said.text).toBe(201);
  return said.body;
};
const decide = (who: Client, id: string, body: object) =>
  who.ask<Omit<ProposalDetail, 'status'> & Omit<WireProblem, 'status'> & { status: string | number }>(
    `${PATH}/${id}/decision`,
    { method: 'POST', body },
  );
const inForce = async (): Promise<string | undefined> =>
  (await people()[0].ask<{ pack: string; version: string }[]>('/api/v1/packs')).body.find((one) => one.pack === 'S1')
    ?.version;

const LIMIT: [string, string, string] = [
  'procedures/complaint.yaml',
  'limit: { elapsed: PT24H }',
  'limit: { elapsed: PT12H }',
];

test('what came with the program stands in the history as just that', async () => {
  const { body } = await people()[1].ask<PackHistory>(PATH);
  expect(body.published[0]).toMatchObject({ pack: 'S1', current: true, shipped: true, publishedBy: 'huiyin' });
  expect(body.reviewers.zh).toContain('徐凯');
  expect(body.reviewers.zh).toContain('何国栋');
});

test('a faulty version comes back with line and column, and nobody can approve it', async () => {
  const [, admin, head] = people();
  const made = await handIn(admin, edition('7.0.0', ['procedures/complaint.yaml', 'by: [', 'by: [nobody, ']));
  expect(made.status).toBe('faulty');
  expect(made.problems[0]).toMatchObject({ file: 'procedures/complaint.yaml' });
  expect(made.problems[0]?.line).toBeGreaterThan(1);
  const refused = await decide(head, made.id, { act: 'approve', reason: '同意', against: await inForce() });
  expect(refused.body).toMatchObject({ status: 409, code: 'proposal.faulty' });
  const zip = zipSync({ 's1/pack.yaml': new TextEncoder().encode('pack: [') });
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(zip)]), 's1.zip');
  const broken = await admin.ask<ProposalDetail>(`${PATH}/upload`, { method: 'POST', body: form });
  expect(broken.body).toMatchObject({ status: 'faulty', problems: [{ code: 'pack.yaml' }] });
});

test('a gap is shown with the way that leads into it', async () => {
  const small = testPack().map(({ path, text }) => ({
    path,
    text: text.replace('starts: [contact, solve]', 'starts: [contact]'),
  }));
  const made = await handIn(people()[1], small);
  expect(made.status).toBe('faulty');
  expect(made.gaps.some((gap) => gap.trace.length > 0 && (gap.line ?? 0) > 0)).toBe(true);
});

test('author and reviewer are two people; only then is it in force, and all of it is kept', async () => {
  const [desk, admin, head] = people();
  const made = await handIn(admin, edition('7.1.0', LIMIT));
  expect(made).toMatchObject({ status: 'waiting', findings: 0, mayDecide: false, author: '徐凯' });
  expect(made.changes.length).toBeGreaterThan(0);
  // What the pack itself says of the version: who changed what, and why.
  expect(made.notes).toMatchObject([{ version: made.version, by: { zh: '制度编写组' } }]);
  expect(made.changes.every((change) => change.words.zh !== '' && change.clause !== '')).toBe(true);
  const against = made.against;
  const own = await decide(admin, made.id, { act: 'approve', reason: '同意', against });
  expect(own.body).toMatchObject({ status: 403, code: 'role.ownWork' });
  expect(own.body.who?.zh).toContain('何国栋');
  expect(own.body.who?.zh).not.toContain('徐凯');
  const clerkSays = await decide(desk, made.id, { act: 'approve', reason: '同意', against });
  expect(clerkSays.body).toMatchObject({ status: 403, code: 'role.notYours' });
  expect(clerkSays.body.who?.zh).toContain('何国栋');
  const stale = await decide(head, made.id, { act: 'approve', reason: '同意', against: '0.0.1' });
  expect(stale.body).toMatchObject({ status: 409, code: 'proposal.outdated' });
  expect(await inForce()).not.toBe('7.1.0');
  const both = await Promise.all(
    [1, 2].map(() => decide(head, made.id, { act: 'approve', reason: '已核对', against })),
  );
  expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
  expect(await inForce()).toBe('7.1.0');
  const { body } = await desk.ask<PackHistory>(PATH);
  expect(body.proposals.find((one) => one.id === made.id)).toMatchObject({
    status: 'inForce',
    author: '徐凯',
    decision: { by: '何国栋', reason: '已核对' },
    digest: made.digest,
  });
  expect(body.published.find((one) => one.version === '7.1.0')).toMatchObject({ current: true, shipped: false });
});

test('a version approved for later comes into force at that moment', async () => {
  const [, admin, head] = people();
  const made = await handIn(
    head,
    edition('7.2.0', ['procedures/complaint.yaml', 'limit: { elapsed: PT24H }', 'limit: { elapsed: PT10H }']),
  );
  const from = new Date(Date.now() + 3_600_000).toISOString();
  const said = await decide(admin, made.id, { act: 'approve', reason: '下周起', against: made.against, from });
  expect(said.body.status, said.text).toBe('approved');
  expect(await inForce()).toBe('7.1.0');
  await at().program.handling.moveClock(Date.parse(from) + 1000);
  expect(await inForce()).toBe('7.2.0');
});

test('a running case moves to the version in force, the promise to the owner stands, and the journal still verifies', async () => {
  const [desk, admin, head] = people();
  const first = await desk.register();
  const second = await desk.register();
  await desk.take(second.id, 'contact', contacted, second.seq);
  const made = await handIn(
    admin,
    edition('7.3.0', ['procedures/complaint.yaml', 'limit: { elapsed: PT24H }', 'limit: { elapsed: PT48H }']),
  );
  expect((await decide(head, made.id, { act: 'approve', reason: '已核对', against: made.against })).status).toBe(200);
  expect((await desk.ask<CaseView>(`/api/v1/cases/${first.id}`)).body.packVersion).toBe('7.2.0');
  const seen = await desk.ask<MovePreview>(`/api/v1/cases/${first.id}/move`);
  expect(seen.body).toMatchObject({ from: '7.2.0', to: '7.3.0', fits: true });
  const refused = await desk.ask<WireProblem>(`/api/v1/cases/${first.id}/commands`, {
    method: 'POST',
    headers: { 'if-match': `"${first.seq}"` },
    body: { type: 'move', version: '7.3.0', reason: '改版' },
  });
  expect(refused.body).toMatchObject({ status: 403, code: 'role.notYours' });
  expect(refused.body.who?.zh).toContain('何国栋');
  const list = await head.ask<MoveList>('/api/v1/pack-moves?pack=S1');
  expect(list.body.cases.map((one) => [one.id, one.fits])).toEqual(
    expect.arrayContaining([
      [first.id, true],
      [second.id, true],
    ]),
  );
  const ask = {
    method: 'POST',
    headers: { 'idempotency-key': 'move-730-all' },
    body: { pack: 'S1', version: '7.3.0', cases: [first.id, second.id], reason: '统一按新版' },
  };
  const moved = await head.ask<OrderRows>('/api/v1/pack-moves', ask);
  expect(moved.body.rows.map((row) => row.ok)).toEqual([true, true]);
  expect((await head.ask<OrderRows>('/api/v1/pack-moves', ask)).body).toEqual(moved.body);
  const after = (await desk.ask<CaseView>(`/api/v1/cases/${first.id}`)).body;
  expect(after.packVersion).toBe('7.3.0');
  const due = (view: CaseView) => view.clocks.find((clock) => clock.clock === 'firstContact')?.dueAt;
  expect(due(first)).toBeDefined();
  expect(due(after)).toBe(due(first));
  const told = await desk.ask<JournalEntryView[]>(`/api/v1/cases/${first.id}/journal`);
  const entries = told.body.filter((entry) => entry.type === 'caseMoved');
  expect(entries).toHaveLength(1);
  expect(entries[0]?.sentence.zh).toContain('由制度 7.2.0 版改按 7.3.0 版办理：统一按新版');
  await desk.take(first.id, 'contact', contacted, after.seq);
  const verified = await verifyJournal(at().database.owner, at().dataDir);
  expect(verified.findings).toEqual([]);
});

test('many cases get one opinion and each its own answer; one refusal does not stop the others', async () => {
  const [desk] = people();
  const cases: CaseView[] = [];
  for (const content of ['电梯有异响', '大门关不上', '路灯不亮'])
    cases.push(await desk.register({ ...usual(), content }));
  const [a, b, c] = cases;
  if (!a || !b || !c) throw new Error('three were registered');
  const waiting = await desk.ask<Awaiting>('/api/v1/awaiting');
  const group = waiting.body.groups.find((one) => one.cases.some((seen) => seen.id === a.id));
  // What is said of one person is not said for many at once.
  expect(group?.steps.map((step) => step.step)).toContain('classify');
  expect(group?.steps.map((step) => step.step)).not.toContain('contact');
  expect(group?.cases.map((seen) => seen.id)).toEqual(expect.arrayContaining([a.id, b.id, c.id]));
  // Somebody else was faster with one of them.
  await (await at().as('zhaominghui')).take(b.id, 'contact', contacted, b.seq);
  const orders = [a, b, c].map((one) => ({ caseId: one.id, seen: one.seq, step: 'contact', values: contacted }));
  const ask = { method: 'POST', headers: { 'idempotency-key': 'together-0001' }, body: { orders } };
  const said = await desk.ask<OrderRows>('/api/v1/commands', ask);
  expect(said.status, said.text).toBe(200);
  expect(said.body.rows.map((row) => row.ok)).toEqual([true, false, true]);
  expect(said.body.rows[1]?.problem).toMatchObject({ code: 'case.changedMeanwhile', who: { zh: '赵明辉' } });
  expect((await desk.ask<OrderRows>('/api/v1/commands', ask)).body).toEqual(said.body);
  for (const one of [a, c]) {
    const view = (await desk.ask<CaseView>(`/api/v1/cases/${one.id}`)).body;
    expect(view.entries.contact).toHaveLength(1);
  }
});

test('two people who press at once on the same cases: each case is done once', async () => {
  const [desk] = people();
  const other = await at().as('zhaominghui');
  const cases = [await desk.register(), await desk.register()];
  const orders = cases.map((one) => ({ caseId: one.id, seen: one.seq, step: 'contact', values: contacted }));
  const [mine, theirs] = await Promise.all(
    [desk, other].map((who) => who.ask<OrderRows>('/api/v1/commands', { method: 'POST', body: { orders } })),
  );
  for (const [i, one] of cases.entries()) {
    expect([mine?.body.rows[i]?.ok, theirs?.body.rows[i]?.ok].filter(Boolean)).toHaveLength(1);
    expect((await desk.ask<CaseView>(`/api/v1/cases/${one.id}`)).body.entries.contact).toHaveLength(1);
  }
});

test('the shipped folder still reads as it was published, so nothing is offered from it', async () => {
  expect(await readFile(join(import.meta.dirname, '../../packs/s1/pack.yaml'), 'utf8')).toContain('pack: S1');
  const { body } = await people()[1].ask<PackHistory>(PATH);
  expect(body.folders.find((one) => one.pack === 'S1')).toMatchObject({ state: 'earlier' });
});

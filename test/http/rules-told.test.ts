import { beforeAll, describe, expect, test } from 'vitest';
import { readPacks } from '#app/packs.ts';
import type { Directory } from '#case/context.ts';
import { localDate } from '#clock/civil.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { premisesId } from '#directory/demo/premises.ts';
import { loadDirectory } from '#directory/directory.ts';
import { assignPost } from '#directory/manage.ts';
import type { AllowedCommandView, CandidateView, CaseView, JournalEntryView } from '#http/contract/case.ts';
import type { WireProblem, WireValues } from '#http/contract/common.ts';
import type { NoticeHistoryView } from '#http/contract/notice-history.ts';
import type { ProposalDetail } from '#http/contract/proposal.ts';
import type { StaffingBody, StaffingView } from '#http/contract/staffing.ts';
import type { WorklistPage } from '#http/contract/worklist.ts';
import { HOUR } from '#kernel/instant.ts';
import { done, found } from '../../packs/s6/golden.ts';
import { packFrom, type Story } from '../support/story.ts';
import type { Tale } from '../support/tale.ts';
import { playing } from './procedure.ts';
import { otherRules } from './rule-tales/others.ts';
import { repairRules } from './rule-tales/repair.ts';
import { type Answer, type Client, contacted, site, usual } from './support.ts';
import { type Ended, Teller } from './teller.ts';

const at = site();
const { holder, person, register, take, refused } = playing(at);
const [s6, s7] = await Promise.all([packFrom('s6'), packFrom('s7')]);

/** Every rule with its tale; one whose teller stumbles over the engine says so in its own test. */
const told: { [title: string]: () => Tale } = {
  ...otherRules,
  ...Object.fromEntries(
    repairRules.flatMap(([of6, of7, sentence, tell]) => [
      [`${of6} · ${sentence}`, () => tell(s6)],
      [`${of7 === 'as in S6' ? 'S7, as in S6' : of7} · ${sentence}`, () => tell(s7)],
    ]),
  ),
};
const stumbled = new Map<string, unknown>();
const ended = new Map<string, Ended>();
/** What the program answered when a procedure was to be put in force before anybody held its posts. */
const unstaffed = new Map<string, WireProblem>();
let directory: Directory;
let boss: Client;

beforeAll(async () => {
  boss = await at().as('xukai');
  for (const pack of ['s3', 's5', 's6', 's7']) unstaffed.set(pack, await putInForce(pack));
  const tales: { [title: string]: Tale } = {};
  for (const [title, tell] of Object.entries(told))
    try {
      tales[title] = tell();
    } catch (cause) {
      stumbled.set(title, cause);
    }
  for (const [title, end] of Object.entries(await new Teller(at).tell(tales))) ended.set(title, end);
  directory = await loadDirectory(at().program.pool, DEMO_TENANT);
});

/** One hands a version in, another approves it. */
async function putInForce(pack: string): Promise<WireProblem> {
  const files = (await readPacks('packs')).get(pack) ?? [];
  const body = { files, note: '启用' };
  const made = await boss.ask<ProposalDetail>('/api/v1/pack-proposals', { method: 'POST', body });
  expect(made.status, made.text).toBe(201);
  const head = await at().as('heguodong');
  const approve = { act: 'approve', reason: '同意', against: null };
  const path = `/api/v1/pack-proposals/${made.body.id}/decision`;
  return (await head.ask<WireProblem>(path, { method: 'POST', body: approve })).body;
}

const postsOf = (id: string | undefined): readonly string[] => directory.person(id ?? '')?.posts ?? [];
const alike = (story: Story, engineId: string, posts: readonly string[]): boolean =>
  (story.company.directory.person(engineId)?.posts ?? []).some((post) => posts.includes(post));

/** What somebody who has a duty on the case reads about who was told: notice, and the posts of whoever was. */
async function toldOf(seen: CaseView): Promise<{ notice: string; posts: readonly string[] }[]> {
  const who = await person(Object.values(seen.duties).find((one) => one !== null)?.id ?? '');
  const { body } = await who.ask<{ items: NoticeHistoryView[] }>(`/api/v1/cases/${seen.id}/notices`);
  const names = new Map(
    (await boss.ask<StaffingView>('/api/v1/staffing')).body.people.map(({ id, name }) => [name, postsOf(id)]),
  );
  return body.items.map(({ notice, to }) => ({ notice, posts: names.get(to) ?? [] }));
}

describe('through the API as in the engine: every act, every refusal with its reason, who has it and who is told', () => {
  test.each(Object.keys(told))('%s', async (title) => {
    const end = ended.get(title);
    if (stumbled.has(title)) throw stumbled.get(title);
    if (!end) throw new Error('It was not told');
    if ('trouble' in end) throw end.trouble;
    expect(end.cases.length).toBeGreaterThan(0);
    for (const { story, seen } of end.cases) {
      const { state, outcome, clocks, duties } = story.case;
      expect.soft([seen.state, seen.outcome]).toEqual([state, outcome]);
      const runs = (list: readonly { clock: string; run: number; status: string }[]): string[] =>
        list.map((one) => `${one.clock} ${one.run} ${one.status}`).sort();
      expect.soft(runs(seen.clocks)).toEqual(runs(clocks));
      // What somebody reports himself is written down by staff here.
      if (story.acts[0]?.actor.kind !== 'staff' && story.origin === null) continue;
      for (const [duty, one] of Object.entries(duties)) {
        const has = seen.duties[duty as keyof typeof duties];
        if (one) expect.soft(alike(story, one.id, postsOf(has?.id)), `${duty}: ${has?.name}`).toBe(true);
      }
      const heard = await toldOf(seen);
      for (const { data } of story.all('noticeIssued')) {
        const { to, notice } = data;
        if (to.kind !== 'person' || to.personId === null) continue;
        const same = heard.some((one) => one.notice === notice && alike(story, to.personId ?? '', one.posts));
        expect.soft(same, `${notice} told to ${to.name}`).toBe(true);
      }
    }
  });
});

describe('without the people it names no procedure is put in force', () => {
  test.each([
    ['S3-01', 's3', '内勤管理员'],
    ['S5-01', 's5', '食品卫生管理小组'],
    ['S6-08', 's6', '管理处主任'],
    ['S7-06', 's7', '管理处主任'],
  ])('%s · %s is refused, naming %s', (_rule, pack, post) => {
    expect(unstaffed.get(pack)).toMatchObject({ code: 'pack.postsVacant' });
    expect(unstaffed.get(pack)?.messages.zh).toContain(post);
  });
});

const room: WireValues = {
  place: { premisesId: premisesId('JX-3-1-502'), text: '厨房' },
  contactName: '王小明',
  contactPhone: '19900001234',
  content: '厨房水龙头漏水',
};
const offered = async (who: Client, seen: CaseView, step: string, field: string) =>
  (
    await who.ask<{ unit: { code: string } | null; people: CandidateView[] }>(
      `/api/v1/cases/${seen.id}/candidates?step=${step}&field=${field}`,
    )
  ).body;
type Said = Answer<CaseView & WireProblem>;
const order = (who: Client, { id, seq }: CaseView, body: object): Promise<Said> =>
  who.ask(`/api/v1/cases/${id}/commands`, { method: 'POST', headers: { 'if-match': `"${seq}"` }, body });
const journal = async (who: Client, { id }: CaseView): Promise<string> =>
  (await who.ask<JournalEntryView[]>(`/api/v1/cases/${id}/journal`)).body.map((one) => one.sentence.zh).join('\n');
const own = (duty: keyof CaseView['duties'], seen: CaseView): Promise<Client> => person(seen.duties[duty]?.id ?? '');
async function say(body: StaffingBody): Promise<StaffingView> {
  const said = await boss.ask<StaffingView>('/api/v1/staffing', { method: 'POST', body });
  expect(said.status, said.text).toBe(200);
  return said.body;
}
const now = async (): Promise<number> =>
  Date.parse((await boss.ask<{ now: string }>('/api/v1/sandbox/clock')).body.now);

test('S1-14 · greening is suggested to the gardening department; another person needs a reason, which stays on record', async () => {
  const clerk = await at().as('chenlijuan');
  const made = (await register(clerk, 'S1', 'complaint', { ...usual(), category: 'environment/greening' })).body;
  const { unit, people } = await offered(clerk, made, 'dispatch', 'assignee');
  expect(unit?.code).toBe('gardening');
  const [best, next] = people.filter((one) => one.fit);
  const officer = await own('caseOfficer', made);
  const met = await take(officer, made, 'contact', contacted);
  const given = await take(officer, met, 'dispatch', { unit: 'gardening', assignee: best?.personId ?? '' });
  const pass = (reason: string): Promise<Said> =>
    order(officer, given, { type: 'reassign', duty: 'assignee', personId: next?.personId, reason });
  expect((await pass(' ')).body).toMatchObject({ code: 'assign.withoutReason', field: 'reason' });
  expect((await pass('组长休假')).body.duties.assignee?.id).toBe(next?.personId);
  expect(await journal(officer, given)).toContain('组长休假');
});

test('S2-19 · whoever registers is the first receiver; it passes on only once the other confirms, and who came first stays on record', async () => {
  const guard = await holder('guard');
  const made = await register(
    guard,
    'S2',
    'complaint',
    {
      giverType: 'visitor',
      contactName: '访客甲',
      affiliation: '到 2 号楼探亲',
      contactPhone: '13800007777',
      occurredAt: new Date((await now()) - HOUR).toISOString(),
      content: '路灯不亮',
    },
    'counter',
  );
  expect(made.status, made.text).toBe(201);
  expect(made.body.duties.firstReceiver?.id).toBe(guard.personId);
  const officer = await holder('informationOfficer');
  const next = await holder('receptionist');
  const pass = { type: 'reassign', duty: 'firstReceiver', personId: next.personId, reason: '调岗' };
  const asked = await order(officer, made.body, pass);
  expect(asked.status, asked.text).toBe(200);
  expect(asked.body.duties.firstReceiver?.id).toBe(guard.personId);
  const taken = await order(next, asked.body, { type: 'accept' });
  expect(taken.body.duties.firstReceiver?.id).toBe(next.personId);
  expect(await journal(next, made.body)).toContain(directory.person(guard.personId)?.name);
});

test('S3-22 · what somebody received stays on his list until it is closed', async () => {
  const clerk = await holder('officeClerk');
  const mine = async (): Promise<string[]> =>
    (await clerk.ask<WorklistPage>('/api/v1/worklist?view=all&state=open&pack=S3&limit=200')).body.items.map(
      ({ id }) => id,
    );
  const cases = ended.get('S3-22 · whoever received it keeps it until it is closed');
  if (!cases || 'trouble' in cases) throw cases?.trouble;
  const [open, closed] = cases.cases;
  const list = await mine();
  expect(list).toContain(open?.seen.id);
  expect(list).not.toContain(closed?.seen.id);
});

test('S8-39 · a complaint about equipment is suggested to engineering', async () => {
  const cases = ended.get('S8-39 · without a department no analysis; one leads, others may assist');
  if (!cases || 'trouble' in cases) throw cases?.trouble;
  const [one] = cases.cases;
  if (!one) throw new Error('no case');
  expect((await offered(await own('caseOfficer', one.seen), one.seen, 'assign', 'assignee')).unit?.code).toBe(
    'engineering',
  );
});

describe.each([
  { pack: 'S6', ids: { team: 'S6-11', pass: 'S6-64', area: 'S6-68', all: 'S6-10' } },
  { pack: 'S7', ids: { team: 'S7-09', pass: 'S7-62', area: 'S7-66', all: 'S7-08' } },
])('$pack', ({ pack, ids }) => {
  let seen: CaseView;
  let clerk: Client;
  let mender: Client;

  test(`${ids.team} · a repair goes to the repair team of itself, and only to its people`, async () => {
    clerk = await holder('receptionist');
    mender = await holder('technician');
    seen = (await register(clerk, pack, 'repair', room)).body;
    const { unit, people } = await offered(clerk, seen, 'dispatch', 'technician');
    expect(unit?.code).toBe('repairTeam');
    const fit = people.filter((one) => one.fit);
    expect(fit.length).toBeGreaterThan(0);
    for (const { personId } of fit)
      expect(postsOf(personId).some((post) => post === 'technician' || post === 'repairSupervisor')).toBe(true);
  });

  test(`${ids.pass} · it passes only to the person named who confirms; unconfirmed it stays, and the director hears`, async () => {
    const next = await holder('areaOfficer');
    const pass = { type: 'reassign', duty: 'caseOfficer', personId: next.personId, reason: '转片区跟进' };
    const asked = await order(clerk, seen, pass);
    expect(asked.status, asked.text).toBe(200);
    expect(asked.body.duties.caseOfficer?.id).toBe(clerk.personId);
    expect(await journal(clerk, seen)).toContain('跟进责任人拟由');
    const other = await holder('technician');
    expect(['handOver.notYours', 'case.unknown']).toContain(
      (await order(other, asked.body, { type: 'accept' })).body.code,
    );
    const due = asked.body.clocks.find(({ clock }) => clock === 'takingOver')?.dueAt ?? '';
    await at().program.handling.moveClock(Date.parse(due) + 2000);
    const late = (await clerk.ask<CaseView>(`/api/v1/cases/${seen.id}`)).body;
    expect(late.duties.caseOfficer?.id).toBe(clerk.personId);
    const director = (await toldOf(late)).filter(({ notice }) => notice === 'clock.limit');
    expect(director.flatMap(({ posts }) => posts)).toContain('siteDirector');
    const taken = await order(next, late, { type: 'accept' });
    expect(taken.body.duties.caseOfficer?.id).toBe(next.personId);
  });

  test(`${ids.all} · the supervision centre sees it, wherever it lies`, async () => {
    const general = await holder('generalManager');
    expect((await general.ask(`/api/v1/cases/${seen.id}`)).status).toBe(200);
  });

  test(`${ids.area} · mended, the visit falls to the area officer of the room, whoever else holds the post`, async () => {
    const crew = pack === 'S6' ? 'gardening' : 'security';
    const [ofArea] = directory.members(crew);
    if (!ofArea) throw new Error(`Nobody works in ${crew}`);
    const post = { personId: ofArea.id, post: 'areaOfficer', unit: crew, from: '2016-03-01' };
    await assignPost(at().program.pool, DEMO_TENANT, post);
    const building = pack === 'S6' ? 'JX-3' : 'JX-5';
    await say({ type: 'nameTerritory', zh: `${pack} ${building}`, places: [premisesId(building)], crews: [crew] });
    expect((await visitorOf(premisesId(building)))?.id).toBe(ofArea.id);
    // Elsewhere another crew has its own.
    await say({ type: 'nameTerritory', zh: `${pack} YX`, places: [premisesId('YX')], crews: ['siteOffice'] });
    expect((await visitorOf(premisesId('YX')))?.id).not.toBe(ofArea.id);
  });

  /** A shared tap, mended and its order handed back: whom the visit falls to. */
  async function visitorOf(premises: string): Promise<CaseView['duties']['followUpVisitor']> {
    const values = { ...room, place: { premisesId: premises, text: '楼道' } };
    let one = (await register(clerk, pack, 'repair', values)).body as CaseView;
    const steps: [Client, string, WireValues][] = [
      [clerk, 'judge', { part: 'shared' }],
      [
        clerk,
        'inform',
        { words: '感谢', courtesy: 'thanks', approxCompletion: new Date((await now()) + HOUR).toISOString() },
      ],
      [clerk, 'dispatch', { grade: 'sharedMinor', technician: mender.personId }],
      [mender, 'accept', {}],
      [mender, 'arrive', { tools: true, how: 'code' }],
      [mender, 'inspect', { ...found, payer: 'fund', expectedBy: localDate(await now()) } as WireValues],
      [mender, 'complete', done as WireValues],
      [mender, 'handBack', {}],
    ];
    for (const [who, step, entered] of steps) one = await take(who, one, step, entered);
    return one.duties.followUpVisitor;
  }
});

test('S7-04 · the general department reads along and has no act of its own', async () => {
  const office = await holder('generalDepartment');
  const alone = directory.person(office.personId)?.posts ?? [];
  const made = await register(await holder('receptionist'), 'S7', 'repair', room);
  const acts = await office.ask<AllowedCommandView[]>(`/api/v1/cases/${made.body.id}/allowed-commands`);
  // Nothing that she may do here rests on that post.
  const steps = Object.values(s7.procedures.repair?.steps ?? {});
  expect(steps.filter((step) => step.by.includes('generalDepartment'))).toEqual([]);
  expect([alone.includes('generalDepartment'), acts.status]).toEqual([true, 200]);
});

test('S9-18 · those who have the skill and are on duty are recommended with their points; nobody else, and who does not fit says why', async () => {
  const officer = await holder('caseOfficer');
  const made = await register(
    officer,
    'S9',
    'complaint',
    {
      ...room,
      content: '电梯异响',
      occurredAt: new Date((await now()) - HOUR).toISOString(),
      category: 'facility/lift',
    },
    'hotline',
  );
  expect(made.status, made.text).toBe(201);
  const { people } = await offered(officer, made.body, 'assign', 'lift');
  const fit = people.filter((one) => one.fit);
  expect(fit.length).toBeGreaterThan(0);
  for (const one of fit) {
    expect(postsOf(one.personId)).toContain('liftSkill');
    expect(one.reason.zh).toMatch(/共 [\d.]+ 分$/);
  }
  const follows = await own('caseOfficer', made.body);
  const other = directory.holders('waterSkill').find(({ posts }) => !posts.includes('liftSkill'));
  const barred = await refused(follows, made.body, 'assign', { lift: other?.id ?? '' });
  expect(barred).toMatchObject({ code: 'assign.notHolder', field: 'lift' });
  const fallback = await take(follows, made.body, 'toFallback', { reason: '都在外地' });
  expect(fallback.state).toBe('fallback');
  expect(
    (await toldOf(fallback)).filter(({ notice }) => notice === 'fallback').flatMap(({ posts }) => posts),
  ).toContain('dispatcher');
  const dispatcher = await holder('dispatcher');
  expect((await refused(dispatcher, fallback, 'assignOtherwise', { assignee: other?.id ?? '' })).field).toBe('reason');
});

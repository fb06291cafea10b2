import { expect, test } from 'vitest';
import { demoPerson } from '#directory/demo/company.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { ExplanationView, PowerView } from '#http/contract/power.ts';
import { type Client, contacted, site } from './support.ts';

const at = site();

const explain = async (who: Client, asked: Record<string, string>): Promise<ExplanationView> => {
  const said = await who.ask<ExplanationView>(`/api/v1/powers/explanation?${new URLSearchParams(asked)}`);
  expect(said.status, said.text).toBe(200);
  return said.body;
};
const verdict = (view: ExplanationView, code: string) => view.conditions.find((one) => one.code === code);

test('why she may: by which post, in which department, since when; and who else could', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register();
  const own = await explain(clerk, { case: made.id, action: 'contact' });
  const role = verdict(own, 'role.notYours');
  expect(role).toMatchObject({ holds: true, clause: expect.stringMatching(/./) });
  expect(role?.grounds[0]).toMatchObject({
    kind: expect.stringMatching(/post|duty/),
    since: expect.stringMatching(/^\d{4}-/),
  });
  expect(own).toMatchObject({
    allowed: true,
    case: { number: made.number },
    person: { id: clerk.personId, active: true },
  });
  expect(own.person.posts.length).toBeGreaterThan(0);
  // What the page says is what the engine does.
  const allowed = await clerk.ask<{ step: string | null; allowed: boolean }[]>(
    `/api/v1/cases/${made.id}/allowed-commands`,
  );
  for (const { step, allowed: can } of allowed.body)
    if (step !== null) expect((await explain(clerk, { case: made.id, action: step })).allowed, step).toBe(can);
});

test('why she may not: every condition with its verdict, the clause, where the case stands, and who can', async () => {
  const [clerk, head] = [await at().as('chenlijuan'), await at().as('heguodong')];
  const made = await clerk.register({ category: 'environment/greening' });
  const gardener = demoPerson('wujianping');
  const seen = await explain(head, { person: gardener, case: made.id, action: 'contact' });
  expect(seen.allowed).toBe(false);
  expect(verdict(seen, 'case.unknown')).toMatchObject({ holds: false });
  expect(verdict(seen, 'role.notYours')).toMatchObject({ holds: false, grounds: [] });
  expect(verdict(seen, 'person.left')?.holds).toBe(true);
  expect(seen.others.map((one) => one.id)).toContain(clerk.personId);
  const early = await explain(clerk, { case: made.id, action: 'archive' });
  expect(verdict(early, 'step.notNow')).toMatchObject({
    holds: false,
    say: { zh: expect.stringMatching(/^现在是“.+”（\d{4}-/) },
  });
  const unknown = await clerk.ask<WireProblem>(`/api/v1/powers/explanation?case=${made.id}&action=fly`);
  expect(unknown.body).toMatchObject({ status: 404, code: 'step.unknown' });
});

test('whoever a complaint is about is told why he stands aside, since when, and nothing of who complained', async () => {
  const [clerk, accused] = [await at().as('chenlijuan'), await at().as('zhaominghui')];
  const made = await clerk.register({ complainedOf: accused.personId, content: '专员态度差' });
  const own = await explain(accused, { case: made.id, action: 'contact' });
  expect(own.allowed).toBe(false);
  expect(own.recused).toEqual([
    {
      id: accused.personId,
      name: expect.any(String),
      why: { zh: expect.stringMatching(/^登记为“/), en: expect.any(String) },
      since: expect.stringMatching(/^\d{4}-/),
    },
  ]);
  expect(verdict(own, 'role.recused')).toMatchObject({
    holds: false,
    say: { zh: expect.stringMatching(/自 \d{4}-\d\d-\d\d 起回避/) },
  });
  expect(own.others.map((one) => one.id)).not.toContain(accused.personId);
  expect(own.others.length).toBeGreaterThan(0);
  for (const word of ['王', '1990000', '502']) expect(JSON.stringify(own)).not.toContain(word);
  const engine = await accused.take(made.id, 'contact', contacted, made.seq);
  expect(engine.status).toBe(403);
});

test('one asks about oneself and one’s people; a case that is not one’s own stays unknown here too', async () => {
  const [clerk, gardener, boss] = [
    await at().as('chenlijuan'),
    await at().as('wujianping'),
    await at().as('sunguoqing'),
  ];
  const made = await clerk.register();
  const ask = (who: Client, query: string) => who.ask<WireProblem>(`/api/v1/powers/explanation?${query}`);
  expect((await ask(gardener, `person=${clerk.personId}&action=organisation`)).body.code).toBe('role.notYours');
  expect((await ask(gardener, `case=${made.id}&action=dispatch`)).body.code).toBe('case.unknown');
  expect((await ask(clerk, `person=${demoPerson('nobody')}&action=organisation`)).body.code).toBe('person.unknown');
  const below = await explain(boss, { person: gardener.personId, action: 'organisation' });
  expect(below).toMatchObject({ allowed: false, case: null, person: { id: gardener.personId } });
});

test('who keeps people and premises follows from posts that the company names itself, not from a title in the program', async () => {
  const [boss, quality] = [await at().as('heguodong'), await at().as('fangjing')];
  const powers = await boss.ask<PowerView[]>('/api/v1/powers');
  const organisation = powers.body.find((one) => one.power === 'organisation');
  expect(organisation?.posts.some((one) => one.holders.length > 0)).toBe(true);
  const give = (who: Client, posts: string[]) =>
    who.ask<PowerView & WireProblem>('/api/v1/powers/organisation', { method: 'PUT', body: { posts } });
  expect((await give(quality, ['qualityManager'])).status).toBe(403);
  expect((await explain(quality, { action: 'organisation' })).allowed).toBe(false);
  expect((await give(boss, ['qualityManager'])).body.code).toBe('power.ownPost');
  expect((await give(boss, ['admiral'])).body.code).toBe('person.post');
  const keeps = organisation?.posts.map((one) => one.post) ?? [];
  const given = await give(boss, [...keeps, 'qualityManager']);
  expect(given.status, given.text).toBe(200);
  const after = await explain(quality, { action: 'organisation' });
  expect(after.allowed).toBe(true);
  expect(verdict(after, 'role.notYours')?.grounds[0]).toMatchObject({
    kind: 'power',
    since: expect.stringMatching(/^\d{4}-/),
  });
  expect((await quality.ask<{ signedIn: { administers: boolean } }>('/api/v1/session')).body.signedIn.administers).toBe(
    true,
  );
  expect((await give(quality, [...keeps, 'qualityManager'])).status).toBe(200);
  await give(boss, keeps);
  expect((await give(quality, ['qualityManager'])).status).toBe(403);
});

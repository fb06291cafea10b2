import { expect, test } from 'vitest';
import type { CaseView, JournalEntryView } from '#http/contract/case.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { NoticeView } from '#http/contract/notice.ts';
import type { ClockState } from '#http/contract/sandbox.ts';
import type { WorklistPage } from '#http/contract/worklist.ts';
import { client, contacted, type Site, site } from './support.ts';

const at = site();

interface Heard {
  event: string;
  id: string;
  data: { caseId: string; seq: number; types?: string[] };
}

/** Listens until `enough` says so, then hangs up. */
async function listen(
  cookieOf: Awaited<ReturnType<Site['as']>>,
  lastId: string | null,
  during: () => Promise<unknown>,
  enough: (heard: Heard[]) => boolean,
): Promise<Heard[]> {
  const hangUp = new AbortController();
  const headers = { ...cookieOf.headers, ...(lastId === null ? {} : { 'last-event-id': lastId }) };
  const answered = await fetch(`${at().url}/api/v1/events`, { headers, signal: hangUp.signal });
  expect(answered.headers.get('content-type')).toContain('text/event-stream');
  const heard: Heard[] = [];
  const late = setTimeout(() => hangUp.abort(), 10_000);
  const reading = (async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const part of answered.body ?? []) {
      rest += decoder.decode(part, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const of = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
        if (of('event') !== '') heard.push({ event: of('event'), id: of('id'), data: JSON.parse(of('data')) });
      }
      if (enough(heard)) return;
    }
  })();
  await during();
  await reading.catch(() => undefined);
  clearTimeout(late);
  hangUp.abort();
  return heard;
}

test('time moved forward fires every clock in order before the call returns, and the breach is told to those it names', async () => {
  const clerk = await at().as('chenlijuan');
  const made = await clerk.register();
  const officer = made.duties.caseOfficer?.id;
  const moved = await clerk.ask<ClockState>('/api/v1/sandbox/clock', { method: 'POST', body: { advance: 'PT25H' } });
  expect(moved.status, moved.text).toBe(200);
  expect(moved.body.fired?.timers).toBeGreaterThan(0);
  const told = await clerk.ask<JournalEntryView[]>(`/api/v1/cases/${made.id}/journal`);
  const times = told.body.map((entry) => Date.parse(entry.at));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const breach = told.body.find((entry) => entry.type === 'clockBreached' && entry.data.clock === 'firstContact');
  expect(breach?.sentence.zh).toMatch(/^24 小时内联系业主：\S+ 已超时，已告知 .+（三\.1\.3）$/);
  const who = await at().as(officer === clerk.personId ? 'chenlijuan' : 'zhaominghui');
  const inbox = await who.ask<{ items: NoticeView[]; unread: number }>('/api/v1/notices?unread=true');
  const notice = inbox.body.items.find((one) => one.caseId === made.id && one.notice === 'clock.limit');
  expect(notice?.text.zh).toContain(made.number);
  expect((await who.ask(`/api/v1/notices/${notice?.id}/reading`, { method: 'POST' })).status).toBe(204);
  const after = await who.ask<{ unread: number }>('/api/v1/notices?unread=true');
  expect(after.body.unread).toBe(inbox.body.unread - 1);
  const other = await at().as('wujianping');
  expect((await other.ask(`/api/v1/notices/${notice?.id}/reading`, { method: 'POST' })).status).toBe(404);
});

test('the clock never goes back, stands still when asked to, and refuses what is no time', async () => {
  const { anybody } = at();
  const move = (body: object) =>
    anybody.ask<WireProblem & ClockState>('/api/v1/sandbox/clock', { method: 'POST', body });
  const now = Date.parse((await move({ advance: 'PT0S' })).body.now);
  expect(now).toBeGreaterThan(0);
  expect((await move({ now: new Date(now - 3_600_000).toISOString() })).body).toMatchObject({
    status: 409,
    code: 'sandbox.backwards',
  });
  expect((await move({ advance: 'tomorrow' })).body).toMatchObject({ status: 422, code: 'duration.invalid' });
  expect((await move({ now: '2026-02-31T00:00:00+08:00' })).body).toMatchObject({ status: 422, field: 'now' });
  expect((await move({ forward: 'PT1H' })).body.status).toBe(422);
  const to = new Date(now + 7_200_000).toISOString();
  expect(Date.parse((await move({ now: to })).body.now)).toBeGreaterThanOrEqual(now + 7_200_000);
});

test('whoever watches hears of a change at once; whoever was away hears of it when he comes back', async () => {
  const clerk = await at().as('chenlijuan');
  let made: CaseView | undefined;
  const of = (one: Heard, type: string): boolean =>
    one.data.caseId === made?.id && one.data.types?.includes(type) === true;
  const heard = await listen(
    clerk,
    null,
    async () => {
      made = await clerk.register();
      await clerk.take(made.id, 'contact', contacted, made.seq);
    },
    (so) => ['caseRegistered', 'stepTaken'].every((type) => so.some((one) => of(one, type))),
  );
  const [first] = heard.filter((one) => of(one, 'caseRegistered'));
  expect(first?.data.seq).toBe(made?.seq);
  expect(heard.some((one) => of(one, 'stepTaken'))).toBe(true);
  const back = await listen(
    clerk,
    first?.id ?? '',
    async () => undefined,
    (so) => so.some((one) => of(one, 'stepTaken')),
  );
  expect(back.some((one) => of(one, 'stepTaken'))).toBe(true);
});

test('nobody hears of cases that are not his', async () => {
  const [clerk, gardener] = [await at().as('chenlijuan'), await at().as('fengdahai')];
  let made: CaseView | undefined;
  const heard = await listen(
    gardener,
    null,
    async () => {
      made = await clerk.register({ category: 'facility/lift' });
      await new Promise((done) => setTimeout(done, 700));
    },
    () => false,
  ).catch(() => []);
  expect(heard.filter((one) => one.data.caseId === made?.id)).toEqual([]);
});

test('the worklist is read page by page, next deadline first, nothing twice and nothing left out', async () => {
  const clerk = await at().as('chenlijuan');
  const wanted = new Set<string>();
  for (let i = 0; i < 7; i += 1) wanted.add((await clerk.register({ content: `第 ${i} 件漏水` })).id);
  const seen: string[] = [];
  const dues: number[] = [];
  for (let after = ''; ; ) {
    const page: WorklistPage = (
      await clerk.ask<WorklistPage>(`/api/v1/worklist?view=all&limit=3${after === '' ? '' : `&after=${after}`}`)
    ).body;
    seen.push(...page.items.map((item) => item.id));
    dues.push(...page.items.map((item) => Date.parse(item.nextDeadline?.dueAt ?? '9999-01-01')));
    if (page.next === null) break;
    after = page.next;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect([...wanted].every((id) => seen.includes(id))).toBe(true);
  expect(dues).toEqual([...dues].sort((a, b) => a - b));
  const late = await clerk.ask<WorklistPage>('/api/v1/worklist?view=all&overdue=true');
  expect(late.body.items.every((item) => item.breached)).toBe(true);
  const found = await clerk.ask<WorklistPage>('/api/v1/worklist?view=all&q=漏水');
  expect(found.body.items.length).toBe(7);
});

test('whoever signs out hears no more', async () => {
  const [clerk, colleague] = [await at().as('chenlijuan'), await at().as('zhaominghui')];
  let made: CaseView | undefined;
  const heard = await listen(
    clerk,
    null,
    async () => {
      await clerk.ask('/api/v1/session', { method: 'DELETE' });
      made = await colleague.register();
    },
    () => false,
  );
  expect(heard.filter((one) => one.data.caseId === made?.id)).toEqual([]);
});

test('an unknown viewer of the stream is turned away', async () => {
  expect((await client(at().url, '', {}).ask('/api/v1/events')).status).toBe(401);
});

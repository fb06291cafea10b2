import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { AttachmentView } from '#http/contract/attachment.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { WorklistPage } from '#http/contract/worklist.ts';
import { type Client, client, site, usual } from '../http/support.ts';
import { FILE, fingerprint, MARK, type TwoCompanies, twoCompanies } from './two-companies.ts';

const at = site({ sandbox: false, fresh: true });
let both: TwoCompanies;
beforeAll(async () => {
  both = await twoCompanies(at());
});

/** Puts jobs into the queue as the program does, does them, and answers how many are left or failed. */
async function doJobs(tasks: readonly string[], payload: object): Promise<void> {
  const jobs = tasks.map((task) => ({ task, payload, key: `${task}:${randomUUID()}`, attempts: 1 }));
  await at().program.pool.query('select huiyin.add_jobs($1)', [JSON.stringify(jobs)]);
  await at().program.handling.drainJobs();
}

test('every kind of job, told to work for one company on another’s case, changes nothing of the other', async () => {
  const { a, b, secret } = both;
  const source = readFileSync(new URL('../../src/handling/index.ts', import.meta.url), 'utf8');
  const list = /openJobs\(([\s\S]*?)TIDY_UP/.exec(source)?.[1] ?? '';
  const tasks = [...list.matchAll(/'([a-z-]+)':/g)].map(([, task = '']) => task);
  expect(tasks.length).toBeGreaterThanOrEqual(5);
  const before = await fingerprint(at(), b.tenant);
  const seq = Number(secret.notice.split('.')[1]);
  const aims = {
    caseId: secret.case,
    seq,
    pageId: secret.case,
    base: at().url,
    report: 'summary',
    parent: secret.case,
    child: secret.case,
    outcome: 'done',
    to: secret.person,
    personId: secret.person,
  };
  await doJobs(tasks, { tenant: a.tenant, ...aims });
  // The step of a case that a report was asked for, and whatever else names its case in another way.
  await doJobs(tasks, {
    tenant: a.tenant,
    ...aims,
    step: 'verify',
    name: 'summary',
    params: {},
    id: secret.case,
    eventId: secret.case,
  });
  expect(await fingerprint(at(), b.tenant)).toEqual(before);
});

test('the same idempotency key in two companies makes two cases, and each hears its own answer again', async () => {
  const { a, secret } = both;
  const key = { 'idempotency-key': 'the-same-key-in-both' };
  const body = { matter: 'complaint', channel: 'phone', values: { ...usual(), content: '甲自己的事' } };
  const made = await a.ask<CaseView>('/api/v1/cases', { method: 'POST', headers: key, body });
  expect([made.status, made.headers.get('idempotency-replayed')], made.text).toEqual([201, null]);
  expect(made.body.id).not.toBe(secret.case);
  const again = await a.ask<CaseView>('/api/v1/cases', { method: 'POST', headers: key, body });
  expect([again.status, again.headers.get('idempotency-replayed'), again.body.id]).toEqual([201, 'true', made.body.id]);
});

test('a file both companies keep is two files: the same bytes open nobody else’s, and a foreign one cannot be put on a case', async () => {
  const { a, secret } = both;
  const form = new FormData();
  form.set('file', new Blob([FILE], { type: 'application/pdf' }), '甲.pdf');
  const mine = await a.ask<AttachmentView>('/api/v1/attachments', { method: 'POST', body: form });
  expect([mine.status, mine.body.sha256, mine.body.name]).toEqual([201, secret.shaOfFile, '甲.pdf']);
  expect(mine.body.id).not.toBe(secret.attachment);
  const naming = (id: string) =>
    a.ask<WireProblem>('/api/v1/cases', {
      method: 'POST',
      body: { matter: 'complaint', channel: 'phone', values: { ...usual(), photos: [id] } },
    });
  const [foreign, unknown] = [await naming(secret.attachment), await naming(randomUUID())];
  const said = ({ body, status }: { body: WireProblem; status: number }) => ({
    status,
    code: body.code,
    messages: body.messages,
  });
  expect(said(foreign)).toEqual(said(unknown));
  expect(foreign.body.code).toBe('attachment.unknown');
});

test('searches, counts and figures of one company know nothing of the other’s', async () => {
  const { a, b } = both;
  const pages = async (who: Client, query: string) =>
    (await who.ask<WorklistPage>(`/api/v1/worklist?view=all&${query}`)).body.items;
  expect((await pages(b, `q=${encodeURIComponent(MARK)}`)).length).toBe(2);
  expect(await pages(a, `q=${encodeURIComponent(MARK)}`)).toEqual([]);
  const mine = new Set((await pages(a, 'state=any')).map(({ id }) => id));
  const theirs = (await pages(b, 'state=any')).map(({ id }) => id);
  expect(theirs.length).toBe(2);
  expect(theirs.filter((id) => mine.has(id))).toEqual([]);
  for (const query of ['', `?q=${encodeURIComponent(MARK)}`]) {
    const archive = await a.ask(`/api/v1/archive${query}`);
    expect(archive.text).not.toContain(MARK);
  }
  const counted = await at().database.ownerPool.query<{ n: number }>(
    'select count(*)::int as n from huiyin.case_file where tenant_id = $1',
    [a.tenant],
  );
  expect(mine.size).toBe(counted.rows[0]?.n);
  // Numbers are counted for each company alone: the second of a day does not tell that there was a first elsewhere.
  const numbers = async (who: Client) =>
    (await pages(who, 'state=any')).map(({ number }) => Number(number.split('-').at(-1))).sort((x, y) => x - y);
  expect((await numbers(a))[0]).toBe(1);
  expect(await numbers(b)).toEqual([1, 2]);
});

test('whoever listens hears only his own company, also when he says he last heard another company’s entry', async () => {
  const { a, b, secret } = both;
  const hangUp = new AbortController();
  const stream = await fetch(`${at().url}/api/v1/events`, {
    headers: { ...a.headers, 'last-event-id': `${secret.case}.1` },
    signal: hangUp.signal,
  });
  let heard = '';
  let own: CaseView | undefined;
  const decoder = new TextDecoder();
  const reading = (async () => {
    for await (const part of stream.body ?? []) {
      heard += decoder.decode(part, { stream: true });
      if (heard.includes('caseRegistered') && heard.includes(own?.id ?? '-')) return;
    }
  })();
  const other = await b.register({ content: `${MARK}：第三件` });
  // What comes after it on the same stream proves that the other one was passed over.
  own = await a.register({ content: '甲的第二件' });
  const late = setTimeout(() => hangUp.abort(), 10_000);
  await reading.catch(() => undefined);
  clearTimeout(late);
  hangUp.abort();
  expect(heard).toContain(own.id);
  expect(heard).not.toContain(other.id);
  expect(heard).not.toContain(secret.case);
});

test('a key or cookie opens no other company, however its company is rewritten, and a sign-in counts only where it belongs', async () => {
  const { a, b, cookieOfA } = both;
  const swapped = b.key.replace(b.tenant, a.tenant);
  const asks: Record<string, string>[] = [
    { authorization: `Bearer ${swapped}` },
    { cookie: (cookieOfA.headers.cookie ?? '').replace(a.tenant, b.tenant) },
  ];
  for (const headers of asks) {
    const answered = await client(at().url, '', headers).ask<WireProblem>('/api/v1/worklist');
    expect(answered.status).toBe(401);
  }
  const enter = (tenant: string | undefined, username: string, password: string) =>
    at().anybody.ask<WireProblem>('/api/v1/session', {
      method: 'POST',
      body: { username, password, ...(tenant === undefined ? {} : { tenant }) },
    });
  expect((await enter('乙物业', 'yi', 'another long one')).status).toBe(201);
  expect((await enter(b.tenant, 'yi', 'another long one')).status).toBe(201);
  const [elsewhere, nowhere] = [
    await enter('安居物业', 'yi', 'another long one'),
    await enter('无此物业', 'yi', 'another long one'),
  ];
  expect([elsewhere.status, nowhere.status]).toEqual([401, 401]);
  expect(elsewhere.body.messages).toEqual(nowhere.body.messages);
  expect((await enter(undefined, 'yi', 'another long one')).body).toMatchObject({
    status: 422,
    code: 'signIn.company',
  });
});

test('the owner’s pages of one company open none of the other’s cases or doors under its own name', async () => {
  const { a, b, secret } = both;
  const link = await b.ask<{ url: string }>(`/api/v1/cases/${secret.case}/owner-page`, { method: 'POST' });
  const path = new URL(link.body.url).pathname;
  expect((await at().anybody.ask(path)).text).toContain(MARK);
  const renamed = await at().anybody.ask(path.replace(b.tenant, a.tenant));
  const nonsense = await at().anybody.ask(path.replace(/\.[\w-]+$/, '.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'));
  expect([renamed.status, renamed.text.includes(MARK)]).toEqual([nonsense.status, false]);
  const door = await at().anybody.ask(`/o/d/${secret.door}`);
  const foreign = await at().anybody.ask(`/o/d/${secret.door.replace(b.tenant, a.tenant)}`);
  expect(door.text).toContain('乙物业');
  expect([foreign.status, foreign.text.includes('乙苑')]).toEqual([404, false]);
});

test('numbers for the operator count the installation and name no company', async () => {
  const metrics = await at().anybody.ask('/metrics');
  expect(metrics.status).toBe(200);
  for (const word of [both.a.tenant, both.b.tenant, both.secret.case, MARK]) expect(metrics.text).not.toContain(word);
});

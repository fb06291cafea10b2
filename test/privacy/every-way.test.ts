import { Writable } from 'node:stream';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { loadDirectory } from '#directory/directory.ts';
import { readPdf } from '#documents/pdf-reader.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { Endpoint } from '#http/contract/common.ts';
import { contract } from '#http/contract/index.ts';
import { type Client, client, site } from '../http/support.ts';
import { samples } from '../tenants/sampler.ts';

/** Everything the program logs while these tests run. */
let logged = '';
const sink = new Writable({
  write(chunk, _encoding, done) {
    logged += String(chunk);
    done();
  },
});
const at = site({ log: pino({ level: 'trace' }, sink) });
const NAME = '欧阳明月';
const PHONE = '19912345678';
const MAIL = 'mingyue@example.com';
const HOME = '7单元1802';
const CLEAR = [NAME, PHONE, MAIL, HOME];
/** What masking leaves is enough for somebody who knows the neighbours. */
const HINTS = [...CLEAR, '欧阳', '199****5678', 'm***@example.com', '锦绣花园9栋', '明月'];
const FILE = '明月的照片.pdf';

let made: CaseView;
let file: string;
let clerk: Client;
let accused: Client;

/** Every answer to a reading endpoint that can be asked for a case, a search or a list. */
async function everything(who: Client): Promise<[string, string][]> {
  const answers: [string, string][] = [];
  const wanted = new Map<string, string>();
  const fill = (name: string): string | undefined => {
    if (/^case/i.test(name)) return made.id;
    if (/^(q|words|find)$/i.test(name)) return NAME;
    if (/contact/i.test(name)) return PHONE;
    if (/person/i.test(name)) return who.personId;
    return undefined;
  };
  const list: Endpoint[] = Object.values(contract).flatMap((resource) => Object.values<Endpoint>(resource));
  for (const endpoint of list) {
    if (endpoint.method !== 'GET' || endpoint.url === '/api/v1/events') continue;
    const path = endpoint.url
      .replace('/cases/:id', `/cases/${made.id}`)
      .replace('/attachments/:id', `/attachments/${file}`)
      .replace(':form', 'registerForm')
      .replace(':name', 'summary')
      .replace(':pack', 'S1')
      .replace(/:\w+/g, made.id);
    for (const query of samples(endpoint.query, fill)) {
      const asked = new URLSearchParams(
        Object.entries((query ?? {}) as Record<string, unknown>).map(([key, value]): [string, string] => [
          key,
          String(value),
        ]),
      );
      // Everything open at once, so that a list is not empty for want of a match.
      for (const tail of [`?${asked}`, '']) wanted.set(path + tail, `${endpoint.url}${tail}`);
    }
  }
  // A few at a time keep both the server and this process busy.
  const queue = [...wanted];
  const work = async (): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const [asked, way] = next;
      const answer = await who.ask(asked);
      answers.push([way, answer.text + decodeURIComponent(answer.headers.get('content-disposition') ?? '')]);
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  return answers;
}

/** The words of the printed slip as somebody gets it; null when it is refused. */
async function paperOf(who: Client, seen: CaseView): Promise<string | null> {
  const got = await fetch(`${at().url}/api/v1/cases/${seen.id}/receipt.pdf`, { headers: who.headers });
  return got.status === 200 ? readPdf(new Uint8Array(await got.arrayBuffer())).text : null;
}

beforeAll(async () => {
  [clerk, accused] = [await at().as('chenlijuan'), await at().as('zhaominghui')];
  const form = new FormData();
  form.set('file', new Blob([Buffer.from('%PDF-1.4\n%%EOF\n')], { type: 'application/pdf' }), FILE);
  file = (await clerk.ask<{ id: string }>('/api/v1/attachments', { method: 'POST', body: form })).body.id;
  made = await clerk.register({
    content: '专员在电话里态度很差',
    contactName: NAME,
    contactPhone: PHONE,
    contactEmail: MAIL,
    place: `锦绣花园9栋${HOME}`,
    complainedOf: accused.personId,
    photos: [file],
  });
  // What the person who asked adds by himself carries his name as the doer.
  const page = await clerk.ask<{ url: string }>(`/api/v1/cases/${made.id}/owner-page`, { method: 'POST' });
  const noted = await fetch(`${page.body.url}/note`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: at().url },
    body: new URLSearchParams({ text: '请尽快处理', note: '请尽快处理', words: '请尽快处理' }),
    redirect: 'manual',
  });
  expect(noted.status).toBeLessThan(400);
});

test('without a stated reason no answer of the program shows a name, number, address or mail in clear', async () => {
  for (const [way, text] of await everything(clerk))
    for (const word of CLEAR) {
      // The clerk typed the words he searches for himself.
      const own = way.includes(encodeURIComponent(word)) ? text.replaceAll(word, '') : text;
      expect(own.includes(word), `${way} shows ${word}`).toBe(false);
    }
});

test('whoever the complaint is about finds nothing of who complained by any way, not even masked', async () => {
  const seen = await accused.ask<CaseView>(`/api/v1/cases/${made.id}`);
  expect(seen.status).toBe(200);
  for (const [way, text] of await everything(accused))
    for (const word of HINTS) {
      const own = text.replaceAll(NAME, way.includes(encodeURIComponent(NAME)) ? '' : NAME);
      expect(
        own.includes(word),
        `${way} shows ${word}: ${own.slice(Math.max(0, own.indexOf(word) - 80), own.indexOf(word) + 40)}`,
      ).toBe(false);
    }
  const photo = await accused.ask(`/api/v1/attachments/${file}`);
  expect(photo.status).toBe(404);
  expect((await clerk.ask(`/api/v1/attachments/${file}`)).status).toBe(200);
});

test('the printed slip is masked like the page, and whoever it is about gets neither that nor the dossier', async () => {
  const paper = await paperOf(clerk, made);
  expect(paper).toContain(made.number);
  for (const word of CLEAR) expect(paper).not.toContain(word);
  expect(await paperOf(accused, made)).toBeNull();
  const reason = { method: 'POST', body: { reason: '想知道是谁' } };
  expect((await accused.ask(`/api/v1/cases/${made.id}/disclosure`, reason)).status).toBe(403);
  expect((await accused.ask(`/api/v1/cases/${made.id}/dossier.zip`)).status).not.toBe(200);
});

test('those below the person complained of, whom he could ask, see the case without who complained, unless a duty on it is theirs', async () => {
  const directory = await loadDirectory(at().program.pool, DEMO_TENANT);
  const head = directory.superior(clerk.personId);
  const about = await clerk.register({
    content: '主管推诿不办',
    contactName: NAME,
    contactPhone: PHONE,
    place: `锦绣花园9栋${HOME}`,
    complainedOf: head?.id ?? '',
  });
  const duties = Object.values(about.duties).map((one) => one?.id);
  const below = ['receptionist', 'caseOfficer', 'analyst']
    .flatMap((post) => directory.holders(post))
    .filter(({ id }) => !duties.includes(id) && directory.superior(id)?.id === head?.id);
  expect(below.length).toBeGreaterThan(0);
  let sees = 0;
  for (const { id } of below) {
    const begun = await at().anybody.ask('/api/v1/session', { method: 'POST', body: { personId: id } });
    const who = client(at().url, id, { cookie: begun.headers.get('set-cookie')?.split(';')[0] ?? '' });
    const ways = [`/api/v1/cases/${about.id}`, `/api/v1/cases/${about.id}/journal`];
    const texts = [...(await Promise.all(ways.map((way) => who.ask(way)))).map((said) => said.text)];
    texts.push((await paperOf(who, about)) ?? '');
    sees += texts[0]?.includes(about.number) ? 1 : 0;
    for (const word of HINTS) for (const text of texts) expect(text).not.toContain(word);
    const reason = { method: 'POST', body: { reason: '领导要我查' } };
    expect((await who.ask(`/api/v1/cases/${about.id}/disclosure`, reason)).status).toBeGreaterThanOrEqual(403);
  }
  expect(sees).toBeGreaterThan(0);
  // Whoever wrote it down knows anyway, and goes on serving the person who asked.
  expect((await clerk.ask<CaseView>(`/api/v1/cases/${about.id}`)).body.values.contactName).toBe('欧阳**');
});

test('neither what is sent to the staff nor what the program logs names who asked', async () => {
  // Warnings and breaches go out to the staff.
  const moved = await clerk.ask('/api/v1/sandbox/clock', { method: 'POST', body: { advance: 'P3D' } });
  expect(moved.status, moved.text).toBe(200);
  const { rows } = await at().database.ownerPool.query<{ text: string }>(
    `select text_zh || text_en as text from huiyin.notice where recipient_kind = 'person'`,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { text } of rows) for (const word of CLEAR) expect(text).not.toContain(word);
  expect(logged.length).toBeGreaterThan(0);
  for (const word of [...CLEAR, ...CLEAR.map(encodeURIComponent)]) expect(logged).not.toContain(word);
});

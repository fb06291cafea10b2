import { beforeAll, expect, test } from 'vitest';
import type { CaseView } from '#http/contract/case.ts';
import type { Endpoint } from '#http/contract/common.ts';
import { contract } from '#http/contract/index.ts';
import { type Client, site } from '../http/support.ts';
import { samples } from '../tenants/sampler.ts';

const at = site();
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
      for (const tail of [`?${asked}`, '']) {
        const answer = await who.ask(path + tail);
        answers.push([
          `${endpoint.url}${tail}`,
          answer.text + decodeURIComponent(answer.headers.get('content-disposition') ?? ''),
        ]);
      }
    }
  }
  return answers;
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

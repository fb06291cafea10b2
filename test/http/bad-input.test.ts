import { expect, test } from 'vitest';
import type { CaseView } from '#http/contract/case.ts';
import type { WireProblem } from '#http/contract/common.ts';
import { type Answer, type Client, site, usual } from './support.ts';

const at = site();
const good = (): Record<string, unknown> => ({ matter: 'complaint', channel: 'phone', values: usual() });
const clerk = (): Promise<Client> => at().as('chenlijuan');

async function send(body: unknown, headers: Record<string, string> = {}): Promise<Answer<WireProblem>> {
  return (await clerk()).ask<WireProblem>('/api/v1/cases', { method: 'POST', body, headers });
}

async function casesThere(): Promise<number> {
  const found = await at().database.ownerPool.query<{ n: number }>('select count(*)::int as n from huiyin.case_file');
  return found.rows[0]?.n ?? -1;
}

test('an unknown field is refused with the name that was probably meant', async () => {
  const outside = await send({ ...good(), recievedAt: '2026-03-01T20:00:00+08:00' });
  expect(outside.status).toBe(422);
  expect(outside.body).toMatchObject({ code: 'field.unknown', field: 'recievedAt' });
  expect(outside.body.messages.zh).toContain('receivedAt');
  expect(outside.body.errors?.[0]?.suggestion).toBe('receivedAt');
  const inside = await send({ ...good(), values: { ...usual(), contactFone: '19900001234' } });
  expect(inside.body).toMatchObject({ status: 422, code: 'field.unknown', field: 'contactFone' });
  expect(inside.body.messages.en).toContain('contactPhone');
});

test('a wrong type names the field and what belongs there', async () => {
  for (const [body, field] of [
    [{ ...good(), matter: 7 }, 'matter'],
    [{ ...good(), values: 'all of it' }, 'values'],
    [{ ...good(), values: { ...usual(), content: { a: 1 } } }, 'content'],
    [{ ...good(), values: { ...usual(), contactPhone: 'call me' } }, 'contactPhone'],
    [[], undefined],
    ['"words"', undefined],
  ] as const) {
    const refused = await send(body);
    expect(refused.status, refused.text).toBe(422);
    expect(refused.body.field).toBe(field);
  }
});

test('every fault of a form is named in one answer, with the clause that asks for it', async () => {
  const refused = await send({ ...good(), values: {} });
  expect(refused.status).toBe(422);
  const fields = refused.body.errors?.map((fault) => fault.field);
  expect(fields).toEqual(expect.arrayContaining(['content', 'occurredAt', 'place', 'contactName', 'contactPhone']));
  expect(refused.body.errors?.every((fault) => fault.clause === '三.1.2')).toBe(true);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
});

test('a body of ten megabytes is refused clearly: its sender is never cut off before he can read why', async () => {
  for (let i = 0; i < 3; i += 1) {
    const refused = await send({ ...good(), values: { ...usual(), content: '长'.repeat(3_500_000) } });
    expect(refused.status).toBe(413);
    expect(refused.body.code).toBe('request.tooLarge');
    expect(refused.body.messages.zh).toContain('1 MB');
  }
});

test('broken UTF-8 is refused as such, never stored as question marks', async () => {
  const whole = new TextEncoder().encode(JSON.stringify(good()));
  const hole = whole.findIndex((byte) => byte > 0x80);
  const refused = await send(Uint8Array.from(whole, (byte, i) => (i === hole ? 0xff : byte)));
  expect(refused.status).toBe(400);
  expect(refused.body.code).toBe('request.brokenText');
  const half = await send(JSON.stringify(good()).replace('楼道', '\\ud842楼道'));
  expect(half.body).toMatchObject({ status: 400, code: 'request.brokenText' });
});

test('what is no JSON, too deep, or hides a character or a key is refused with its own code', async () => {
  const inside = (words: string): string => JSON.stringify(good()).replace('楼道', words);
  for (const [body, code] of [
    ['{"matter":', 'request.notJson'],
    ['['.repeat(40) + ']'.repeat(40), 'request.tooDeep'],
    ['['.repeat(500_000), 'request.tooDeep'],
    [inside('\\u0000'), 'request.nulCharacter'],
    ['{"__proto__":{"admin":true}}', 'request.forbiddenKey'],
    ['{"values":{"\\u005f_proto__":1}}', 'request.forbiddenKey'],
  ] as const) {
    const refused = await send(body);
    expect(refused.status, code).toBe(400);
    expect(refused.body.code).toBe(code);
  }
  const form = await send('a=b', { 'content-type': 'application/x-www-form-urlencoded' });
  expect(form.body).toMatchObject({ status: 415, code: 'request.mediaType' });
});

test('an emoji and the rare character 𠮷 survive in a name and in the text', async () => {
  const person = await clerk();
  const made = await person.register({ contactName: '𠮷田😀', content: '电梯里有👩‍👩‍👧 被困，𠮷' });
  expect(made.values.content).toBe('电梯里有👩‍👩‍👧 被困，𠮷');
  expect(made.values.contactName).toBe('𠮷**');
  const clear = await person.ask<{ values: { contactName: string } }>(`/api/v1/cases/${made.id}/disclosure`, {
    method: 'POST',
    body: { reason: '核对姓名' },
  });
  expect(clear.body.values.contactName).toBe('𠮷田😀');
});

test('a date in 1900, in 2999 or on 31 February is refused at its field', async () => {
  for (const [when, code] of [
    ['1900-01-01T10:00:00+08:00', 'field.tooEarly'],
    ['2999-01-01T10:00:00+08:00', 'field.tooLate'],
    ['2026-02-31T10:00:00+08:00', 'field.notTime'],
    ['yesterday', 'field.notTime'],
  ]) {
    const refused = await send({ ...good(), values: { ...usual(), occurredAt: when } });
    expect(refused.body, when).toMatchObject({ status: 422, code, field: 'occurredAt' });
  }
  for (const receivedAt of ['1900-01-01T10:00:00+08:00', '2999-01-01T10:00:00+08:00', '2026-02-31T10:00:00+08:00']) {
    const refused = await send({ ...good(), receivedAt });
    expect(refused.status, receivedAt).toBe(422);
    expect(refused.body.field).toBe('receivedAt');
  }
});

test('nothing that was refused left anything behind', async () => {
  const before = await casesThere();
  await send({ ...good(), values: {} });
  await send({ ...good(), values: { ...usual(), occurredAt: '2999-01-01T10:00:00+08:00' } });
  expect(await casesThere()).toBe(before);
});

test('an unknown address and an unknown case answer 404 in the language asked for', async () => {
  const person = await clerk();
  const route = await person.ask<WireProblem>('/api/v1/casse', { headers: { 'accept-language': 'en' } });
  expect(route.body).toMatchObject({ status: 404, code: 'route.unknown' });
  expect(route.body.detail).toBe(route.body.messages.en);
  const none = await person.ask<WireProblem>('/api/v1/cases/01a20135-ea7b-7697-86e6-5449502cb81b');
  expect(none.body).toMatchObject({ status: 404, code: 'case.unknown', title: '没有找到' });
});

test('a damaged Idempotency-Key or If-Match is refused, not ignored', async () => {
  const person = await clerk();
  const key = await send(good(), { 'idempotency-key': 'short' });
  expect(key.body).toMatchObject({ status: 422, field: 'idempotency-key' });
  const made = await person.register();
  const match = await person.ask<WireProblem>(`/api/v1/cases/${made.id}/commands`, {
    method: 'POST',
    headers: { 'if-match': 'latest' },
    body: { type: 'take', step: 'contact', values: {} },
  });
  expect(match.body).toMatchObject({ status: 400, code: 'request.malformed' });
  const kind = await person.ask<WireProblem>(`/api/v1/cases/${made.id}/commands`, {
    method: 'POST',
    body: { type: 'destroy' },
  });
  expect(kind.body).toMatchObject({ status: 422, code: 'field.notOffered', field: 'type' });
});

test('the case that was registered reads back as it was sent', async () => {
  const person = await clerk();
  const made = await person.register();
  const read = await person.ask<CaseView>(`/api/v1/cases/${made.id}`);
  expect(read.headers.get('etag')).toBe(`"${made.seq}"`);
  const { ownerPage, ...same } = made;
  expect(ownerPage).toMatch(/\/o\/c\/demo\.[\w-]{32}$/);
  expect(read.body).toEqual(same);
  const again = await person.ask(`/api/v1/cases/${made.id}`, { headers: { 'if-none-match': `"${made.seq}"` } });
  expect(again.status).toBe(304);
});

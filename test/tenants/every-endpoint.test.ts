// Over 120 lines: one drive of the whole contract, told in one place.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '#http/contract/common.ts';
import { contract } from '#http/contract/index.ts';
import { type Answer, type Client, site } from '../http/support.ts';
import { type Fill, samples } from './sampler.ts';
import { fingerprint, idsOf, MARK, MARK_PHONE, type TwoCompanies, twoCompanies } from './two-companies.ts';

const at = site({ sandbox: false, fresh: true });
let both: TwoCompanies;
let strange: Set<string>;
const endpoints = Object.entries(contract).flatMap(([resource, list]) =>
  Object.entries<Endpoint>(list).map(([name, endpoint]) => [`${resource}.${name}`, endpoint] as const),
);

/** Whose id stands in a path, by what it stands behind. */
const BEHIND: Record<string, keyof TwoCompanies['secret']> = {
  cases: 'case',
  'same-person': 'case',
  people: 'person',
  attachments: 'attachment',
  notices: 'notice',
  keys: 'key',
  'pack-proposals': 'proposal',
  'shift-lists': 'shiftList',
  webhooks: 'webhook',
  deliveries: 'delivery',
  imports: 'import',
  premises: 'room',
  equipment: 'equipment',
  'outside-organisations': 'outside',
  incidents: 'incident',
  calls: 'call',
  exchanges: 'exchange',
  sessions: 'session',
  passkeys: 'passkey',
};
/** Whose id a name asks for, wherever it stands in a query or body. */
const ASKS: [RegExp, keyof TwoCompanies['secret']][] = [
  [/^(case|parentCase)(Id)?$/i, 'case'],
  [/unit|crew|department/i, 'unit'],
  [/estate/i, 'estate'],
  [/premises|place|room|building|^parent$/i, 'room'],
  [/attachment|file|photo/i, 'attachment'],
  [/(person|assignee|to|by|from|holder|giver|taker|substitute|superior)(Id)?$/i, 'person'],
  [/^key(Id)?$/i, 'key'],
];
/** Words that search for what the other company wrote. */
const SEARCHES: [RegExp, string][] = [
  [/^(q|query|words|text|find|name|company)$/i, MARK],
  [/contact|phone|telephone/i, MARK_PHONE],
];
/** What a path needs besides ids. */
const PARAMS: Record<string, string> = {
  form: 'registerForm',
  pack: 'S1',
  name: 'summary',
  report: 'summary',
  channel: 'phone',
  month: '2026-03',
  power: 'looks',
  kind: 'residents',
  service: 'wecom',
  part: 'waterproofing',
  way: 'email',
};
/** Open for as long as the reader stays: driven in a test of its own. */
const STREAMS = ['notices.events'];

beforeAll(async () => {
  both = await twoCompanies(at());
  strange = await idsOf(at(), both.b.tenant);
});

/** Statements that answering a request sent to the database, without those of the clockwork and of recognising the sender. */
const sent: string[] = [];
const original = pg.Client.prototype.query;
beforeAll(() => {
  pg.Client.prototype.query = function (this: pg.Client, ...args: Parameters<typeof original>) {
    const [first] = args as unknown as [string | { text: string }];
    sent.push(typeof first === 'string' ? first : first.text);
    return original.apply(this, args);
  } as typeof original;
});
afterAll(() => {
  pg.Client.prototype.query = original;
});
const BACKGROUND =
  /graphile|next_wake|notices_due|peek_due|claim_due|staff_session|api_key|listen |journal_heads|journal_reached|huiyin\.(?:anchor|installation)|'huiyin\.installation'|pg_advisory|pg_current_snapshot/i;

interface Drive {
  method: Endpoint['method'];
  path: string;
  body: unknown;
  /** Places filled with somebody's id. */
  filled: number;
}

type Values = TwoCompanies['secret'];

/** Requests to an endpoint in which every id is one of `ids`. */
function drivesOf(name: string, endpoint: Endpoint, ids: Values, version: string): Drive[] {
  let filled = 0;
  const fill: Fill = (field) => {
    const id = ASKS.find(([pattern]) => pattern.test(field))?.[1];
    if (id !== undefined) filled += 1;
    return id === undefined ? (SEARCHES.find(([pattern]) => pattern.test(field))?.[1] ?? PARAMS[field]) : ids[id];
  };
  const path = endpoint.url.replaceAll(/:(\w+)/g, (_, param: string) => {
    const before =
      endpoint.url
        .slice(0, endpoint.url.indexOf(`:${param}`))
        .split('/')
        .at(-2) ?? '';
    if (param === 'version') return version;
    const plain = PARAMS[param];
    if (plain !== undefined) return plain;
    const id = BEHIND[before] ?? ASKS.find(([pattern]) => pattern.test(param))?.[1];
    if (id === undefined) throw new Error(`${name}: say whose id :${param} behind /${before}/ is`);
    filled += 1;
    return ids[id];
  });
  const queries = samples(endpoint.query, fill);
  const bodies = samples(endpoint.body, fill);
  expect([queries.length > 0, bodies.length > 0], `${name}: no request could be made that its schema takes`).toEqual([
    true,
    true,
  ]);
  return queries.flatMap((query) =>
    bodies.map((body) => {
      const asked = new URLSearchParams(
        Object.entries((query ?? {}) as Record<string, unknown>).map(([key, value]): [string, string] => [
          key,
          String(value),
        ]),
      ).toString();
      return { method: endpoint.method, path: asked === '' ? path : `${path}?${asked}`, body, filled };
    }),
  );
}

/** A refusal without what is its own to each request. */
function plain(answer: Answer, used: Values): string {
  let text = answer.text.replaceAll(/"instance":"[^"]*"/g, '');
  for (const value of Object.values(used)) text = text.replaceAll(value, '#');
  return text;
}

async function give(who: Client, drive: Drive): Promise<{ answer: Answer; statements: string[] }> {
  sent.length = 0;
  const headers = drive.method === 'GET' ? {} : { 'if-match': '"1"' };
  const body = drive.body === undefined ? {} : { body: drive.body };
  const answer = await who.ask(drive.path, { method: drive.method, headers, ...body });
  return { answer, statements: sent.filter((text) => !BACKGROUND.test(text)).map((text) => text.slice(0, 200)) };
}

function unknownIds(): Values {
  const id = (): string => randomUUID();
  return {
    case: id(),
    person: id(),
    attachment: id(),
    notice: `${id()}.1`,
    unit: 'noonly',
    estate: id(),
    room: id(),
    key: id(),
    door: 'nodoorcodenodoor',
    shaOfFile: 'f'.repeat(64),
    proposal: id(),
    shiftList: id(),
    webhook: id(),
    delivery: id(),
    import: id(),
    incident: id(),
    exchange: id(),
    call: id(),
    outside: id(),
    equipment: id(),
    session: id(),
    passkey: 'bbbbbbbbbbbbbbbbbbbbbbbb',
  };
}

test('no endpoint of the contract shows or changes anything of another company, and another company’s id is answered as one that does not exist', async () => {
  const { a, b, secret } = both;
  const version = (await at().program.handling.packs.list(a.tenant))[0]?.version ?? '';
  const before = await fingerprint(at(), b.tenant);
  const driven: string[] = [];
  let compared = 0;
  for (const [name, endpoint] of endpoints) {
    if (STREAMS.includes(name)) continue;
    const guesses = unknownIds();
    const [mine, theirs] = [drivesOf(name, endpoint, guesses, version), drivesOf(name, endpoint, secret, version)];
    expect(mine.length, name).toBe(theirs.length);
    for (const [i, drive] of theirs.entries()) {
      const guess = mine[i];
      if (!guess) throw new Error('both have the same length');
      // The first of two may have to plan or load what the second finds in memory.
      if (drive.method === 'GET' && drive.filled > 0) await give(a, guess);
      const known = await give(a, drive);
      const unknown = drive.filled > 0 ? await give(a, guess) : known;
      const { answer } = known;
      expect(answer.status, `${name}: ${answer.text}`).toBeLessThan(500);
      const shown = plain(answer, secret);
      for (const secretWord of [
        ...strange,
        b.tenant,
        `${MARK}：`,
        `${MARK}员`,
        `${MARK}部`,
        `${MARK}.pdf`,
        '乙经理',
        '乙物业',
      ])
        expect(shown.includes(secretWord), `${name} shows ${secretWord}: ${shown.slice(0, 400)}`).toBe(false);
      driven.push(name);
      if (drive.filled === 0) continue;
      expect(answer.status, `${name} ${drive.path}: ${answer.text} — unknown: ${unknown.answer.text}`).toBe(
        unknown.answer.status,
      );
      if (answer.status < 400) continue;
      expect(shown, name).toBe(plain(unknown.answer, guesses));
      // Work in the background sends statements too; a difference that is the request's own comes again every time.
      let [one, other] = [known.statements, unknown.statements];
      for (let again = 0; again < 4 && one.join() !== other.join(); again += 1)
        [other, one] = [(await give(a, guess)).statements, (await give(a, drive)).statements];
      expect(one, name).toEqual(other);
      compared += 1;
    }
  }
  expect([...new Set(driven)].length).toBe(endpoints.length - STREAMS.length);
  expect(compared).toBeGreaterThan(20);
  expect(await fingerprint(at(), b.tenant)).toEqual(before);
}, 120_000);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { afterAll, beforeAll, expect } from 'vitest';
import { compose, type Program } from '#app/compose.ts';
import type { ChannelConfig } from '#channels/index.ts';
import { claimPurpose } from '#db/purpose.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing.ts';
import { createApiKey } from '#directory/account/api-key.ts';
import { demoPerson } from '#directory/demo/company.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { WireValues } from '#http/contract/common.ts';

/** An answer as a client sees it. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  /** An object goes out as JSON; text and bytes as they are. */
  body?: unknown;
}

/** Somebody at the other end of the wire. */
export interface Client {
  personId: string;
  /** What says who is asking. */
  headers: Record<string, string>;
  ask<T = Record<string, unknown>>(path: string, ask?: Ask): Promise<Answer<T>>;
  /** Registers a complaint and answers it; `values` add to or replace what is usual. */
  register(values?: WireValues, headers?: Record<string, string>): Promise<CaseView>;
  take(id: string, step: string, values: WireValues, match: number | '*'): Promise<Answer<CaseView>>;
}

export interface Site {
  url: string;
  program: Program;
  database: TestDatabase;
  dataDir: string;
  /** Signs in as a person of the demo company by his key, e.g. `chenlijuan`. */
  as(key: string): Promise<Client>;
  /** A program with a key for a post. */
  machine(post: string, scopes?: ('read' | 'write' | 'admin')[]): Promise<Client>;
  anybody: Client;
}

/** A whole demo server on a database of its own, for the tests of one file. */
export function site({
  sandbox = true,
  fresh = false,
  history = false,
  code = null as string | null,
  webhookPrivate = false,
  log = pino({ level: 'silent' }),
  publicUrl = '',
  channels = async (): Promise<ChannelConfig> => ({ mailPlus: true }),
} = {}): () => Site {
  let made: Site | undefined;
  beforeAll(async () => {
    made = await open({
      sandbox,
      fresh,
      history,
      setupCode: code,
      webhookPrivate,
      publicUrl,
      log,
      channels: await channels(),
    });
  });
  afterAll(async () => {
    if (!made) return;
    await made.program.server.close();
    await made.program.close();
    await made.database.drop();
    await rm(made.dataDir, { recursive: true });
  });
  return () => {
    if (!made) throw new Error('the site exists only inside tests');
    return made;
  };
}

interface Kind {
  sandbox: boolean;
  fresh: boolean;
  history: boolean;
  setupCode: string | null;
  webhookPrivate: boolean;
  log: Logger;
  publicUrl: string;
  channels: ChannelConfig;
}

async function open({
  sandbox,
  fresh,
  history,
  setupCode,
  webhookPrivate,
  publicUrl,
  log,
  channels,
}: Kind): Promise<Site> {
  const database = await createTestDatabase();
  // A fresh one has not yet been told what it is for.
  if (!fresh) await claimPurpose(database.owner, sandbox ? 'sandbox' : 'production');
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-http-'));
  const program = await compose({
    app: database.app,
    owner: database.owner,
    dataDir,
    log,
    sandbox,
    role: 'all',
    history,
    setupCode,
    webhookPrivate,
    ...(publicUrl === '' ? {} : { publicUrl }),
    channels,
  });
  const url = await program.server.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    program,
    database,
    dataDir,
    anybody: client(url, '', {}),
    async as(key) {
      const personId = demoPerson(key);
      const begun = await client(url, personId, {}).ask('/api/v1/session', { method: 'POST', body: { personId } });
      expect(begun.status, begun.text).toBe(201);
      const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
      return client(url, personId, { cookie });
    },
    async machine(post, scopes) {
      const made = await createApiKey(program.pool, DEMO_TENANT, {
        label: `test ${post}`,
        post,
        ...(scopes ? { scopes } : {}),
      });
      if (!made.ok) throw new Error(made.refusal.message.en);
      return client(url, made.value.personId, { authorization: `Bearer ${made.value.key}` });
    },
  };
}

/** What a clerk writes down when somebody calls. */
export const usual = (): WireValues => ({
  content: '楼道的灯三天不亮了',
  occurredAt: '2026-03-01T20:00:00+08:00',
  place: '锦绣花园3栋1单元502',
  contactName: '王小明',
  contactPhone: '19900001234',
});

export function client(url: string, personId: string, own: Record<string, string>): Client {
  const ask = async <T>(path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer<T>> => {
    const raw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
    const sent = body === undefined ? {} : { body: raw ? (body as string | FormData) : JSON.stringify(body) };
    const type = body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' };
    const answered = await fetch(url + path, { method, headers: { ...type, ...own, ...headers }, ...sent });
    const text = await answered.text();
    const json = answered.headers.get('content-type')?.includes('json') && text !== '';
    return { status: answered.status, headers: answered.headers, text, body: (json ? JSON.parse(text) : {}) as T };
  };
  return {
    personId,
    headers: own,
    ask,
    async register(values = {}, headers = {}) {
      const body = { matter: 'complaint', channel: 'phone', values: { ...usual(), ...values } };
      const made = await ask<CaseView>('/api/v1/cases', { method: 'POST', headers, body });
      expect(made.status, made.text).toBe(201);
      return made.body;
    },
    take: (id, step, values, match) =>
      ask<CaseView>(`/api/v1/cases/${id}/commands`, {
        method: 'POST',
        headers: { 'if-match': match === '*' ? '*' : `"${match}"` },
        body: { type: 'take', step, values },
      }),
  };
}

export const contacted: WireValues = {
  how: 'phone',
  spokenWith: '王小明',
  contentConfirmed: true,
  procedureExplained: true,
};

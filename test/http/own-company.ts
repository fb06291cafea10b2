import { expect } from 'vitest';
import type { SessionView } from '#http/contract/session.ts';
import { type Client, client, type Site } from './support.ts';

/** Sets up a company of one's own and signs its administrator in. */
export async function ownCompany({ anybody, url }: Site): Promise<Client> {
  const body = {
    choice: 'own',
    company: '安居物业',
    estate: '春风里',
    administrator: { name: '钱经理', username: 'qian', password: 'a long enough one' },
  };
  const made = await anybody.ask<SessionView>('/api/v1/setup', { method: 'POST', body });
  expect(made.status, made.text).toBe(201);
  return client(url, made.body.signedIn?.person.id ?? '', { cookie: cookieOf(made.headers) });
}

/** Signs somebody in by name and password. */
export async function enter(
  { anybody, url }: Site,
  username: string,
  password: string,
): Promise<Client & { me: SessionView }> {
  const said = await anybody.ask<SessionView>('/api/v1/session', { method: 'POST', body: { username, password } });
  expect(said.status, said.text).toBe(201);
  return { ...client(url, said.body.signedIn?.person.id ?? '', { cookie: cookieOf(said.headers) }), me: said.body };
}

/** Signs somebody in for the first time: with the password he was given, which he replaces at once. */
export async function enterFirst(at: Site, username: string, firstPassword: string): Promise<Client> {
  const { personId, ask } = await enter(at, username, firstPassword);
  const body = { current: firstPassword, password: 'a garden in spring' };
  const said = await ask('/api/v1/session/password', { method: 'POST', body });
  expect(said.status, said.text).toBe(201);
  return client(at.url, personId, { cookie: cookieOf(said.headers) });
}

const cookieOf = (headers: Headers): string => headers.get('set-cookie')?.split(';')[0] ?? '';

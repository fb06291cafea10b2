import type { Actor } from '#case/context.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Db } from '../within.ts';
import { apiKeyOf, type Scope, scopes } from './api-key.ts';
import { MARK_COOKIE } from './device.ts';
import { type Duty, SESSION_COOKIE, type SignInWay, sessionOf } from './session.ts';

/** What of a request tells who sends it. */
export interface Credentials {
  headers: { cookie?: string | undefined; authorization?: string | undefined };
}

/** Somebody who has been recognised. */
export interface SignedIn {
  tenant: string;
  actor: Actor;
  /** How: only a cookie needs protection from other sites. */
  by: 'session' | 'key';
  scopes: readonly Scope[];
  /** What he must do before anything else is open to him; a key never must. */
  must: Duty | null;
  /** The session, by its name and never its secret; null for a key. */
  session: { id: string; way: SignInWay; provedAt: Instant; endsAt: Instant } | null;
  /** The estate a key is confined to; null: the whole company. */
  estateId: string | null;
}

/** Who sends a request: a bearer key first, else the session cookie; null when neither is good. `now` is real time. */
export async function actorOf(db: Db, request: Credentials, now: Instant = Date.now()): Promise<SignedIn | null> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    const key = await apiKeyOf(db, bearer, now);
    if (!key) return null;
    const actor: Actor = { kind: 'staff', personId: key.personId, name: key.name, posts: key.posts };
    const { tenant, scopes: allowed, estateId } = key;
    return { tenant, actor, by: 'key', scopes: allowed, must: null, session: null, estateId };
  }
  const session = await sessionOf(db, sessionToken(request.headers.cookie), now);
  if (!session) return null;
  const actor: Actor = { kind: 'staff', personId: session.personId, name: session.name, posts: session.posts };
  const { tenant, must, sessionId: id, way, provedAt, endsAt } = session;
  return { tenant, actor, by: 'session', scopes, must, session: { id, way, provedAt, endsAt }, estateId: null };
}

/** The session's token inside a Cookie header. */
export const sessionToken = (header: string | undefined): string | undefined => cookieOf(header, SESSION_COOKIE);

/** By what a browser is known again, inside a Cookie header. */
export const markOf = (header: string | undefined): string | undefined => cookieOf(header, MARK_COOKIE);

function cookieOf(header: string | undefined, wanted: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === wanted && value) return value;
  }
  return undefined;
}

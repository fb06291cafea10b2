import type { Actor } from '#case/context.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Db } from '../within.ts';
import { apiKeyOf, type Scope, scopes } from './api-key.ts';
import { SESSION_COOKIE, sessionOf } from './session.ts';

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
}

/** Who sends a request: a bearer key first, else the session cookie; null when neither is good. `now` is real time. */
export async function actorOf(db: Db, request: Credentials, now: Instant = Date.now()): Promise<SignedIn | null> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    const key = await apiKeyOf(db, bearer, now);
    if (!key) return null;
    const actor: Actor = { kind: 'staff', personId: key.personId, name: key.name, posts: key.posts };
    return { tenant: key.tenant, actor, by: 'key', scopes: key.scopes };
  }
  const session = await sessionOf(db, sessionToken(request.headers.cookie), now);
  if (!session) return null;
  const actor: Actor = { kind: 'staff', personId: session.personId, name: session.name, posts: session.posts };
  return { tenant: session.tenant, actor, by: 'session', scopes };
}

/** The session's token inside a Cookie header. */
export function sessionToken(header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === SESSION_COOKIE && value) return value;
  }
  return undefined;
}

import { createHash } from 'node:crypto';
import type { Db } from '../within.ts';
import { actorOf, type Credentials, type SignedIn } from './actor.ts';

/** How long a recognised cookie or key is believed without asking again: also how late a revocation may act elsewhere. */
const BELIEVED = 5_000;
const MOST = 10_000;

/** `actorOf` for the hot path: asks the database once per credential and five seconds. */
export interface Recogniser {
  actorOf(request: Credentials): Promise<SignedIn | null>;
  /** Forgets everybody: call it after a sign-out, a revoked key or a changed post. */
  forget(): void;
}

export function createRecogniser(db: Db): Recogniser {
  const known = new Map<string, { until: number; who: Promise<SignedIn | null> }>();
  return {
    forget: () => known.clear(),
    actorOf: (request) => {
      const { authorization = '', cookie = '' } = request.headers;
      if (authorization === '' && cookie === '') return Promise.resolve(null);
      const key = createHash('sha256').update(`${authorization}\n${cookie}`).digest('base64');
      const now = performance.now();
      const there = known.get(key);
      if (there && there.until > now) return there.who;
      if (known.size >= MOST) known.clear();
      const who = actorOf(db, request);
      known.set(key, { until: now + BELIEVED, who });
      const drop = (): void => {
        if (known.get(key)?.who === who) known.delete(key);
      };
      // Only recognised credentials are remembered: a stranger's must not fill the memory, an error not stay.
      who.then((found) => found ?? drop(), drop);
      return who;
    },
  };
}

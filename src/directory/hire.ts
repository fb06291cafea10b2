import type { Pool } from 'pg';
import { localDate } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import { accept, type Result } from '#kernel/result.ts';
import { type FirstAccess, openAccount } from './account/first-password.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { addPerson, assignPost, endPost, type NewPerson } from './manage.ts';

interface Hired {
  personId: string;
  access: FirstAccess | null;
}

/**
 * Enters somebody together with his account, both or neither; without a username he gets no account. Refuses with what
 * addPerson and createAccount refuse.
 */
export function hire(
  pool: Pool,
  tenant: string,
  wish: NewPerson & { username?: string },
  now: Instant,
): Promise<Result<Hired>> {
  const { username, ...person } = wish;
  return allOrNothing<Hired>(pool, tenant, async (client) => {
    const added = await addPerson(client, tenant, person, now);
    if (!added.ok) return added;
    const { personId } = added.value;
    if (username === undefined) return accept({ personId, access: null });
    const access = await openAccount(client, tenant, { personId, username });
    return access.ok ? accept({ personId, access: access.value }) : access;
  });
}

/** Posts to be given and ended together. `from` and `last` are local dates; default: today. */
export interface Posting {
  add: readonly { post: string; unit: string; from?: string | undefined }[];
  end: readonly { post: string; unit?: string | undefined; last?: string | undefined }[];
}

/** Gives and ends posts of a person, all or none. Refuses with what assignPost and endPost refuse. */
export function changePosts(
  pool: Pool,
  tenant: string,
  personId: string,
  { add, end }: Posting,
  now: Instant,
): Promise<Result<null>> {
  const today = localDate(now);
  return allOrNothing(pool, tenant, async (client) => {
    // Giving comes before ending, so that a post can be moved to another unit in one go.
    for (const { post, unit, from } of add) {
      const given = await assignPost(client, tenant, { personId, post, unit, from: from ?? today });
      if (!given.ok) return given;
    }
    for (const { post, unit, last } of end) {
      const where = unit === undefined ? {} : { unit };
      const ended = await endPost(client, tenant, { personId, post, last: last ?? today, ...where });
      if (!ended.ok) return ended;
    }
    return accept(null);
  });
}

import type { Instant } from '#kernel/instant.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { type FirstAccess, openAccount } from './account/first-password.ts';
import { addPerson, type NewPerson } from './manage.ts';
import { type Db, within } from './within.ts';

/**
 * Enters somebody together with his account, both or neither; without a username he gets no account. Refuses with what
 * addPerson and createAccount refuse.
 */
export async function hire(
  db: Db,
  tenant: string,
  wish: NewPerson & { username?: string },
  now: Instant,
): Promise<Result<{ personId: string; access: FirstAccess | null }>> {
  const { username, ...person } = wish;
  try {
    return await within(db, tenant, async (client) => {
      const added = await addPerson(client, tenant, person, now);
      if (!added.ok) return added;
      const { personId } = added.value;
      if (username === undefined) return accept({ personId, access: null });
      const access = await openAccount(client, tenant, { personId, username });
      if (!access.ok) throw new Undone(access.refusal);
      return accept({ personId, access: access.value });
    });
  } catch (cause) {
    if (cause instanceof Undone) return refuse(cause.refusal);
    throw cause;
  }
}

/** Carries a refusal out of the transaction, so that no person stays behind without his account. */
class Undone extends Error {
  readonly refusal: Refusal;
  constructor(why: Refusal) {
    super(why.code);
    this.refusal = why;
  }
}

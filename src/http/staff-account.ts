import { withTenant } from '#db/pool.ts';
import { accountOf } from '#directory/account/first-password.ts';
import { lockedUntil } from '#directory/account/guard.ts';
import { invitationOf } from '#directory/account/invitation.ts';
import { securityOf, subjectsOf } from '#directory/account/own-account.ts';
import { passkeysOf } from '#directory/account/passkey.ts';
import { sessionsOf } from '#directory/account/session.ts';
import type { StaffView } from './contract/people.ts';
import type { HttpDeps } from './deps.ts';
import { wire, wireOrNull } from './moment.ts';

/** Somebody's account and open invitation, as whoever runs the organisation sees them. */
export async function accountOfStaff(
  { pool }: HttpDeps,
  tenant: string,
  personId: string,
): Promise<Pick<StaffView, 'account' | 'invitation'>> {
  const account = await accountOf(pool, tenant, personId);
  const open = await invitationOf(pool, tenant, personId);
  const invitation = open && {
    username: open.username,
    email: open.email,
    madeBy: open.madeBy,
    expiresAt: wire(open.expiresAt),
  };
  if (account === null) return { account, invitation };
  const { totp } = await securityOf(pool, tenant, personId);
  const shut = await withTenant(pool, tenant, async (client) =>
    lockedUntil(client, tenant, await subjectsOf(client, tenant, personId), Date.now()),
  );
  return {
    account: {
      ...account,
      lockedUntil: wireOrNull(shut),
      sessions: (await sessionsOf(pool, tenant, personId)).length,
      totp,
      passkeys: (await passkeysOf(pool, tenant, personId)).length,
    },
    invitation,
  };
}

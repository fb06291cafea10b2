import type { PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Db, within } from '../within.ts';

/** What can happen to an account or key; `mustSee` kinds wait until their owner has seen them. */
export const accountEvents = {
  newDevice: { mustSee: true },
  passwordSet: { mustSee: true },
  factorAdded: { mustSee: false },
  factorRemoved: { mustSee: true },
  recoveryUsed: { mustSee: true },
  recoveryRenewed: { mustSee: false },
  passkeyAdded: { mustSee: true },
  passkeyRemoved: { mustSee: false },
  contactProved: { mustSee: false },
  sessionsEnded: { mustSee: false },
  locked: { mustSee: true },
  unlocked: { mustSee: false },
  invited: { mustSee: false },
  invitationWithdrawn: { mustSee: false },
  keyMade: { mustSee: false },
  keyRotated: { mustSee: false },
  keyRevoked: { mustSee: false },
  rulesChanged: { mustSee: false },
} as const;
export type AccountEventKind = keyof typeof accountEvents;

export interface AccountEvent {
  id: string;
  at: Instant;
  personId: string;
  person: string;
  kind: AccountEventKind;
  by: string;
  detail: string;
  address: string;
  device: string;
}

/** What is written down; never a secret. */
export interface Happening {
  personId: string;
  kind: AccountEventKind;
  /** Whoever did it, when it was not the person himself. */
  by?: string;
  detail?: string;
  address?: string;
  device?: string;
}

/** Writes down what happened, in the transaction of its effect. */
export async function noteEvent(client: PoolClient, tenant: string, what: Happening, now: Instant): Promise<void> {
  const { personId, kind, by = '', detail = '', address = '', device = '' } = what;
  await client.query(
    `insert into huiyin.account_event (tenant_id, at, person_id, kind, by_name, detail, address, device, must_see)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tenant,
      toTimestamp(now),
      personId,
      kind,
      by,
      detail.slice(0, 200),
      address,
      device.slice(0, 200),
      accountEvents[kind].mustSee,
    ],
  );
}

/** The latest happenings of one person, or of the whole company; `unseen`: only those their owner has not seen yet. */
export function eventsOf(
  db: Db,
  tenant: string,
  { personId = null, unseen = false, limit = 50 }: { personId?: string | null; unseen?: boolean; limit?: number },
): Promise<AccountEvent[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<AccountEvent>(
      `select e.event_id as id, e.at, e.person_id as "personId", p.name as person, e.kind, e.by_name as by, e.detail,
              e.address, e.device
         from huiyin.account_event e join huiyin.person p on p.tenant_id = e.tenant_id and p.person_id = e.person_id
        where e.tenant_id = $1 and ($2::uuid is null or e.person_id = $2)
          and (not $3 or (e.must_see and e.seen_at is null))
        order by e.at desc, e.event_id limit $4`,
      [tenant, personId, unseen, limit],
    );
    return found.rows;
  });
}

/** Their owner has seen everything that waited for him. */
export async function markSeen(db: Db, tenant: string, personId: string, now: Instant): Promise<void> {
  await within(db, tenant, (client) =>
    client.query(
      `update huiyin.account_event set seen_at = $3 where tenant_id = $1 and person_id = $2 and must_see and seen_at is null`,
      [tenant, personId, toTimestamp(now)],
    ),
  );
}

import type { ClientBase } from 'pg';
import type { QuietHours } from '#clock/quiet.ts';
import type { Instant } from '#kernel/instant.ts';

/** How a company tells people: when not, what together, by which ways in which order, and how soon the next way follows. */
export interface NoticeRules {
  quiet: QuietHours | null;
  /** Minutes in which further messages to the same person wait for one another; 0: each by itself. */
  togetherMinutes: number;
  /** Minutes after which what nobody read goes by the next way; 0: only what failed does. */
  unreadMinutes: number;
  /** Ways in the order they are tried; those not named come last. */
  ways: string[];
}

/** What a member of staff chose for himself. */
export interface NoticeChoice {
  quiet: 'company' | 'own' | 'never';
  quietHours: QuietHours | null;
  together: 'company' | 'own' | 'never';
  togetherMinutes: number | null;
  /** Null: in the company's order. */
  ways: string[] | null;
}

/** What holds until a company says otherwise: everything goes at once, by itself, by the first way that is set up. */
export const PLAIN_RULES: NoticeRules = { quiet: null, togetherMinutes: 0, unreadMinutes: 0, ways: [] };
export const COMPANY_CHOICE: NoticeChoice = {
  quiet: 'company',
  quietHours: null,
  together: 'company',
  togetherMinutes: null,
  ways: null,
};

interface Hours {
  from: string | null;
  to: string | null;
}
const hours = ({ from, to }: Hours): QuietHours | null => (from === null || to === null ? null : { from, to });

/** The company's rules. Call it inside `withTenant`. */
export async function noticeRules(client: ClientBase, tenant: string): Promise<NoticeRules> {
  const found = await client.query<Hours & Omit<NoticeRules, 'quiet'>>(
    `select quiet_from as "from", quiet_to as "to", together_minutes as "togetherMinutes",
       unread_minutes as "unreadMinutes", ways from huiyin.notice_rules where tenant_id = $1`,
    [tenant],
  );
  const [row] = found.rows;
  if (!row) return PLAIN_RULES;
  const { from, to, ...rest } = row;
  return { quiet: hours({ from, to }), ...rest };
}

/** Replaces the company's rules. Call it inside `withTenant`. */
export async function setNoticeRules(
  client: ClientBase,
  tenant: string,
  { quiet, togetherMinutes, unreadMinutes, ways }: NoticeRules,
  by: string,
  now: Instant,
): Promise<void> {
  await client.query(
    `insert into huiyin.notice_rules as r
       (tenant_id, quiet_from, quiet_to, together_minutes, unread_minutes, ways, changed_by, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, huiyin.instant($8))
     on conflict (tenant_id) do update set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
       together_minutes = excluded.together_minutes, unread_minutes = excluded.unread_minutes, ways = excluded.ways,
       changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    [tenant, quiet?.from ?? null, quiet?.to ?? null, togetherMinutes, unreadMinutes, ways, by, now],
  );
}

/** What a person chose; the company's ways when he chose nothing. Call it inside `withTenant`. */
export async function noticeChoice(client: ClientBase, tenant: string, personId: string): Promise<NoticeChoice> {
  const found = await client.query<Hours & Omit<NoticeChoice, 'quietHours'>>(
    `select quiet, quiet_from as "from", quiet_to as "to", together, together_minutes as "togetherMinutes", ways
     from huiyin.notice_choice where tenant_id = $1 and person_id = $2`,
    [tenant, personId],
  );
  const [row] = found.rows;
  if (!row) return COMPANY_CHOICE;
  const { from, to, ...rest } = row;
  return { quietHours: hours({ from, to }), ...rest };
}

/** Replaces what a person chose. Call it inside `withTenant`. */
export async function setNoticeChoice(
  client: ClientBase,
  tenant: string,
  personId: string,
  { quiet, quietHours, together, togetherMinutes, ways }: NoticeChoice,
  now: Instant,
): Promise<void> {
  await client.query(
    `insert into huiyin.notice_choice
       (tenant_id, person_id, quiet, quiet_from, quiet_to, together, together_minutes, ways, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, huiyin.instant($9))
     on conflict (tenant_id, person_id) do update set quiet = excluded.quiet, quiet_from = excluded.quiet_from,
       quiet_to = excluded.quiet_to, together = excluded.together, together_minutes = excluded.together_minutes,
       ways = excluded.ways, changed_at = excluded.changed_at`,
    [tenant, personId, quiet, quietHours?.from ?? null, quietHours?.to ?? null, together, togetherMinutes, ways, now],
  );
}

/** The rules as they hold for one person. */
export function rulesFor(company: NoticeRules, choice: NoticeChoice): NoticeRules {
  const quiet = choice.quiet === 'company' ? company.quiet : choice.quiet === 'own' ? choice.quietHours : null;
  const together =
    choice.together === 'company' ? company.togetherMinutes : choice.together === 'own' ? choice.togetherMinutes : 0;
  return { ...company, quiet, togetherMinutes: together ?? 0, ways: choice.ways ?? company.ways };
}

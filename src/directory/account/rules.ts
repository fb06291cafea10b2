import { HOUR, MINUTE } from '#kernel/instant.ts';
import { type Db, within } from '../within.ts';

/** What a company asks of whoever signs in. */
export interface AccountRules {
  /** Milliseconds without a request after which a session ends. */
  idle: number;
  /** Milliseconds after which it ends however busy it is. */
  longest: number;
  /** Whoever holds one of these posts signs in with a second factor. */
  secondFactorPosts: string[];
}

/** A working day with its overtime, and two weeks: what holds until a company says otherwise. */
export const USUAL_RULES: AccountRules = { idle: 12 * HOUR, longest: 14 * 24 * HOUR, secondFactorPosts: [] };

/** The rules a company has set, or the usual ones. */
export async function rulesOf(db: Db, tenant: string): Promise<AccountRules> {
  return within(db, tenant, async (client) => {
    const found = await client.query<{ idle: number; longest: number; posts: string[] }>(
      `select idle_minutes as idle, longest_hours as longest, second_factor_posts as posts
         from huiyin.account_rules where tenant_id = $1`,
      [tenant],
    );
    const row = found.rows[0];
    return row ? { idle: row.idle * MINUTE, longest: row.longest * HOUR, secondFactorPosts: row.posts } : USUAL_RULES;
  });
}

/** Sets them; running sessions obey at once, save that none becomes longer than it was promised. */
export async function setRules(db: Db, tenant: string, rules: AccountRules): Promise<void> {
  await within(db, tenant, (client) =>
    client.query(
      `insert into huiyin.account_rules (tenant_id, idle_minutes, longest_hours, second_factor_posts) values ($1, $2, $3, $4)
       on conflict (tenant_id) do update set idle_minutes = excluded.idle_minutes,
         longest_hours = excluded.longest_hours, second_factor_posts = excluded.second_factor_posts`,
      [tenant, Math.round(rules.idle / MINUTE), Math.round(rules.longest / HOUR), rules.secondFactorPosts],
    ),
  );
}

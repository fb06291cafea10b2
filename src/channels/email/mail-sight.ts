import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { firstRun } from '#directory/first-run.ts';
import type { Instant } from '#kernel/instant.ts';
import type { MailConfig } from './settings.ts';
import { ownAddress } from './signed-address.ts';

/** How e-mail stands for a company, as whoever sets ways up is shown it. */
export interface MailSight {
  /** The address at which its mail is read; null: no mailbox is read for it. */
  receives: string | null;
  /** The address its letters come from; null: none leave the house. */
  sends: string | null;
  /** When the last mail was kept. */
  heardAt: Instant | null;
  /** Mails that wait for a person. */
  waiting: number;
}

/** The mailbox belongs to the installation's own company, letters leave for all. */
export async function mailSight(pool: Pool, tenant: string, config: MailConfig): Promise<MailSight> {
  const own = ownAddress(config.mailFrom ?? '');
  const address = own && config.smtpUrl !== undefined ? `${own.local}@${own.domain}` : null;
  const reads = config.imapUrl !== undefined && (await mailCompany(pool)) === tenant;
  return withTenant(pool, tenant, async (client) => {
    const found = await client.query<{ heardAt: Instant | null; waiting: number }>(
      `select max(kept_at) as "heardAt", count(*) filter (where status = 'deadLetter')::int as waiting
       from huiyin.mail_message where tenant_id = $1`,
      [tenant],
    );
    const { heardAt = null, waiting = 0 } = found.rows[0] ?? {};
    return { receives: reads ? address : null, sends: address, heardAt, waiting };
  });
}

/** The company whose mailbox it is: the installation's own, in a demo the demo's; null before the first run is done. */
export async function mailCompany(pool: Pool): Promise<string | null> {
  const { companies } = await firstRun(pool);
  return (companies.find((company) => !company.demo) ?? companies[0])?.tenant ?? null;
}

import type { Directory, Person } from '#case/context.ts';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Text, text } from '#kernel/text.ts';
import { type Db, within } from './within.ts';

/** What one may do that belongs to no case, and the posts that have it until a company says otherwise. */
export const POWERS = {
  organisation: {
    title: text('维护人员与房产', 'Keep people and premises'),
    posts: ['administrator', 'generalManager'],
  },
  procedures: {
    title: text('复核制度版本、改用新版', 'Approve versions of procedures and move cases to them'),
    posts: ['administrator', 'generalManager'],
  },
  deadLetters: {
    title: text('查看没能登记的来信', 'Read mails that could not be registered'),
    posts: ['administrator', 'generalManager', 'caseOfficer', 'receptionist'],
  },
  incidents: {
    title: text('发布、更新停水停电等事件', 'Declare and update outages'),
    posts: ['propertyManager', 'generalManager', 'departmentHead', 'administrator'],
  },
  looks: {
    title: text('查看个人信息查看记录', 'See who looked at whose personal data'),
    posts: ['dataProtectionOfficer', 'generalManager', 'administrator'],
  },
} as const satisfies Record<string, { title: Text; posts: readonly string[] }>;
export type Power = keyof typeof POWERS;
export const powers = Object.keys(POWERS) as [Power, ...Power[]];

/** A post that has a power: since when and by whom, or by the custom of the trade. */
export interface GivenPower {
  post: string;
  givenAt: Instant | null;
  givenBy: string | null;
}

/** The posts that have a power in a company. */
export async function postsWith(db: Db, tenant: string, power: Power): Promise<GivenPower[]> {
  const found = await within(db, tenant, (client) =>
    client.query<GivenPower>(
      `select post, given_at as "givenAt", given_by as "givenBy" from huiyin.post_power
        where tenant_id = $1 and power = $2 order by given_at, post`,
      [tenant, power],
    ),
  );
  if (found.rows.length > 0) return found.rows;
  return POWERS[power].posts.map((post) => ({ post, givenAt: null, givenBy: null }));
}

/** Those who keep the organisation: they are told where nobody stands above. */
export async function keepersOf(db: Db, tenant: string, directory: Pick<Directory, 'holders'>): Promise<Person[]> {
  const posts = await postsWith(db, tenant, 'organisation');
  return [...new Map(posts.flatMap(({ post }) => directory.holders(post)).map((one) => [one.id, one])).values()];
}

/** Gives a power to these posts and no others; those that had it keep their date. */
export async function givePower(
  db: Db,
  tenant: string,
  { power, posts, by }: { power: Power; posts: readonly string[]; by: string },
  now: Instant,
): Promise<void> {
  await within(db, tenant, async (client) => {
    await client.query('delete from huiyin.post_power where tenant_id = $1 and power = $2 and not post = any ($3)', [
      tenant,
      power,
      posts,
    ]);
    await client.query(
      `insert into huiyin.post_power (tenant_id, power, post, given_at, given_by)
       select $1, $2, post, $4, $5 from unnest($3::text[]) post on conflict do nothing`,
      [tenant, power, posts, toTimestamp(now), by],
    );
  });
}

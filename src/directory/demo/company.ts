import type { Pool, PoolClient } from 'pg';
import { localDate } from '#clock/civil.ts';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Begun, begin } from '../account/session.ts';
import { actFor, creating, type PublishPacks } from '../first-run.ts';
import { insertRows } from '../rows.ts';
import { type Db, within } from '../within.ts';
import { DEMO_TENANT, demoId } from './ids.ts';
import { demoPhone } from './names.ts';
import { COMPANY, people, units } from './organisation.ts';
import { layOut } from './premises.ts';

const FOUNDED = '2016-03-01';
const FIRST_STAFF_PHONE = 9001;

/** The id of a demo employee by key, e.g. sunguoqing. */
export const demoPerson = (key: string): string => demoId('person', key);

/** Creates the demo company whole, or finds it. Nobody in it has a password: see `demoSignIn`. */
export async function createDemoCompany(
  pool: Pool,
  publish: PublishPacks,
  now: Instant = Date.now(),
): Promise<{ tenant: string; created: boolean }> {
  return creating(pool, async (client, there) => {
    if (there.some((c) => c.tenant === DEMO_TENANT)) return { tenant: DEMO_TENANT, created: false };
    await actFor(client, DEMO_TENANT);
    await furnish(client, now);
    await publish(client, DEMO_TENANT);
    return { tenant: DEMO_TENANT, created: true };
  });
}

async function furnish(client: PoolClient, now: Instant): Promise<void> {
  await client.query(
    'insert into huiyin.tenant (tenant_id, name_zh, name_en, demo, created_at, telephone) values ($1, $2, $3, true, $4, $5)',
    [DEMO_TENANT, COMPANY.zh, COMPANY.en, toTimestamp(now), demoPhone(9000)],
  );
  const put = (table: Parameters<typeof insertRows>[1], rows: Parameters<typeof insertRows>[3]): Promise<void> =>
    insertRows(client, table, DEMO_TENANT, rows);
  // A movable clock may stand before the company was founded.
  const since = localDate(now) < FOUNDED ? '1990-01-01' : FOUNDED;
  await put(
    'unit',
    units.map((u, sort) => ({
      unit_id: demoId('unit', u.code),
      code: u.code,
      parent_id: u.parent === null ? null : demoId('unit', u.parent),
      kind: u.kind,
      name_zh: u.zh,
      name_en: u.en,
      head_post: u.headPost,
      sort,
    })),
  );
  await put(
    'person',
    people.map((p, sort) => ({
      person_id: demoPerson(p.key),
      name: p.name,
      phone: demoPhone(FIRST_STAFF_PHONE + sort),
      email: `${p.key}@example.com`,
      unit_id: demoId('unit', p.unit),
      sort,
      automaton: false,
    })),
  );
  await put(
    'post_assignment',
    people.flatMap((p) =>
      p.posts.map((post) => ({
        person_id: demoPerson(p.key),
        post,
        unit_id: demoId('unit', p.unit),
        from_date: since,
      })),
    ),
  );
  // The night crew has no head of its own but reports to one man of the department by name.
  await put('superior', [{ person_id: demoPerson('dongqiang'), superior_id: demoPerson('qianweimin') }]);
  await put(
    'shift',
    people.flatMap((p) =>
      p.shifts.flatMap((s) =>
        s.days.map((weekday) => ({ person_id: demoPerson(p.key), weekday, from_minute: s.from, to_minute: s.to })),
      ),
    ),
  );
  const { premises, equipment, residents } = layOut();
  await put('premises', premises);
  await put('equipment', equipment);
  await put('resident', residents);
}

/** Somebody a visitor of the demo can be. */
export interface DemoFace {
  personId: string;
  key: string;
  name: string;
  posts: string[];
  unit: { zh: string; en: string };
}

/** Everybody who works at the demo company now, in the order of the organisation; empty in a real company. */
export async function demoFaces(db: Db, tenant: string): Promise<DemoFace[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<DemoFace>(
      `select p.person_id as "personId", split_part(coalesce(p.email, ''), '@', 1) as key, p.name,
              array(select distinct a.post from huiyin.post_assignment a where a.tenant_id = p.tenant_id
                and a.person_id = p.person_id and a.to_date is null) as posts,
              json_build_object('zh', u.name_zh, 'en', u.name_en) as unit
         from huiyin.person p
         join huiyin.tenant t on t.tenant_id = p.tenant_id and t.demo
         join huiyin.unit u on u.tenant_id = p.tenant_id and u.unit_id = p.unit_id
        where p.tenant_id = $1 and p.left_at is null and not p.automaton order by p.sort, p.person_id`,
      [tenant],
    );
    return found.rows;
  });
}

/**
 * Signs in as somebody of the demo company without a password. The table itself says whether a company is a demo, so no
 * setting can ever open a real one this way. Refuses with demo.person.
 */
export async function demoSignIn(
  db: Db,
  tenant: string,
  personId: string,
  now: Instant = Date.now(),
): Promise<Result<Begun>> {
  const face = (await demoFaces(db, tenant)).find((f) => f.personId === personId);
  if (!face)
    return refuse(
      refusal('demo.person', text('演示公司里没有这个人', 'Nobody of that name works at the demo company')),
    );
  return within(db, tenant, async (client) => accept(await begin(client, tenant, face, { address: '', now }, 'demo')));
}

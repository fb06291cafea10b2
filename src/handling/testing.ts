import type { Pool } from 'pg';
import type { Actor } from '#case/context.ts';
import type { Calendar } from '#clock/calendar.ts';
import { withTenant } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { publishPack } from './packs.ts';
import { testPack } from './testing-pack.ts';
import type { TimeSource } from './time.ts';

/** A company of three people in a test database, with the small pack published. */
export interface TestCompany {
  tenant: string;
  clerk: Actor;
  manager: Actor;
  calendars: ReadonlyMap<string, Calendar>;
}

const office: Calendar = {
  id: 'office-hours',
  version: 'test',
  title: { zh: '办公室', en: 'Office' },
  offsetMinutes: 480,
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ from: 540, to: 1080 }] : [])),
  days: new Map(),
  years: new Map(),
};

const id = (tenant: string, n: number): string =>
  `00000000-0000-7000-8000-${Buffer.from(tenant.padEnd(4, '0')).toString('hex').slice(0, 8)}${String(n).padStart(4, '0')}`;

/** Founds it. `tenant` is 4–16 small letters and digits. */
export async function foundTestCompany(pool: Pool, now: Instant, tenant = 'probe'): Promise<TestCompany> {
  await withTenant(pool, tenant, async (client) => {
    await client.query('insert into huiyin.tenant (tenant_id, name_zh) values ($1, $2)', [tenant, '测试物业']);
    await client.query(
      `insert into huiyin.unit (tenant_id, unit_id, code, kind, name_zh, head_post) values ($1, $2, 'service', 'company', '客服部', 'manager')`,
      [tenant, id(tenant, 1)],
    );
    for (const [n, name, post] of [
      [2, '张前台', 'clerk'],
      [3, '李经理', 'manager'],
    ] as const) {
      await client.query(
        'insert into huiyin.person (tenant_id, person_id, name, email, unit_id, sort) values ($1, $2, $3, $4, $5, $6)',
        [tenant, id(tenant, n), name, `${post}@example.test`, id(tenant, 1), n],
      );
      await client.query(
        `insert into huiyin.post_assignment (tenant_id, person_id, post, unit_id, from_date) values ($1, $2, $3, $4, '2020-01-01')`,
        [tenant, id(tenant, n), post, id(tenant, 1)],
      );
    }
  });
  const published = await publishPack(pool, tenant, { sources: testPack(), by: '李经理', reviewNote: '', now });
  if (!published.ok) throw new Error(JSON.stringify(published.refusal));
  return {
    tenant,
    clerk: { kind: 'staff', personId: id(tenant, 2), name: '张前台', posts: ['clerk'] },
    manager: { kind: 'staff', personId: id(tenant, 3), name: '李经理', posts: ['manager'] },
    calendars: new Map([[office.id, office]]),
  };
}

/** A clock that stands where a test puts it. */
export function testTime(start: Instant): TimeSource & { set(at: Instant): void } {
  let now = start;
  return {
    now: () => now,
    set: (at) => {
      now = at;
    },
  };
}

import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { localDate } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { insertRows } from './rows.ts';
import type { Shift } from './shifts.ts';
import { type Db, within } from './within.ts';

/** Somebody who begins work: name, where, as what. */
export interface NewPerson {
  name: string;
  unit: string;
  posts: string[];
  phone?: string;
  email?: string;
}

/** Enters a new member of staff with the posts he holds from today. Refuses with person.name, person.unit or person.post. */
export async function addPerson(
  db: Db,
  tenant: string,
  wish: NewPerson,
  now: Instant,
): Promise<Result<{ personId: string }>> {
  const name = wish.name.trim();
  if (name === '' || [...name].length > 60)
    return refuse(
      refusal('person.name', text('请填写姓名（不超过 60 字）', 'Enter a name (at most 60 characters)'), {
        field: 'name',
      }),
    );
  if (wish.posts.length === 0 || !wish.posts.every((post) => POST.test(post)))
    return refuse(refusal('person.post', text('请至少选择一个岗位', 'Choose at least one post'), { field: 'posts' }));
  return within(db, tenant, async (client) => {
    const unitId = await unitByCode(client, tenant, wish.unit);
    if (unitId === undefined) return refuse(unknownUnit);
    const personId = randomUUID();
    const last = await client.query<{ sort: number }>(
      'select coalesce(max(sort), 0) + 1 as sort from huiyin.person where tenant_id = $1',
      [tenant],
    );
    await insertRows(client, 'person', tenant, [
      {
        person_id: personId,
        name,
        phone: wish.phone ?? null,
        email: wish.email ?? null,
        unit_id: unitId,
        sort: last.rows[0]?.sort ?? 0,
        automaton: false,
      },
    ]);
    const from = localDate(now);
    await insertRows(
      client,
      'post_assignment',
      tenant,
      [...new Set(wish.posts)].map((post) => ({ person_id: personId, post, unit_id: unitId, from_date: from })),
    );
    return accept({ personId });
  });
}

/** Gives somebody a further post in a unit from a local date on. Giving it twice changes nothing. Refuses with person.unit or person.post. */
export async function assignPost(
  db: Db,
  tenant: string,
  wish: { personId: string; post: string; unit: string; from: string },
): Promise<Result<null>> {
  if (!POST.test(wish.post)) return refuse(refusal('person.post', text('没有这个岗位', 'There is no such post')));
  return within(db, tenant, async (client) => {
    const unitId = await unitByCode(client, tenant, wish.unit);
    if (unitId === undefined) return refuse(unknownUnit);
    await client.query(
      `insert into huiyin.post_assignment (tenant_id, person_id, post, unit_id, from_date) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [tenant, wish.personId, wish.post, unitId, wish.from],
    );
    return accept(null);
  });
}

/**
 * Ends a post with the day `last`, in one unit or everywhere. Refuses with person.unit, and with post.lastHolder when
 * nobody would hold it any more: cases wait for posts, and what nobody holds nobody does.
 */
export async function endPost(
  db: Db,
  tenant: string,
  wish: { personId: string; post: string; last: string; unit?: string },
): Promise<Result<null>> {
  return within(db, tenant, async (client) => {
    const unitId = wish.unit === undefined ? null : await unitByCode(client, tenant, wish.unit);
    if (unitId === undefined) return refuse(unknownUnit);
    const others = await client.query(
      `select 1 from huiyin.post_assignment a
         join huiyin.person p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
        where a.tenant_id = $1 and a.post = $2 and (a.person_id <> $3 or a.unit_id <> $5) and p.left_at is null
          and not p.automaton and a.from_date <= $4::date + 1 and (a.to_date is null or a.to_date > $4::date) limit 1`,
      [tenant, wish.post, wish.personId, wish.last, unitId],
    );
    if (others.rowCount === 0)
      return refuse(
        refusal(
          'post.lastHolder',
          text('此岗位再无他人担任：请先安排接任者', 'Nobody else holds this post: appoint a successor first'),
          { field: 'post' },
        ),
      );
    await client.query(
      `update huiyin.post_assignment set to_date = greatest($4::date, from_date)
        where tenant_id = $1 and person_id = $2 and post = $3 and ($5::uuid is null or unit_id = $5)
          and (to_date is null or to_date > $4::date)`,
      [tenant, wish.personId, wish.post, wish.last, unitId],
    );
    return accept(null);
  });
}

/** Replaces the weekly shifts of a person. */
export async function setShifts(db: Db, tenant: string, personId: string, shifts: readonly Shift[]): Promise<void> {
  await within(db, tenant, async (client) => {
    await client.query('delete from huiyin.shift where tenant_id = $1 and person_id = $2', [tenant, personId]);
    await insertRows(
      client,
      'shift',
      tenant,
      shifts.map((s) => ({
        person_id: personId,
        weekday: s.weekday,
        from_minute: s.fromMinute,
        to_minute: s.toMinute,
      })),
    );
  });
}

/** The service centre's number, or null when the company has not said. */
export async function telephoneOf(db: Db, tenant: string): Promise<string | null> {
  return within(db, tenant, async (client) => {
    const found = await client.query<{ telephone: string | null }>(
      'select telephone from huiyin.tenant where tenant_id = $1',
      [tenant],
    );
    return found.rows[0]?.telephone ?? null;
  });
}

/** Sets it; an empty text takes it away. Refuses with company.telephone. */
export async function setTelephone(db: Db, tenant: string, telephone: string): Promise<Result<null>> {
  const number = telephone.trim();
  if (number !== '' && !/^\+?[\d -]{5,24}$/.test(number))
    return refuse(
      refusal('company.telephone', text('电话号码有误', 'This is not a telephone number'), { field: 'telephone' }),
    );
  await within(db, tenant, (client) =>
    client.query('update huiyin.tenant set telephone = $2 where tenant_id = $1', [
      tenant,
      number === '' ? null : number,
    ]),
  );
  return accept(null);
}

const POST = /^[a-z][A-Za-z0-9]{1,40}$/;
const unknownUnit = refusal('person.unit', text('没有这个部门', 'There is no such department'), { field: 'unit' });

async function unitByCode(client: PoolClient, tenant: string, code: string): Promise<string | undefined> {
  const found = await client.query<{ id: string }>(
    'select unit_id as id from huiyin.unit where tenant_id = $1 and code = $2',
    [tenant, code],
  );
  return found.rows[0]?.id;
}

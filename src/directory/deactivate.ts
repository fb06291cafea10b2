import { type Duty, duties } from '#case/event.ts';
import { localDate } from '#clock/civil.ts';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { POWERS, type Power, postsWith } from './post-powers.ts';
import { type Db, within } from './within.ts';

/** An open case somebody answers for, with what he is on it. */
export interface HeldCase {
  id: string;
  number: string;
  duties: Duty[];
}

/** Open cases on which a person holds any of the four duties; soonest deadline first. */
export async function casesHeldBy(db: Db, tenant: string, personId: string): Promise<HeldCase[]> {
  return within(db, tenant, async (client) => {
    // The state says all four duties; only two of them have columns.
    const found = await client.query<{ id: string; number: string; held: (string | null)[] }>(
      `select id, number, array[${duties.map((d) => `state->'duties'->'${d}'->>'id'`).join(', ')}] as held
         from huiyin.case_file
        where tenant_id = $1 and open and $2 in (${duties.map((d) => `state->'duties'->'${d}'->>'id'`).join(', ')})
        order by next_due_at, id`,
      [tenant, personId],
    );
    return found.rows.map((row) => ({
      id: row.id,
      number: row.number,
      duties: duties.filter((_, i) => row.held[i] === personId),
    }));
  });
}

/**
 * How many open cases each of these people answers for or follows up; absent: none. Who only received a matter first does
 * not pass it on. All are counted in one reading of the open cases.
 */
export async function countHeld(db: Db, tenant: string, people: readonly string[]): Promise<Map<string, number>> {
  if (people.length === 0) return new Map();
  return within(db, tenant, async (client) => {
    const found = await client.query<{ id: string; n: number }>(
      `select duty.value->>'id' as id, count(distinct c.id)::int as n
         from huiyin.case_file c cross join lateral json_each(c.state->'duties') duty
        where c.tenant_id = $1 and c.open and duty.key <> 'firstReceiver' and duty.value->>'id' = any ($2)
        group by duty.value->>'id'`,
      [tenant, people],
    );
    return new Map(found.rows.map(({ id, n }) => [id, n]));
  });
}

/**
 * Ends somebody's employment: posts end today, sessions and keys at once. Refuses with person.holdsCases, naming the
 * cases, until each has been handed over (S1-15); with person.unknown; with person.lastAdministrator; with
 * person.lastHolder, naming the posts nobody else holds.
 */
export async function deactivatePerson(
  db: Db,
  tenant: string,
  personId: string,
  by: string,
  now: Instant,
): Promise<Result<null>> {
  return within(db, tenant, async (client) => {
    const found = await client.query<{ name: string }>(
      'select name from huiyin.person where tenant_id = $1 and person_id = $2 and left_at is null for update',
      [tenant, personId],
    );
    const person = found.rows[0];
    if (!person) return refuse(refusal('person.unknown', text('没有这名在职员工', 'There is no such active person')));
    const held = await casesHeldBy(client, tenant, personId);
    if (held.length > 0) {
      const numbers = held.map((c) => c.number);
      return refuse(
        refusal(
          'person.holdsCases',
          text(
            `${person.name}名下还有 ${held.length} 件在办，须先逐件转交：${numbers.join('、')}`,
            `${person.name} still answers for ${held.length} open case(s); hand each over first: ${numbers.join(', ')}`,
          ),
          {
            also: held.map((c) => refusal('person.holdsCase', text(c.number, c.number), { field: c.id })),
          },
        ),
      );
    }
    if (await isLastWith(client, tenant, 'organisation', personId, now)) {
      const { zh, en } = POWERS.organisation.title;
      return refuse(
        refusal(
          'person.lastAdministrator',
          text(
            `${person.name}是最后一个能“${zh}”的人：请先把有这项权限的岗位任命给接任者（见“谁能办什么”页）`,
            `${person.name} is the last who may do this: “${en}”. First give a post with that power to a successor (page “Who may do what”)`,
          ),
        ),
      );
    }
    const lonely = await postsOnlyHeldBy(client, tenant, personId, now);
    if (lonely.length > 0)
      return refuse(
        refusal(
          'person.lastHolder',
          text(
            `${person.name}是以下岗位的唯一担任者，请先安排接任者：${lonely.join('、')}`,
            `${person.name} is the only holder of these posts; appoint a successor first: ${lonely.join(', ')}`,
          ),
          {
            also: lonely.map((post) => refusal('post.lastHolder', text(post, post), { field: post })),
          },
        ),
      );
    const at = toTimestamp(now);
    await client.query('update huiyin.person set left_at = $3, left_by = $4 where tenant_id = $1 and person_id = $2', [
      tenant,
      personId,
      at,
      by,
    ]);
    await client.query(
      `update huiyin.post_assignment set to_date = greatest($3::date, from_date)
        where tenant_id = $1 and person_id = $2 and (to_date is null or to_date > $3::date)`,
      [tenant, personId, localDate(now)],
    );
    // Sessions and keys run on real time.
    await client.query(
      'update huiyin.staff_session set ended_at = now() where tenant_id = $1 and person_id = $2 and ended_at is null',
      [tenant, personId],
    );
    await client.query(
      'update huiyin.api_key set revoked_at = now() where tenant_id = $1 and person_id = $2 and revoked_at is null',
      [tenant, personId],
    );
    return accept(null);
  });
}

/** Open cases per assignee, for `candidates`. */
export async function loads(db: Db, tenant: string): Promise<Map<string, number>> {
  return within(db, tenant, async (client) => {
    const found = await client.query<{ id: string; n: number }>(
      `select assignee_id as id, count(*)::int as n from huiyin.case_file
        where tenant_id = $1 and open and assignee_id is not null group by assignee_id`,
      [tenant],
    );
    return new Map(found.rows.map((row) => [row.id, row.n]));
  });
}

/** Whether nobody else who works here now holds a post that has the power. */
async function isLastWith(
  client: Parameters<Parameters<typeof within>[2]>[0],
  tenant: string,
  power: Power,
  personId: string,
  now: Instant,
): Promise<boolean> {
  const posts = (await postsWith(client, tenant, power)).map(({ post }) => post);
  const found = await client.query<{ id: string }>(
    `select distinct a.person_id as id from huiyin.post_assignment a
       join huiyin.person p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
      where a.tenant_id = $1 and a.post = any ($3) and p.left_at is null and not p.automaton
        and a.from_date <= $2 and (a.to_date is null or a.to_date >= $2)`,
    [tenant, localDate(now), posts],
  );
  return found.rows.length === 1 && found.rows[0]?.id === personId;
}

async function postsOnlyHeldBy(
  client: Parameters<Parameters<typeof within>[2]>[0],
  tenant: string,
  personId: string,
  now: Instant,
): Promise<string[]> {
  const found = await client.query<{ post: string }>(
    `select a.post from huiyin.post_assignment a
       join huiyin.person p on p.tenant_id = a.tenant_id and p.person_id = a.person_id
      where a.tenant_id = $1 and p.left_at is null and not p.automaton
        and a.from_date <= $2 and (a.to_date is null or a.to_date >= $2)
      group by a.post having bool_and(a.person_id = $3) order by a.post`,
    [tenant, localDate(now), personId],
  );
  return found.rows.map((row) => row.post);
}

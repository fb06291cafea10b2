import type { Instant } from '#kernel/instant.ts';
import { type Db, within } from './within.ts';

/** A look at personal data as the log tells it. */
export interface LookRow {
  id: string;
  at: Instant;
  personId: string | null;
  personName: string;
  caseId: string | null;
  number: string | null;
  fields: string[];
  reason: string;
}

/** What part of the log is wanted; moments, the first included and the last not. */
export interface LooksWish {
  from: Instant;
  to: Instant;
  person?: string | undefined;
  caseId?: string | undefined;
  /** Rows at this moment and later were told already. */
  before?: Instant | undefined;
  limit: number;
}

export interface LookSum {
  id: string | null;
  name: string;
  looks: number;
  cases: number;
  lists: number;
}

const WHERE = `l.tenant_id = $1 and l.at >= huiyin.instant($2) and l.at < huiyin.instant($3)
  and ($4::uuid is null or l.person_id = $4) and ($5::uuid is null or l.case_id = $5)`;

/** The log of looks in a period, latest first, and how often each person looked. */
export async function looksIn(db: Db, tenant: string, wish: LooksWish): Promise<{ rows: LookRow[]; sums: LookSum[] }> {
  const asked = [tenant, wish.from, wish.to, wish.person ?? null, wish.caseId ?? null];
  return within(db, tenant, async (client) => {
    const rows = await client.query<LookRow>(
      `select l.access_id as id, l.at, l.person_id as "personId", l.person_name as "personName", l.case_id as "caseId",
              c.number, l.fields, l.reason
         from huiyin.access_log l left join huiyin.case_file c on c.tenant_id = l.tenant_id and c.id = l.case_id
        where ${WHERE} and ($6::float8 is null or l.at < huiyin.instant($6)) order by l.at desc, l.access_id limit $7`,
      [...asked, wish.before ?? null, wish.limit],
    );
    const sums = await client.query<LookSum>(
      `select l.person_id as id, max(l.person_name) as name, count(*)::int as looks, count(distinct l.case_id)::int as cases,
              count(*) filter (where l.case_id is null)::int as lists
         from huiyin.access_log l where ${WHERE} group by l.person_id, case when l.person_id is null then l.person_name end
        order by 3 desc, 2 limit 200`,
      asked,
    );
    return { rows: rows.rows, sums: sums.rows };
  });
}

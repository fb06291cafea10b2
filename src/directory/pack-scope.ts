import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from './within.ts';

/**
 * Limits a procedure to some estates; with none it applies to everything the company looks after. Cases that run go on.
 * Refuses with premises.unknown what is no estate.
 */
export async function limitPack(
  db: Db,
  tenant: string,
  pack: string,
  estates: readonly string[],
): Promise<Result<undefined>> {
  return within(db, tenant, async (client) => {
    const known = await client.query(
      "select 1 from huiyin.premises where tenant_id = $1 and kind = 'estate' and premises_id::text = any ($2::text[])",
      [tenant, estates],
    );
    if (known.rowCount !== new Set(estates).size) return refuse(noEstate);
    await client.query('delete from huiyin.pack_estate where tenant_id = $1 and pack = $2', [tenant, pack]);
    await client.query(
      `insert into huiyin.pack_estate (tenant_id, pack, premises_id)
       select distinct $1, $2, e::uuid from unnest($3::text[]) as e`,
      [tenant, pack, estates],
    );
    return accept(undefined);
  });
}

const noEstate = refusal('premises.unknown', text('没有这个小区', 'There is no such estate'), { field: 'estates' });

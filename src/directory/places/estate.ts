import { randomUUID } from 'node:crypto';
import { oneAtATime } from '#db/one-at-a-time.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { newToken } from '../account/token.ts';
import { insertRows } from '../rows.ts';
import { type Db, within } from '../within.ts';

/** Adds a further estate to a company. The same name twice gives the same estate. Refuses with premises.estateName. */
export async function addEstate(
  db: Db,
  tenant: string,
  wish: string,
): Promise<Result<{ id: string; code: string; name: string }>> {
  const name = wish.normalize('NFC').trim();
  if (name === '' || [...name].length > 60)
    return refuse(
      refusal(
        'premises.estateName',
        text('请填写小区名称（不超过 60 字）', 'Enter the name of the estate (at most 60 characters)'),
        { field: 'name' },
      ),
    );
  return within(db, tenant, async (client) => {
    await oneAtATime(client, 'premises', tenant);
    const found = await client.query<{ id: string; code: string; name: string; office: string | null }>(
      `select premises_id as id, code, name_zh as name, site_office_id as office from huiyin.premises
        where tenant_id = $1 and parent_id is null order by sort, code`,
      [tenant],
    );
    const there = found.rows.find((one) => one.name === name);
    if (there) return accept({ id: there.id, code: there.code, name });
    const codes = new Set(found.rows.map((one) => one.code));
    let n = found.rows.length + 1;
    while (codes.has(`E${n}`)) n += 1;
    const made = { id: randomUUID(), code: `E${n}`, name };
    await insertRows(client, 'premises', tenant, [
      {
        premises_id: made.id,
        parent_id: null,
        kind: 'estate',
        code: made.code,
        name_zh: name,
        name_en: '',
        full_name: name,
        door_code: newToken(tenant).text,
        // Until it has an office of its own the first one looks after it.
        site_office_id: found.rows[0]?.office ?? null,
        sort: found.rows.length,
      },
    ]);
    return accept(made);
  });
}

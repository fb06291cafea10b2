import type { PoolClient } from 'pg';
import { text } from '#kernel/text.ts';
import type { CellReader } from './cells.ts';
import type { Column } from './kind.ts';

/** The columns that say who is meant. */
export const WHO: readonly Column[] = [
  {
    key: 'name',
    title: text('姓名', 'Name'),
    also: ['员工姓名'],
    required: true,
    width: 12,
    example: '孙国庆',
    note: text('员工姓名', 'The name of the person'),
  },
  {
    key: 'phone',
    title: text('手机', 'Telephone'),
    also: ['电话', '手机号', '联系电话'],
    width: 16,
    example: '13800005678',
    note: text('同名时凭手机区分', 'Tells people of one name apart'),
  },
];

export interface StaffRow {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
}

/** Everybody who works in a company. */
export async function staffOf(client: PoolClient, tenant: string): Promise<StaffRow[]> {
  const found = await client.query<StaffRow>(
    `select person_id as id, name, phone, email from huiyin.person
      where tenant_id = $1 and left_at is null and not automaton order by sort, person_id`,
    [tenant],
  );
  return found.rows;
}

/** Who is meant: by his number, or else by a name that only he bears. Null: nobody yet; undefined: at fault, and said. */
export function readWho(cells: CellReader, staff: readonly StaffRow[]): StaffRow | null | undefined {
  const [name, phone] = [cells.text('name'), cells.phone('phone')];
  if (cells.faults.length > 0) return undefined;
  const byPhone = phone === null ? [] : staff.filter((one) => one.phone === phone);
  if (byPhone[0]) return byPhone[0];
  const byName = staff.filter((one) => one.name.normalize('NFKC') === name);
  const open = phone === null ? byName : byName.filter((one) => one.phone === null);
  if (open.length > 1) {
    cells.fault(
      'phone',
      text(
        `有 ${open.length} 位“${name}”，请填手机`,
        `There are ${open.length} people called “${name}”: give the telephone`,
      ),
    );
    return undefined;
  }
  return open[0] ?? null;
}

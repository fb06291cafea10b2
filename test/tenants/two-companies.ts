import { expect } from 'vitest';
import { createApiKey } from '#directory/account/api-key.ts';
import { createFurtherCompany } from '#directory/first-run.ts';
import type { AttachmentView } from '#http/contract/attachment.ts';
import type { NoticeView } from '#http/contract/notice.ts';
import { ownCompany } from '../http/own-company.ts';
import { type Client, client, type Site } from '../http/support.ts';

/** Words that stand in the second company's rows only. */
export const MARK = '乙独有的话';
export const MARK_PHONE = '18655557777';
/** A file that both companies keep, byte for byte. */
export const FILE = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

export interface TwoCompanies {
  /** The administrator of the first, who may do everything there; by a key, and by the cookie of his session. */
  a: Client & { tenant: string };
  cookieOfA: Client;
  b: Client & { tenant: string; key: string };
  /** What only the second knows. */
  secret: Record<
    | 'case'
    | 'person'
    | 'attachment'
    | 'notice'
    | 'unit'
    | 'estate'
    | 'room'
    | 'key'
    | 'door'
    | 'shaOfFile'
    | 'proposal'
    | 'shiftList'
    | 'webhook'
    | 'delivery'
    | 'import'
    | 'outside'
    | 'equipment'
    | 'incident'
    | 'exchange'
    | 'call'
    | 'session'
    | 'passkey',
    string
  >;
}

/** Two real companies on one server; the second has people, premises, cases, files and notices. */
export async function twoCompanies(at: Site): Promise<TwoCompanies> {
  const { pool, handling } = at.program;
  const cookieOfA = await ownCompany(at);
  const first = await at.database.ownerPool.query<{ id: string }>('select tenant_id as id from huiyin.tenant');
  const a = first.rows[0]?.id ?? '';
  const made = await createFurtherCompany(
    pool,
    {
      company: '乙物业',
      estate: '乙苑',
      administrator: { name: '乙经理', username: 'yi', password: 'another long one' },
    },
    async () => undefined,
  );
  if (!made.ok) throw new Error(made.refusal.message.en);
  const { tenant: b, personId } = made.value;
  const [own] = await handling.packs.list(a);
  const { rows } = await at.database.ownerPool.query<{ sources: { path: string; text: string }[] }>(
    'select sources from huiyin.pack_version where tenant_id = $1 and pack = $2',
    [a, own?.pack],
  );
  const published = await handling.publish(b, { sources: rows[0]?.sources ?? [], by: 'test', reviewNote: '' });
  if (!published.ok) throw new Error(published.refusal.message.en);
  const key = async (tenant: string, person: string) => {
    const issued = await createApiKey(pool, tenant, {
      label: 'test',
      personId: person,
      scopes: ['read', 'write', 'admin'],
    });
    if (!issued.ok) throw new Error(issued.refusal.message.en);
    return { ...issued.value, client: client(at.url, person, { authorization: `Bearer ${issued.value.key}` }) };
  };
  const [keyA, keyB] = [await key(a, cookieOfA.personId), await key(b, personId)];
  const inB = keyB.client;
  const one = await at.database.ownerPool.query<{ estate: string; door: string }>(
    'select premises_id as estate, door_code as door from huiyin.premises where tenant_id = $1',
    [b],
  );
  await at.database.ownerPool.query(
    `insert into huiyin.unit (tenant_id, unit_id, code, kind, name_zh) values ($1, gen_random_uuid(), 'yionly', 'department', $2)`,
    [b, `${MARK}部`],
  );
  const room = await at.database.ownerPool.query<{ id: string }>(
    `insert into huiyin.premises (tenant_id, premises_id, parent_id, kind, code, name_zh, full_name, door_code)
     values ($1, gen_random_uuid(), $2, 'room', 'Y1', '1-101', $3, 'yidoorcodeyidoor') returning premises_id as id`,
    [b, one.rows[0]?.estate, `乙苑${MARK}1栋101`],
  );
  const hired = await inB.ask<{ person: { id: string } }>('/api/v1/people', {
    method: 'POST',
    body: { name: `${MARK}员`, unit: 'service', posts: ['handler'], phone: MARK_PHONE },
  });
  expect(hired.status, hired.text).toBe(201);
  const form = new FormData();
  form.set('file', new Blob([FILE], { type: 'application/pdf' }), `${MARK}.pdf`);
  const file = await inB.ask<AttachmentView>('/api/v1/attachments', { method: 'POST', body: form });
  expect(file.status, file.text).toBe(201);
  const registered = await inB.register(
    { content: `${MARK}：灯不亮`, contactPhone: MARK_PHONE, photos: [file.body.id] },
    { 'idempotency-key': 'the-same-key-in-both' },
  );
  await inB.register({ content: `${MARK}：水管漏` });
  const list = await inB.ask<{ id: string }>('/api/v1/shift-lists', {
    method: 'POST',
    body: { to: hired.body.person.id },
  });
  expect(list.status, list.text).toBe(201);
  await handling.drainJobs();
  const others = await otherRows(at, b, registered.id);
  const notices = await inB.ask<{ items: NoticeView[] }>('/api/v1/notices');
  return {
    a: { ...keyA.client, tenant: a },
    cookieOfA,
    b: { ...inB, tenant: b, key: keyB.key },
    secret: {
      case: registered.id,
      shiftList: list.body.id,
      person: hired.body.person.id,
      attachment: file.body.id,
      shaOfFile: file.body.sha256,
      notice: notices.body.items[0]?.id ?? `${registered.id}.1`,
      unit: 'yionly',
      estate: one.rows[0]?.estate ?? '',
      room: room.rows[0]?.id ?? '',
      key: keyB.keyId,
      door: one.rows[0]?.door ?? '',
      ...others,
    },
  };
}

/** Things of the second company that need no story: one row each. */
async function otherRows({ database }: Site, tenant: string, caseId: string) {
  const made = async (sql: string): Promise<string> => {
    const { rows } = await database.ownerPool.query<{ id: string }>(sql, [tenant]);
    return rows[0]?.id ?? caseId;
  };
  return {
    proposal: await made('select id from huiyin.pack_proposal where tenant_id = $1 limit 1'),
    webhook: await made('select webhook_id as id from huiyin.webhook where tenant_id = $1 limit 1'),
    delivery: await made('select webhook_id as id from huiyin.webhook where tenant_id = $1 limit 1'),
    outside: await made(
      `insert into huiyin.outside_organisation (tenant_id, organisation_id, kind, name)
       values ($1, gen_random_uuid(), 'developer', '乙方开发商') returning organisation_id as id`,
    ),
    equipment: await made(
      `insert into huiyin.equipment (tenant_id, equipment_id, premises_id, kind, code, name_zh, door_code)
       select tenant_id, gen_random_uuid(), premises_id, '电梯', 'YI-DT1', '乙客梯', 'yidoorcodeofalift' from huiyin.premises
       where tenant_id = $1 limit 1 returning equipment_id as id`,
    ),
    import: await made('select import_id as id from huiyin.import_batch where tenant_id = $1 limit 1'),
    incident: await made('select incident_id as id from huiyin.incident where tenant_id = $1 limit 1'),
    exchange: await made(
      `insert into huiyin.exchange (tenant_id, exchange_id, name, secret, ring_seconds, answer_within, call_back_minutes,
         recordings, made_at, made_by)
       values ($1, gen_random_uuid(), '乙方总机', decode(repeat('00', 32), 'hex'), 5, 3, 30, '{}', now(), '乙') returning exchange_id as id`,
    ),
    call: await made(
      `insert into huiyin.call (tenant_id, call_id, exchange_id, reference, caller, began_at, ended_at)
       select tenant_id, gen_random_uuid(), exchange_id, 'b', '13900009999', now(), now() from huiyin.exchange
       where tenant_id = $1 limit 1 returning call_id as id`,
    ),
    session: await made('select case_id as id from huiyin.case_link where tenant_id = $1 limit 1'),
    passkey: 'aaaaaaaaaaaaaaaaaaaaaaaa',
  };
}

/** Everything a company's rows say, table by table: a digest of each. */
export async function fingerprint({ database }: Site, tenant: string): Promise<Record<string, string>> {
  const { rows } = await database.ownerPool.query<{ name: string }>(
    `select relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
     where relnamespace = 'huiyin'::regnamespace and relkind in ('r', 'p') order by 1`,
  );
  const prints: Record<string, string> = {};
  for (const { name } of rows) {
    const found = await database.ownerPool.query<{ print: string | null }>(
      `select count(*) || ' ' || md5(string_agg(t::text, '' order by t::text)) as print from huiyin.${name} t where tenant_id = $1`,
      [tenant],
    );
    prints[name] = found.rows[0]?.print ?? 'none';
  }
  return prints;
}

/** Every id that stands in a company's rows. */
export async function idsOf({ database }: Site, tenant: string): Promise<Set<string>> {
  const { rows } = await database.ownerPool.query<{ name: string; column: string }>(
    `select c.relname as name, i.attname as column from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
       join pg_attribute i on i.attrelid = c.oid and i.atttypid = 'uuid'::regtype and not i.attisdropped
     where c.relnamespace = 'huiyin'::regnamespace and c.relkind in ('r', 'p')`,
  );
  const ids = new Set<string>();
  for (const { name, column } of rows) {
    const found = await database.ownerPool.query<{ id: string }>(
      `select distinct ${column} as id from huiyin.${name} where tenant_id = $1 and ${column} is not null`,
      [tenant],
    );
    for (const { id } of found.rows) ids.add(id);
  }
  return ids;
}

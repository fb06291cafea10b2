import { randomInt, randomUUID } from 'node:crypto';
import pg, { type Pool, type PoolClient } from 'pg';
import { localDate } from '#clock/civil.ts';
import { oneAtATime } from '#db/one-at-a-time.ts';
import { transaction } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { createAccount, normalUsername } from './account/login.ts';
import { verifyPassword } from './account/password.ts';
import { newToken } from './account/token.ts';
import { insertRows } from './rows.ts';
import { FIRST_POSTS, STANDARD_UNITS } from './standard-units.ts';

/** A company of this installation. */
export interface Company {
  tenant: string;
  name: string;
  nameEn: string;
  demo: boolean;
}

/** `fresh`: nobody has chosen yet between the demo company and one of their own. */
export interface FirstRun {
  state: 'fresh' | 'ready';
  companies: Company[];
}

/** Publishes the procedures of the packs folder for a company, on the connection that creates it. */
export type PublishPacks = (client: PoolClient, tenant: string) => Promise<void>;

/** Whether the start page must ask, and which companies there are. */
export async function firstRun(db: Pool | PoolClient): Promise<FirstRun> {
  const found = await db.query<Company>(
    'select tenant_id as tenant, name_zh as name, name_en as "nameEn", demo from huiyin.tenants()',
  );
  return { state: found.rows.length === 0 ? 'fresh' : 'ready', companies: found.rows };
}

/** What the start page asks of somebody who sets up a company of his own. */
export interface OwnCompany {
  company: string;
  estate: string;
  administrator: { name: string; username: string; password: string };
}

/**
 * Runs `make` as the one who creates a company: two browsers answering the start page at once cannot both do it, and a
 * failure leaves nothing behind.
 */
export async function creating<T>(pool: Pool, make: (client: PoolClient, there: Company[]) => Promise<T>): Promise<T> {
  return transaction(pool, async (client) => {
    await oneAtATime(client, 'firstRun');
    return make(client, (await firstRun(client)).companies);
  });
}

/** From here on the connection's transaction sees and writes this company's rows only. */
export async function actFor(client: PoolClient, tenant: string): Promise<void> {
  // Not set_config(): a database spread over several machines passes on only this.
  await client.query(`set local app.tenant = ${pg.escapeLiteral(tenant)}`);
}

/**
 * Creates the installation's own company with its first estate, its office and an administrator. The same request twice
 * gives the same company. Refuses with setup.done, setup.company, setup.estate, setup.name or what createAccount refuses.
 */
export async function createOwnCompany(
  pool: Pool,
  wish: OwnCompany,
  publish: PublishPacks,
  now: Instant = Date.now(),
): Promise<Result<{ tenant: string; personId: string }>> {
  return founding(pool, wish, (client, there) => {
    const own = there.find((c) => !c.demo);
    return own ? again(client, own, wish) : found(client, wish, publish, now);
  });
}

/**
 * Creates one more company on the same installation; nothing of it touches the others. Refuses with setup.taken when one
 * of that name is there, and with what createOwnCompany refuses.
 */
export async function createFurtherCompany(
  pool: Pool,
  wish: OwnCompany,
  publish: PublishPacks,
  now: Instant = Date.now(),
): Promise<Result<{ tenant: string; personId: string }>> {
  return founding(pool, wish, (client, there) => {
    const taken = there.some(({ name }) => name === wish.company.trim());
    return taken ? Promise.resolve(refuse(nameTaken)) : found(client, wish, publish, now);
  });
}

const nameTaken = refusal(
  'setup.taken',
  text('已有同名的公司，登录时将无法分辨', 'There is a company of that name; nobody could tell them apart'),
  { field: 'company' },
);

type Founded = Result<{ tenant: string; personId: string }>;

async function founding(
  pool: Pool,
  wish: OwnCompany,
  make: (client: PoolClient, there: Company[]) => Promise<Founded>,
): Promise<Founded> {
  const fault = faultOf(wish);
  if (fault) return refuse(fault);
  return creating(pool, make).catch((cause: unknown) => {
    if (cause instanceof Refused) return refuse(cause.refusal);
    throw cause;
  });
}

async function found(client: PoolClient, wish: OwnCompany, publish: PublishPacks, now: Instant): Promise<Founded> {
  const tenant = newTenantId();
  await actFor(client, tenant);
  const personId = await furnish(client, tenant, wish, now);
  const { username, password } = wish.administrator;
  const account = await createAccount(client, tenant, { personId, username, password }, now);
  if (!account.ok) throw new Refused(account.refusal);
  await publish(client, tenant);
  return accept({ tenant, personId });
}

/** Carries a refusal out of a transaction so that what was begun is rolled back. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(why: Refusal) {
    super(why.code);
    this.refusal = why;
  }
}

async function furnish(client: PoolClient, tenant: string, wish: OwnCompany, now: Instant): Promise<string> {
  const company = wish.company.trim();
  const estate = wish.estate.trim();
  const personId = randomUUID();
  await client.query('insert into huiyin.tenant (tenant_id, name_zh) values ($1, $2)', [tenant, company]);
  const unit = (code: string, kind: string, zh: string, en: string, headPost: string, sort: number): UnitRow => ({
    unit_id: randomUUID(),
    code,
    parent_id: null,
    kind,
    name_zh: zh,
    name_en: en,
    head_post: headPost,
    sort,
  });
  const root = unit('company', 'company', company, '', 'generalManager', 0);
  const below = [
    unit('office1', 'siteOffice', `${estate}项目部`, '', 'propertyManager', 1),
    ...STANDARD_UNITS.map((u, i) => unit(u.code, 'department', u.zh, u.en, 'departmentHead', i + 2)),
  ].map((u) => ({ ...u, parent_id: root.unit_id }));
  await insertRows(client, 'unit', tenant, [root, ...below]);
  const idOf = new Map([root, ...below].map((u) => [u.code, u.unit_id]));
  await insertRows(client, 'person', tenant, [
    {
      person_id: personId,
      name: wish.administrator.name.trim(),
      unit_id: root.unit_id,
      sort: 0,
      automaton: false,
    },
  ]);
  // Until others are entered one person answers for everything; a post nobody holds would leave cases without anybody.
  await insertRows(
    client,
    'post_assignment',
    tenant,
    FIRST_POSTS.map(([post, code]) => ({
      person_id: personId,
      post,
      unit_id: idOf.get(code) ?? root.unit_id,
      from_date: localDate(now),
    })),
  );
  await insertRows(client, 'premises', tenant, [
    {
      premises_id: randomUUID(),
      parent_id: null,
      kind: 'estate',
      code: 'E1',
      name_zh: estate,
      name_en: '',
      full_name: estate,
      door_code: newToken(tenant).text,
      site_office_id: idOf.get('office1') ?? null,
      sort: 0,
    },
  ]);
  return personId;
}

type UnitRow = Record<'unit_id' | 'code' | 'kind' | 'name_zh' | 'name_en' | 'head_post', string> & {
  parent_id: string | null;
  sort: number;
};

async function again(
  client: PoolClient,
  own: Company,
  wish: OwnCompany,
): Promise<Result<{ tenant: string; personId: string }>> {
  await actFor(client, own.tenant);
  const found = await client.query<{ personId: string; password: string }>(
    'select person_id as "personId", password from huiyin.login where tenant_id = $1 and username = $2',
    [own.tenant, normalUsername(wish.administrator.username)],
  );
  const login = found.rows[0];
  // Whoever sent the same answers twice proves it with the password he just chose.
  if (login && own.name === wish.company.trim() && (await verifyPassword(wish.administrator.password, login.password)))
    return accept({ tenant: own.tenant, personId: login.personId });
  return refuse(
    refusal(
      'setup.done',
      text('本系统已经设置过公司，请登录', 'A company has already been set up here: please sign in'),
    ),
  );
}

function faultOf(wish: OwnCompany): Refusal | undefined {
  const asked: [string, string, string, string, string][] = [
    ['setup.company', 'company', wish.company, '公司名称', 'the name of the company'],
    ['setup.estate', 'estate', wish.estate, '小区名称', 'the name of the estate'],
    ['setup.name', 'administrator.name', wish.administrator.name, '管理员姓名', "the administrator's name"],
  ];
  const faults = asked
    .filter(([, , value]) => value.trim() === '' || [...value].length > 60)
    .map(([code, field, , zh, en]) =>
      refusal(code, text(`请填写${zh}（不超过 60 字）`, `Please enter ${en} (at most 60 characters)`), { field }),
    );
  const [first, ...also] = faults;
  return first && (also.length > 0 ? { ...first, also } : first);
}

const newTenantId = (): string =>
  Array.from({ length: 8 }, () => 'abcdefghjkmnpqrstuvwxyz23456789'[randomInt(31)]).join('');

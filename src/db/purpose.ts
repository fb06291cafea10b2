import pg, { type ClientBase, type PoolConfig } from 'pg';
import { Trouble } from './trouble.ts';

export type Purpose = 'production' | 'sandbox';

/** What the database was first opened for; undefined before its first use. */
export async function readPurpose(owner: PoolConfig): Promise<Purpose | undefined> {
  return withClient(owner, async (client) => {
    const there = await client.query<{ there: boolean }>(
      `select to_regclass('huiyin.installation') is not null as there`,
    );
    if (!there.rows[0]?.there) return undefined;
    return (await client.query<{ purpose: Purpose }>('select purpose from huiyin.installation')).rows[0]?.purpose;
  });
}

/** Refuses, before anything is written, to open a demo as a company's database or the reverse. Throws Trouble. */
export async function checkPurpose(owner: PoolConfig, wanted: Purpose): Promise<void> {
  mustMatch(await readPurpose(owner), wanted);
}

/** Writes the purpose at first use (after the migrations); later calls only compare. Throws Trouble on mismatch. */
export async function claimPurpose(owner: PoolConfig, wanted: Purpose): Promise<void> {
  await withClient(owner, async (client) => {
    await client.query('insert into huiyin.installation (purpose) values ($1) on conflict do nothing', [wanted]);
  });
  await checkPurpose(owner, wanted);
}

/**
 * Says what the database is for in the transaction that founds its company; answers what it is for, which is something
 * else when it was decided before.
 */
export async function claimPurposeIn(client: ClientBase, wanted: Purpose): Promise<Purpose> {
  const said = await client.query<{ purpose: Purpose }>('select huiyin.claim_purpose($1) as purpose', [wanted]);
  const [row] = said.rows;
  if (!row) throw new Error('the purpose was not written');
  return row.purpose;
}

function mustMatch(has: Purpose | undefined, wanted: Purpose): void {
  if (has === undefined || has === wanted) return;
  throw wanted === 'sandbox'
    ? new Trouble(
        'purpose.production',
        '这是正式数据库，不能用 --sandbox 打开：演示请用 --data 另选空目录',
        'This is a production database and never opens with --sandbox: choose an empty folder with --data for the demo',
      )
    : new Trouble(
        'purpose.sandbox',
        '这是演示数据库，不能用于正式业务：正式使用请用 --data 另选空目录',
        'This is a demo database and never becomes a company’s own: choose an empty folder with --data for real use',
      );
}

async function withClient<T>(owner: PoolConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

import { expect, test } from 'vitest';
import { rawJsonTypes, toTimestamp, transaction, withTenant } from './pool.ts';
import { statement } from './statement.ts';
import { testDatabase } from './testing.ts';

const db = testDatabase();

test('moments come back as the milliseconds that went in, in any century', async () => {
  for (const at of [
    0,
    -1,
    1_795_314_329_610,
    Date.UTC(1900, 0, 1),
    Date.UTC(2999, 11, 31, 23, 59, 59, 999),
    -62_000_000_000_000,
  ]) {
    const { rows } = await db.appPool.query('select $1::timestamptz as at', [toTimestamp(at)]);
    expect(rows).toEqual([{ at }]);
  }
  const { rows } = await db.appPool.query(`select 'infinity'::timestamptz as never, date '2026-02-14' as day`);
  expect(rows).toEqual([{ never: Number.POSITIVE_INFINITY, day: '2026-02-14' }]);
});

test('large counters are numbers, and one too large to be exact is an error instead of a wrong number', async () => {
  expect((await db.appPool.query('select 9007199254740991::int8 as n')).rows).toEqual([{ n: 9_007_199_254_740_991 }]);
  await expect(db.appPool.query('select 9007199254740993::int8 as n')).rejects.toThrow(/9007199254740993/);
  expect((await db.appPool.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
});

test('json is read as values, or handed on as text when asked', async () => {
  const text = `select '{"a": [1, "𠮷"]}'::jsonb as j`;
  expect((await db.appPool.query(text)).rows).toEqual([{ j: { a: [1, '𠮷'] } }]);
  expect((await db.appPool.query({ text, types: rawJsonTypes })).rows).toEqual([{ j: '{"a": [1, "𠮷"]}' }]);
});

test('the tenant is set inside the transaction only, whatever characters its name has', async () => {
  const ask = statement<{ tenant: string | null }>(
    'test.tenant',
    `select nullif(current_setting('app.tenant', true), '') as tenant`,
  );
  const odd = `o'; drop schema huiyin; --`;
  expect(await withTenant(db.appPool, odd, (client) => ask.run(client))).toEqual([{ tenant: odd }]);
  for (let i = 0; i < 8; i += 1) expect(await ask.one(db.appPool)).toEqual({ tenant: null });
});

test('work that throws leaves nothing, and the connection is good for the next one', async () => {
  await db.ownerPool.query('create table huiyin.slip (a int)');
  const failing = transaction(db.ownerPool, async (client) => {
    await client.query('insert into huiyin.slip values (1)');
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect((await db.ownerPool.query('select count(*) as n from huiyin.slip')).rows).toEqual([{ n: 0 }]);
});

test('two different statements cannot share a name', () => {
  statement('test.same', 'select 1');
  statement('test.same', 'select 1');
  expect(() => statement('test.same', 'select 2')).toThrow(/test.same/);
});

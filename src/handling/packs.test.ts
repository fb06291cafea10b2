import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#db/testing.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { openHandler } from './handle.ts';
import { openPacks, publishPack } from './packs.ts';
import { foundTestCompany, type TestCompany, testTime } from './testing.ts';
import { testPack } from './testing-pack.ts';

const db = testDatabase();
const START = Date.parse('2026-11-22T10:00:00+08:00');
let company: TestCompany;

beforeAll(async () => {
  company = await foundTestCompany(db.appPool, START);
});

const publish = (sources: ReturnType<typeof testPack>) =>
  publishPack(db.appPool, company.tenant, { sources, by: '李经理', reviewNote: '', now: START });
const reworded = (version: string) =>
  testPack(version).map((file) => ({ ...file, text: file.text.replace('有诉必复', '件件有着落') }));

test('publishing the same procedure again changes nothing', async () => {
  expect((await publish(testPack())).ok).toBe(true);
  expect(await openPacks(db.appPool).list(company.tenant)).toHaveLength(1);
});

test('other words under a version that is already out are refused', async () => {
  const said = await publish(reworded('1.0.0'));
  expect(!said.ok && said.refusal.code).toBe('pack.versionTaken');
});

test('a procedure with a fault is refused with file, line and column', async () => {
  const broken = testPack('9.0.0').map((file) => ({ ...file, text: file.text.replace('by: [clerk]', 'by: [clrk]') }));
  const said = await publish(broken);
  expect(!said.ok && said.refusal.code).toBe('pack.invalid');
  expect(!said.ok && said.refusal.message.zh).toMatch(/complaint\.yaml 第 \d+ 行第 \d+ 列/);
});

test('a case keeps the version it began under; new cases follow the new one', async () => {
  const packs = openPacks(db.appPool);
  const directory: DirectoryCache = await openDirectoryCache(db.appPool);
  const handler = openHandler({
    pool: db.appPool,
    time: testTime(START),
    packs,
    directory,
    calendars: company.calendars,
    mail: false,
  });
  const register = async () => {
    const said = await handler.handle({
      tenant: company.tenant,
      actor: company.clerk,
      pack: 'T',
      command: { type: 'register', matter: 'complaint', channel: 'phone', values: { content: '噪音' } },
    });
    if (!said.ok) throw new Error(said.refusal.code);
    return said.value;
  };
  const old = await register();
  await publish(reworded('2.0.0'));
  packs.drop(company.tenant);
  const fresh = await register();
  const later = await handler.handle({
    tenant: company.tenant,
    actor: company.manager,
    caseId: old.caseId,
    command: { type: 'take', step: 'contact', values: { words: '已联系' } },
  });
  directory.close();
  expect(old.state.packVersion).toBe('1.0.0');
  expect(later.ok && later.value.state.packVersion).toBe('1.0.0');
  expect(fresh.state.packVersion).toBe('2.0.0');
  const published = await packs.list(company.tenant);
  expect(published.map((p) => [p.version, p.current])).toEqual([
    ['1.0.0', false],
    ['2.0.0', true],
  ]);
});

test('a pack that would leave somebody without an answer cannot be published, and the refusal shows the way', async () => {
  const sources = testPack('9.0.0').map((source) => ({
    ...source,
    text: source.text.replace('starts: [contact, solve]', 'starts: [contact]'),
  }));
  const refused = await publishPack(db.appPool, company.tenant, { sources, by: '李经理', reviewNote: '', now: START });
  expect(refused.ok).toBe(false);
  if (!refused.ok)
    expect([refused.refusal, ...(refused.refusal.also ?? [])].map((one) => one.code)).toContain('pack.unproved');
});

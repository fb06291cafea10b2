import { expect, test } from 'vitest';
import { readPackFolder } from '#app/packs.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { WorklistPage } from '#http/contract/worklist.ts';
import { site, usual } from './support.ts';

const at = site();

/** A second procedure that knows the same matters as the first. */
async function secondPack(): Promise<void> {
  const sources = (await readPackFolder('packs/s1')).map((file) =>
    file.path === 'pack.yaml' ? { ...file, text: file.text.replace(/^pack: S1$/m, 'pack: ZZ') } : file,
  );
  const said = await at().program.handling.publish(DEMO_TENANT, { sources, by: 'test', reviewNote: '' });
  expect(said.ok).toBe(true);
}

test('with one procedure in force nobody is asked which; with two that know a complaint the clerk must say, and the list can be narrowed to one', async () => {
  const clerk = await at().as('zhouxiaoyan');
  expect((await clerk.register()).pack).toBe('S1');
  await secondPack();
  const body = { matter: 'complaint', channel: 'phone', values: usual() };
  const register = (more: object) =>
    clerk.ask<CaseView & { code: string; messages: { zh: string; en: string } }>('/api/v1/cases', {
      method: 'POST',
      body: { ...body, ...more },
    });
  const unclear = await register({});
  expect([unclear.status, unclear.body.code]).toEqual([422, 'register.whichPack']);
  expect(unclear.body.messages.zh).toMatch(/S1 .+、ZZ /);
  expect(unclear.body.messages.en).toMatch(/S1 .+, ZZ /);
  const strange = await register({ pack: 'Q9' });
  expect([strange.status, strange.body.code]).toEqual([422, 'register.unknownPack']);
  const second = await register({ pack: 'ZZ' });
  expect([second.status, second.body.pack]).toEqual([201, 'ZZ']);

  const officer = await at().as('chenlijuan');
  const list = async (query: string): Promise<string[]> =>
    (await officer.ask<WorklistPage>(`/api/v1/worklist?view=all&${query}`)).body.items.map(({ pack }) => pack);
  expect([...new Set(await list('limit=50'))].sort()).toEqual(['S1', 'ZZ']);
  expect(await list('pack=ZZ')).toEqual(['ZZ']);
});

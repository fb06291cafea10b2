import { expect, test } from 'vitest';
import type { WireProblem } from '#http/contract/common.ts';
import type { DeadLetterView } from '#http/contract/dead-letter.ts';
import { site } from './support.ts';

const at = site();

test('a mail that could not be registered is listed for those who take matters in, and counted for the operator', async () => {
  await at().database.ownerPool.query(
    `insert into huiyin.mail_message (tenant_id, key, sender, subject, received_at, kept_at, size, whole, new_case_id,
       status, reason, reason_zh, reason_en)
     values ('demo', sha256('m'), 'a@b.cn', '请回电 19900001234', now(), now(), 12, true, gen_random_uuid(),
       'deadLetter', 'mail.empty', '邮件没有任何内容', 'There is nothing in the mail')`,
  );
  const officer = await at().as('chenlijuan');
  const listed = await officer.ask<{ items: DeadLetterView[] }>('/api/v1/dead-letters');
  expect(listed.status, listed.text).toBe(200);
  expect(listed.body.items).toMatchObject([{ sender: 'a@b.cn', code: 'mail.empty', why: { zh: '邮件没有任何内容' } }]);
  expect(listed.text).not.toContain('19900001234');
  const gardener = await (await at().as('fengdahai')).ask<WireProblem>('/api/v1/dead-letters');
  expect(gardener.body).toMatchObject({ status: 403, code: 'role.notYours' });
  expect((await at().anybody.ask('/metrics')).text).toMatch(/^huiyin_dead_letters 1$/m);
});

test('whoever has seen to a letter says how, it is put away for all, and what was done stays on record', async () => {
  const officer = await at().as('chenlijuan');
  const [letter] = (await officer.ask<{ items: DeadLetterView[] }>('/api/v1/dead-letters')).body.items;
  const settle = (who: typeof officer, note: string) =>
    who.ask<WireProblem>('/api/v1/dead-letters/settled', {
      method: 'POST',
      body: { channel: letter?.channel, direction: letter?.direction, key: letter?.key, note },
    });
  expect((await settle(officer, ' ')).status).toBe(422);
  expect((await settle(await at().as('fengdahai'), '已处理')).body.code).toBe('role.notYours');
  expect((await settle(officer, '已回电，按电话登记')).status).toBe(204);
  const again = await settle(await at().as('zhaominghui'), '也打过了');
  expect(again.body).toMatchObject({ status: 409, code: 'deadLetter.settled' });
  expect((await officer.ask<{ items: DeadLetterView[] }>('/api/v1/dead-letters')).body.items).toEqual([]);
  expect((await at().anybody.ask('/metrics')).text).toMatch(/^huiyin_dead_letters 0$/m);
  const kept = await at().database.ownerPool.query('select by_name, note from huiyin.letter_settled');
  expect(kept.rows).toEqual([{ by_name: '陈丽娟', note: '已回电，按电话登记' }]);
});

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { demoPerson } from '#directory/demo/company.ts';
import type { WireProblem } from '#http/contract/common.ts';
import type { NoticeHistoryView, NoticeSettingsView } from '#http/contract/notice-history.ts';
import { type Client, site } from './support.ts';

const at = site();
const historyOf = async (who: Client, caseId: string) =>
  (await who.ask<{ items: NoticeHistoryView[] }>(`/api/v1/cases/${caseId}/notices`)).body.items;

test('谁被告知了什么、有没有送到，案件页上看得见；没送到的有人看见，可以重发；业主打开页面就算看过', async () => {
  const officer = await at().as('chenlijuan');
  const seen = await officer.register();
  const [toOwner] = (await historyOf(officer, seen.id)).filter((one) => one.toOwner);
  expect(toOwner).toMatchObject({ delivery: 'page', readAt: null, sendings: [] });
  const { seq } = toOwner ?? { seq: 0 };
  await at().database.ownerPool.query(
    `insert into huiyin.notice_sending (tenant_id, case_id, seq, attempt, way, address, place, reason, status, due_at, settled_at, note)
     values ('demo', $1, $2, 1, 'email', 'w***@example.test', 'owner', 'first', 'failed', now(), now(), '550 19900001234')`,
    [seen.id, seq],
  );
  await at().database.ownerPool.query(
    `update huiyin.notice set delivery = 'failed', delivery_at = now() where case_id = $1 and seq = $2`,
    [seen.id, seq],
  );
  const listed = await officer.ask<{ items: NoticeHistoryView[] }>('/api/v1/undelivered-notices');
  expect(listed.body.items).toMatchObject([{ caseId: seen.id, seq, sendings: [{ way: 'email', status: 'failed' }] }]);
  expect(listed.text).not.toContain('19900001234');
  const gardener = await at().as('fengdahai');
  expect((await gardener.ask<WireProblem>('/api/v1/undelivered-notices')).body.code).toBe('role.notYours');
  const again = () => officer.ask<WireProblem>(`/api/v1/cases/${seen.id}/notices/${seq}/sending`, { method: 'POST' });
  expect((await again()).status).toBe(204);
  expect((await again()).body.code).toBe('notice.notFailed');
  const page = await officer.ask<{ url: string }>(`/api/v1/cases/${seen.id}/owner-page`, { method: 'POST' });
  const opened = await at().anybody.ask(page.body.url.replace(/^https?:\/\/[^/]+/, ''));
  expect(opened.text).toContain('我们是怎样通知您的');
  expect((await historyOf(officer, seen.id)).find((one) => one.seq === seq)).toMatchObject({ readBy: 'page' });
});

test('证书到期的通知哪条路都没送达：本人的上级和管理员看得到、能重发，不相干的人看不到', async () => {
  const holder = demoPerson('luoyong');
  const certificate = randomUUID();
  const about = [certificate, holder];
  await at().database.ownerPool.query(
    `insert into huiyin.notice (tenant_id, about, case_id, seq, notice, recipient_kind, recipient_id, recipient_name, role,
       text_zh, text_en, at, delivery, delivery_at)
     values ('demo', 'certificate', $1, 1, 'certificateEnds', 'person', $2, '罗勇', 'holder', '您的证书到期', 'ends', now(), 'failed', now())`,
    about,
  );
  await at().database.ownerPool.query(
    `insert into huiyin.notice_sending (tenant_id, case_id, seq, attempt, way, address, place, reason, status, due_at, settled_at)
     values ('demo', $1, 1, 1, 'email', 'l***@example.test', 'person:' || $2, 'first', 'failed', now(), now())`,
    about,
  );
  const undelivered = async (who: Client) =>
    (await who.ask<{ items: NoticeHistoryView[] }>('/api/v1/undelivered-notices')).body.items.filter(
      (one) => one.caseId === certificate,
    );
  const again = (who: Client) =>
    who.ask<WireProblem>(`/api/v1/cases/${certificate}/notices/1/sending`, { method: 'POST' });
  const [keeper, clerk] = [await at().as('xukai'), await at().as('chenlijuan')];
  expect(await undelivered(keeper)).toMatchObject([
    { about: 'certificate', number: '', to: '罗勇', delivery: 'failed' },
  ]);
  expect(await undelivered(clerk)).toEqual([]);
  expect((await again(clerk)).status).toBe(404);
  expect((await again(keeper)).status).toBe(204);
});

test('通知设置：每人管自己的，公司的由管理员定', async () => {
  const officer = await at().as('chenlijuan');
  const put = (who: Client, what: string, body: unknown) =>
    who.ask<WireProblem>(`/api/v1/notice-settings/${what}`, { method: 'PUT', body });
  const choice = {
    quiet: 'own',
    quietHours: { from: '21:30', to: '06:30' },
    together: 'never',
    togetherMinutes: null,
    ways: ['page'],
  };
  expect((await put(officer, 'choice', choice)).status).toBe(204);
  expect((await officer.ask<NoticeSettingsView>('/api/v1/notice-settings')).body.choice).toEqual(choice);
  expect((await put(officer, 'choice', { ...choice, quietHours: null })).status).toBe(422);
  const rules = { quiet: { from: '22:00', to: '07:00' }, togetherMinutes: 10, unreadMinutes: 60, ways: ['email'] };
  expect((await put(officer, 'rules', rules)).body.code).toBe('role.notYours');
  const head = await at().as('heguodong');
  expect((await put(head, 'rules', rules)).status).toBe(204);
  expect((await head.ask<NoticeSettingsView>('/api/v1/notice-settings')).body.rules).toEqual(rules);
});

import type { BrowserContext, Page } from '@playwright/test';
import { type Desk, expect, test } from './desk.ts';

/** Registers a call the way the page does, so that a story can begin where its own subject begins. */
async function registerCall(
  desk: Desk,
  context: BrowserContext,
  content: string,
): Promise<{ id: string; number: string }> {
  const answer = await context.request.post(`${desk.url}/api/v1/cases`, {
    headers: { 'idempotency-key': crypto.randomUUID() },
    data: {
      matter: 'complaint',
      channel: 'phone',
      values: {
        content,
        occurredAt: '2026-01-05T10:00:00+08:00',
        place: '锦绣花园3栋2单元101',
        contactName: '谢先生',
        contactPhone: '19900000121',
        category: 'environment/greening',
      },
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return answer.json();
}

const submit = (page: Page): Promise<void> => page.keyboard.press('Control+Enter');

test('a clerk registers a telephone call by keyboard alone and has a number to read out', async ({
  desk,
  page,
  context,
}) => {
  await desk.signIn(context, '周晓燕');
  await page.goto(desk.url);
  await expect(page.getByRole('heading', { name: '待办', exact: true })).toBeVisible();
  const begun = Date.now();
  await page.keyboard.press('n');
  await expect(page.getByLabel('联系电话')).toBeFocused();
  await page.keyboard.type('19900000121');
  await expect(page.locator('.offer').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('地点')).not.toHaveValue('');
  await expect(page.getByLabel('业主姓名')).toBeFocused();
  await page.keyboard.type('谢先生');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('2');
  await expect(page.getByRole('radio', { name: '意见' })).toBeChecked();
  await page.keyboard.press('1');
  await expect(page.getByRole('radio', { name: '投诉' })).toBeChecked();
  await page.getByRole('radio', { name: '投诉' }).press('Tab');
  await expect(page.getByLabel('投诉内容')).toBeFocused();
  await page.keyboard.type('楼下绿化带杂草很高，蚊子多');
  await page.keyboard.press('Tab');
  await page.keyboard.type('修剪');
  await expect(page.getByRole('option', { name: /绿化/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await submit(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^TS\d{6}-\d{4}$/);
  await expect(page.getByText(/24 小时内联系业主，截止/)).toBeVisible();
  await expect(page.getByRole('img', { name: '业主查询页的二维码' })).toBeVisible();
  expect(Date.now() - begun).toBeLessThan(45_000);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('联系电话')).toBeFocused();
  await expect(page.getByLabel('联系电话')).toHaveValue('');
});

test('a half-written call survives a reload and a dead line, and is registered once', async ({
  desk,
  page,
  context,
}) => {
  await desk.signIn(context, '王梦婷');
  await page.goto(`${desk.url}/intake`);
  await page.getByLabel('联系电话').fill('19900000121');
  await page.getByLabel('业主姓名').fill('谢先生');
  await page.getByLabel('地点').fill('锦绣花园3栋2单元101');
  await page.getByLabel('投诉内容').fill('单元门的灯不亮');
  await page.reload();
  await expect(page.getByLabel('投诉内容')).toHaveValue('单元门的灯不亮');
  const keys: (string | undefined)[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/cases'))
      keys.push(request.headers()['idempotency-key']);
  });
  await context.setOffline(true);
  await submit(page);
  await expect(page.getByRole('alert')).toContainText('填写的内容都还在');
  await context.setOffline(false);
  await submit(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^TS\d{6}-\d{4}$/);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

test('a call with a missing field is refused beside that field, and the hands are put there', async ({
  desk,
  page,
  context,
}) => {
  await desk.signIn(context, '李一凡');
  await page.goto(`${desk.url}/intake`);
  await page.getByLabel('联系电话').fill('123');
  await submit(page);
  await expect(page.locator('[data-name=contactPhone]')).toContainText('电话号码不对');
  await expect(page.locator('[data-name=content]')).toContainText('请填写');
  await expect(page.getByLabel('联系电话')).toBeFocused();
});

test('the worklist shows the next deadline first and counts its last hour down to the second', async ({
  desk,
  page,
  context,
}) => {
  await desk.signIn(context, '赵明辉');
  const list = await (await context.request.get(`${desk.url}/api/v1/worklist?view=all&state=open`)).json();
  const due: number[] = list.items.flatMap((item: { nextDeadline: { dueAt: string } | null }) =>
    item.nextDeadline ? [Date.parse(item.nextDeadline.dueAt)] : [],
  );
  expect(due).toEqual(due.toSorted((a, b) => a - b));
  const { now } = await (await context.request.get(`${desk.url}/api/v1/session`)).json();
  const next = due.find((moment) => moment > Date.parse(now) + 1_800_000) ?? 0;
  const moved = await context.request.post(`${desk.url}/api/v1/sandbox/clock`, {
    data: { now: new Date(next - 1_800_000).toISOString() },
  });
  expect(moved.ok()).toBe(true);
  await page.goto(desk.url);
  await page.getByRole('button', { name: '全部', exact: true }).click();
  const soon = page
    .locator('[data-urgency]')
    .filter({ hasText: /还剩 \d\d:\d\d/ })
    .first();
  const before = await soon.textContent();
  await expect(soon).not.toHaveText(before ?? '', { timeout: 3_000 });
  const late = page.locator('[data-urgency=late]').first();
  await expect(late).toContainText('超时');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.locator('.worklist a').nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/cases\//);
});

test('a new case appears in an open worklist without a reload', async ({ desk, page, context, browser }) => {
  await desk.signIn(context, '赵明辉');
  await page.goto(desk.url);
  await page.getByRole('button', { name: '全部', exact: true }).click();
  await page.getByLabel('搜索编号、内容、房号').fill('电梯按钮');
  await expect(page.getByText('没有符合的')).toBeVisible();
  const clerk = await browser.newContext();
  await desk.signIn(clerk, '周晓燕');
  await registerCall(desk, clerk, '电梯按钮按了没反应');
  await expect(page.getByText('电梯按钮按了没反应')).toBeVisible();
  await clerk.close();
});

test('whoever sits down next at a screen hears of his cases, also those that the one before may not see', async ({
  desk,
  page,
  context,
  browser,
}) => {
  await desk.signIn(context, '罗勇');
  await page.goto(desk.url);
  await expect(page.getByRole('heading', { name: '待办', exact: true })).toBeVisible();
  const people = await (await context.request.get(`${desk.url}/api/v1/sandbox/people`)).json();
  const next = people.find(({ name }: { name: string }) => name === '陈丽娟');
  await page.locator('.sandbox-who select').selectOption(next.personId);
  await expect(page.locator('.account-words b')).toHaveText('陈丽娟');
  const other = await browser.newContext();
  await desk.signIn(other, '陈丽娟');
  const { id, number } = await registerCall(desk, other, '地下车库积水');
  const before = await browser.newContext();
  await desk.signIn(before, '罗勇');
  expect((await before.request.get(`${desk.url}/api/v1/cases/${id}`)).ok()).toBe(false);
  await expect(page.getByText(number).first()).toBeVisible();
  for (const one of [other, before]) await one.close();
});

test('the officer records the first contact; what is missing is said beside the field, and the clock stops as kept', async ({
  desk,
  page,
  context,
}) => {
  await desk.signIn(context, '陈丽娟');
  const { id } = await registerCall(desk, context, '垃圾桶满了没人清');
  await page.goto(`${desk.url}/cases/${id}`);
  await expect(page.getByText('24 小时内联系业主').first()).toBeVisible();
  await page.getByRole('button', { name: /联系业主/ }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('联系到谁').fill('谢先生');
  await submit(page);
  await expect(drawer.locator('[data-name=contentConfirmed]')).toContainText('请勾选');
  await drawer.getByText('电话', { exact: true }).click();
  await drawer.getByLabel('已与业主核对投诉内容').check();
  await drawer.getByLabel('已告知处理流程和后续时限').check();
  await submit(page);
  await expect(drawer).toBeHidden();
  await expect(page.locator('.case-title')).toContainText('已联系确认');
  await page.getByText(/已结束、没有超时的/).click();
  await expect(page.locator('.clock[data-status=kept]').filter({ hasText: '联系业主' })).toContainText('按时完成');
});

test('what cannot be done yet says why', async ({ desk, page, context }) => {
  await desk.signIn(context, '陈丽娟');
  const { id } = await registerCall(desk, context, '路灯坏了');
  await page.goto(`${desk.url}/cases/${id}`);
  await page.locator('.blocked summary').first().click();
  const blocked = page.locator('.blocked li').first();
  await expect(blocked.locator('.muted').first()).not.toBeEmpty();
});

test('a masked telephone number is shown only after a reason was given', async ({ desk, page, context }) => {
  await desk.signIn(context, '陈丽娟');
  const { id } = await registerCall(desk, context, '健身器材松动');
  await page.goto(`${desk.url}/cases/${id}`);
  await expect(page.getByText('199****0121', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: '查看明文' }).click();
  await page.getByRole('dialog').getByLabel('联系业主').check();
  await page.getByRole('dialog').getByRole('button', { name: '查看明文' }).click();
  await expect(page.getByText('19900000121')).toBeVisible();
  await expect(page.getByText('明文显示至')).toBeVisible();
});

test('a satisfied owner signs on the glass under the form just shown, and the case moves on', async ({
  desk,
  page,
  context,
}) => {
  await desk.signIn(context, '陈丽娟');
  const list = await (await context.request.get(`${desk.url}/api/v1/worklist?view=all&limit=200`)).json();
  const waiting = list.items.find((item: { state: string }) => item.state === 'awaitingSignature');
  await desk.signIn(context, waiting.assignee.name);
  await page.goto(`${desk.url}/cases/${waiting.id}`);
  await page.locator('.papers').getByRole('button', { name: '签字' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('article')).toContainText(waiting.number);
  await drawer.getByLabel('签字人姓名').fill('方女士');
  const glass = drawer.locator('canvas');
  await glass.evaluate('(glass) => glass.scrollIntoView({ block: "center" })');
  const at = await glass.boundingBox();
  if (!at) throw new Error('There is no glass to sign on');
  const stored = page.waitForResponse((response) => response.url().endsWith('/attachments'));
  await page.mouse.move(at.x + 40, at.y + 60);
  await page.mouse.down();
  for (let x = 0; x < 25; x++) await page.mouse.move(at.x + 40 + 8 * x, at.y + 60 + 25 * Math.sin(x / 2));
  await page.mouse.up();
  expect((await stored).status()).toBe(201);
  await drawer.getByLabel('签字人姓名').focus();
  await submit(page);
  await expect(drawer).toBeHidden();
  await expect(page.locator('.case-title')).toContainText('已签字');
  await expect(page.locator('.papers')).toContainText('已签');
});

test('when somebody else was faster, the page says who did what and keeps what was typed', async ({
  desk,
  page,
  context,
  browser,
}) => {
  await desk.signIn(context, '陈丽娟');
  const { id } = await registerCall(desk, context, '草坪被车压坏');
  await page.goto(`${desk.url}/cases/${id}`);
  await page.getByRole('button', { name: /^分类/ }).click();
  await page.getByRole('dialog').getByLabel('改类别的理由').fill('属于秩序管理');
  const other = await browser.newContext();
  await desk.signIn(other, '赵明辉');
  const seen = await other.request.get(`${desk.url}/api/v1/cases/${id}`);
  const noted = await other.request.post(`${desk.url}/api/v1/cases/${id}/commands`, {
    headers: { 'if-match': seen.headers().etag ?? '' },
    data: { type: 'annotate', text: '业主又打来一次' },
  });
  expect(noted.ok(), await noted.text()).toBe(true);
  await submit(page);
  const conflict = page.getByRole('dialog', { name: '这件案子刚有变化' });
  await expect(conflict).toContainText('赵明辉');
  await expect(conflict).toContainText('业主又打来一次');
  await conflict.getByRole('button', { name: '回去再看看我填的' }).click();
  await expect(page.getByRole('dialog').getByLabel('改类别的理由')).toHaveValue('属于秩序管理');
  await submit(page);
  await expect(page.getByRole('dialog')).toBeHidden();
  await other.close();
});

test('a clock that speaks while one writes disturbs nobody: what was typed goes through at the first press', async ({
  desk,
  page,
  context,
}) => {
  await desk.signIn(context, '陈丽娟');
  const { id } = await registerCall(desk, context, '儿童乐园的秋千断了一根绳');
  await page.goto(`${desk.url}/cases/${id}`);
  await page.getByRole('button', { name: /^分类/ }).click();
  await page.getByRole('dialog').getByLabel('改类别的理由').fill('属于设施维修');
  const seqOf = async (): Promise<number> =>
    (await (await context.request.get(`${desk.url}/api/v1/cases/${id}`)).json()).seq;
  const before = await seqOf();
  await desk.advance(context, 'PT30H');
  expect(await seqOf()).toBeGreaterThan(before);
  await submit(page);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('属于设施维修').first()).toBeVisible();
});

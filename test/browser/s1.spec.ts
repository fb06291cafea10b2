import type { Browser, Page } from '@playwright/test';
import { type Desk, expect, test } from './desk.ts';
import { Hand } from './hand.ts';

const GREEN_BELT = '小区南门绿化带杂草长到膝盖，花木枯了一片';
const told = {
  处理情况: { words: '已修剪、施肥' },
  后续改进措施: { words: '绿化养护由每月一次改为每月两次' },
  通知方式: { pick: '电话' },
};
const talked = {
  联系方式: { pick: '电话' },
  联系到谁: { words: '业主A' },
  已与业主核对投诉内容: { tick: true },
  已告知处理流程和后续时限: { tick: true },
} as const;

/** The telephone rings: the clerk writes it down and gives the owner his page. */
async function ring(browser: Browser, desk: Desk): Promise<{ id: string; ownerPage: string; officer: string }> {
  const clerk = await Hand.of(browser, desk, '周晓燕');
  const { page } = clerk;
  await page.goto(`${desk.url}/intake`);
  await page.getByLabel('联系电话').fill('13800001234');
  await page.getByLabel('业主姓名').fill('业主A');
  await page.getByLabel('地点').fill('锦绣花园南门绿化带');
  await page.getByLabel('投诉内容').fill(GREEN_BELT);
  const registered = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/v1/cases') && answer.request().method() === 'POST',
  );
  await page.keyboard.press('Control+Enter');
  const view = await (await registered).json();
  await expect(page.getByText(/^TS\d{6}-\d{4}$/)).toBeVisible();
  const ownerPage = (await page.getByRole('link', { name: /\/o\/c\// }).getAttribute('href')) ?? '';
  await clerk.close();
  return { id: view.id, ownerPage, officer: view.duties.caseOfficer.name };
}

async function days(page: Page, desk: Desk, ahead: number): Promise<string> {
  const { now } = await (await page.context().request.get(`${desk.url}/api/v1/session`)).json();
  return new Date(Date.parse(now) + ahead * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** The owner on his phone, with nothing but the link. */
async function ownerAt(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', hasTouch: true });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

const send = (page: Page): Promise<void> => page.locator('main form button.main[data-busy]').click();

async function signOnGlass(owner: Page): Promise<void> {
  await owner.getByRole('link', { name: '签字确认' }).click();
  await expect(owner.getByRole('heading', { name: '投诉登记表' })).toBeVisible();
  await expect(owner.getByText(GREEN_BELT)).toBeVisible();
  const glass = owner.locator('canvas');
  await glass.scrollIntoViewIfNeeded();
  const box = (await glass.boundingBox()) ?? { x: 0, y: 0 };
  await owner.mouse.move(box.x + 40, box.y + 60);
  await owner.mouse.down();
  for (let i = 1; i < 20; i += 1) await owner.mouse.move(box.x + 40 + i * 12, box.y + 60 + (i % 5) * 8);
  await owner.mouse.up();
  await expect(owner.getByText('手写签名已记下')).toBeVisible();
  await send(owner);
  await expect(owner.getByRole('heading', { level: 1 })).toContainText('您已签字确认');
}

const clockOn = (hand: Hand, title: string) => hand.page.locator('.clock').filter({ hasText: title });

async function showEnded(hand: Hand): Promise<void> {
  const ended = hand.page.getByText(/已结束、没有超时的/);
  if ((await ended.count()) > 0) await ended.click();
}

test('S1-38 S1-39 S1-40 S1-41 · the green belt, through the pages: from the telephone call to the sealed archive, everything in time', async ({
  browser,
  desk,
  context,
}) => {
  test.setTimeout(180_000);
  const { id, ownerPage, officer } = await ring(browser, desk);
  const li = await Hand.of(browser, desk, officer);
  await desk.advance(context, 'PT20H');
  await li.open(id);
  await li.take('联系业主', talked);
  await showEnded(li);
  await expect(clockOn(li, '24 小时内联系业主')).toContainText('按时完成');
  await li.take('分类', { 类别: { search: '绿化', take: /绿化/ } });
  await li.button('分派').click();
  const dispatch = li.page.getByRole('dialog');
  await expect(dispatch.locator('select').first()).toHaveValue('gardening');
  await li.page.keyboard.press('Escape');
  await li.take('分派', { 责任人: { search: '吴建平', take: /吴建平/ } });

  const b = await Hand.of(browser, desk, '吴建平');
  await b.open(id);
  await b.take('接单');
  await desk.advance(context, 'PT20H');
  await b.open(id);
  await b.take('提交现场调查', { 调查情况: { words: '杂草 20 厘米，枯死 12 株' }, 证据: { photo: '现场.jpg' } });
  await showEnded(b);
  await expect(clockOn(b, '48 小时内现场调查')).toContainText('按时完成');
  await b.take('提交处理方案', {
    处理措施: { lines: ['修剪', '施肥'] },
    承诺完成日: { day: await days(b.page, desk, 3) },
  });
  await b.take('完成一项措施', { 措施: { pick: '修剪' } });
  await b.take('完成一项措施', { 措施: { pick: '施肥' } });
  await b.take('处理完成', { 处理结果: { words: '绿化带整修完毕' } });
  await b.take('通知处理结果', told);

  const owner = await ownerAt(browser, ownerPage);
  await expect(owner.getByText('已修剪、施肥').first()).toBeVisible();
  await owner.getByRole('link', { name: '表示满意' }).click();
  await owner.getByLabel('满意', { exact: true }).check();
  await send(owner);
  await signOnGlass(owner);
  await owner.context().close();

  const archivist = await Hand.of(browser, desk, '陆文博');
  await archivist.open(id);
  await archivist.take('归档');
  await expect(archivist.page.locator('.case-title')).toContainText('已归档');
  const { request } = archivist.page.context();
  const sealed = `${desk.url}/api/v1/cases/${id}/dossier.zip`;
  expect((await request.get(sealed)).status()).toBe(403);
  await request.post(`${desk.url}/api/v1/cases/${id}/disclosure`, { data: { reason: '归档核对' } });
  const dossier = await request.get(sealed);
  expect(dossier.status()).toBe(200);
  expect((await dossier.body()).subarray(0, 2).toString()).toBe('PK');
  for (const hand of [li, b, archivist]) await hand.close();
});

test('S1-11 S1-25 S1-26 · the same through the pages when things go wrong: late contact stays late, “not satisfied” leads to a second round', async ({
  browser,
  desk,
  context,
}) => {
  test.setTimeout(180_000);
  const { id, ownerPage, officer } = await ring(browser, desk);
  const li = await Hand.of(browser, desk, officer);
  await desk.advance(context, 'PT25H');
  await li.open(id);
  await expect(clockOn(li, '24 小时内联系业主')).toContainText('超时');
  await li.take('联系业主', talked);
  await expect(clockOn(li, '24 小时内联系业主')).toContainText('超时');
  await li.take('分类', { 类别: { search: '绿化', take: /绿化/ } });
  await li.take('分派', { 责任人: { search: '吴建平', take: /吴建平/ } });

  const b = await Hand.of(browser, desk, '吴建平');
  const handle = async (measure: string): Promise<void> => {
    await b.open(id);
    await b.take('提交现场调查', { 调查情况: { words: '杂草丛生' }, 没有附件的原因: { words: '天黑' } });
    await b.take('提交处理方案', { 处理措施: { lines: [measure] }, 承诺完成日: { day: await days(b.page, desk, 2) } });
    await b.take('完成一项措施', { 措施: { pick: measure } });
    await b.take('处理完成', { 处理结果: { words: `${measure}完毕` } });
    await b.take('通知处理结果', told);
  };
  await b.open(id);
  await b.take('接单');
  await handle('修剪');

  const owner = await ownerAt(browser, ownerPage);
  await owner.getByRole('link', { name: '不满意' }).click();
  await owner.getByLabel('哪里不满意').fill('北段没有剪');
  await send(owner);
  await expect(owner.locator('.now')).toContainText('24 小时内再次沟通');

  const archivist = await Hand.of(browser, desk, '陆文博');
  await archivist.open(id);
  await expect(archivist.button('归档')).toHaveCount(0);
  expect(await archivist.whyNot('归档')).toContain('再沟通');
  await archivist.close();

  await b.open(id);
  await b.take('安排复查', { 复查什么: { words: '重看北段' } });
  await expect(clockOn(b, '48 小时内现场调查').filter({ hasText: '还剩' })).toBeVisible();
  await handle('补剪北段');
  await owner.reload();
  await owner.getByRole('link', { name: '表示满意' }).click();
  await owner.getByLabel('满意', { exact: true }).check();
  await send(owner);
  await signOnGlass(owner);
  await li.open(id);
  await li.take('归档');
  await expect(li.page.locator('.case-title')).toContainText('已归档');
  await expect(clockOn(li, '24 小时内联系业主')).toContainText('超时');
  for (const hand of [li, b]) await hand.close();
  await owner.context().close();
});

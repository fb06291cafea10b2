import { expectClean } from './clean.ts';
import { expect, test } from './desk.ts';

test('经理自己定免打扰；案件页上看得到谁被告知了什么；没送达的有一页', async ({ desk, page, context }) => {
  test.setTimeout(90_000);
  await page.setViewportSize({ width: 390, height: 844 });
  await desk.signIn(context, '赵明辉');
  await page.goto(`${desk.url}/notice-settings`);
  await page.getByRole('radio', { name: '我自己定' }).check();
  await page.getByLabel('从').fill('21:30');
  await page.getByRole('radio', { name: '一条一条送', exact: true }).check();
  await page.getByRole('radio', { name: '按我的顺序' }).check();
  await expectClean(page);
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status')).toHaveText('已保存');
  await page.reload();
  await expect(page.getByLabel('从')).toHaveValue('21:30');
  const list = await (await context.request.get(`${desk.url}/api/v1/worklist?view=mine`)).json();
  await page.goto(`${desk.url}/cases/${list.items[0].id}`);
  await page.getByRole('button', { name: '查看通知记录' }).click();
  await expect(page.locator('.told-list li').first()).toBeVisible();
  await expectClean(page);
  await page.goto(`${desk.url}/dead-letters`);
  await expect(page.getByText('通知都送到了')).toBeVisible();
  await expectClean(page);
});

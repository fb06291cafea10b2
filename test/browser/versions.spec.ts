import { readPackFolder } from '#app/packs.ts';
import { renumbered } from '../support/renumbered.ts';
import { expectUsable } from './clean.ts';
import { expect, test } from './desk.ts';
import { Hand } from './hand.ts';

/** The shipped S1 with another number and other limits, as a manager would upload it. */
const edition = async (version: string): Promise<{ name: string; mimeType: string; buffer: Buffer }[]> =>
  (await readPackFolder('packs/s1')).map(({ path, text }) => {
    const changed =
      path === 'pack.yaml'
        ? renumbered(text, version)
        : text.replace('limit: { elapsed: PT24H }', 'limit: { elapsed: PT36H }');
    return { name: path.split('/').at(-1) ?? path, mimeType: 'application/yaml', buffer: Buffer.from(changed) };
  });

test('one hands in, another approves, running cases move, and many cases are decided together', async ({
  browser,
  desk,
}) => {
  const author = await Hand.of(browser, desk, '徐凯');
  await author.page.goto(`${desk.url}/versions`);
  await expect(author.page.getByText('随程序提供，未经复核')).toBeVisible();
  await author.page.getByLabel(/制度文件/).setInputFiles(await edition('9.1.0'));
  await author.page.getByLabel('说明改了什么、为什么').fill('首次联系改为 36 小时');
  await author.page.getByRole('button', { name: '提交并检查' }).click();
  const own = author.page.getByRole('dialog');
  await expect(own.getByText('检查通过')).toBeVisible();
  await expect(own.getByText(/对人的变化/)).toBeVisible();
  await expect(own.getByText('9.1.0 · 制度编写组')).toBeVisible();
  // Nobody approves his own work, and he learns who can.
  await expect(own.getByText(/可复核：.*何国栋/)).toBeVisible();
  await expect(own.getByRole('button', { name: '批准' })).toHaveCount(0);
  await expectUsable(author.page);

  const reviewer = await Hand.of(browser, desk, '何国栋');
  const { page } = reviewer;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${desk.url}/versions`);
  await page.getByRole('button', { name: /查看.*9\.1\.0/ }).click();
  const seen = page.getByRole('dialog');
  await seen.getByLabel('意见').fill('已逐条核对');
  await seen.getByRole('button', { name: '批准' }).click();
  await expect(seen).toBeHidden();
  await expect(page.getByText(/何国栋 .*：已逐条核对/).first()).toBeVisible();
  await expectUsable(page);
  await page.getByRole('button', { name: '查看仍按旧版办理的案件' }).click();
  const moves = page.getByRole('dialog');
  await moves.getByLabel('意见').fill('统一按新版');
  await moves.getByRole('button', { name: /都改用新版/ }).click();
  await expect(moves.getByText('已改用', { exact: true }).first()).toBeVisible();
  await expectUsable(page);

  const clerk = await Hand.of(browser, desk, '陈丽娟');
  for (const content of ['电梯有异响', '大门关不上']) {
    const values = {
      content,
      occurredAt: '2026-03-01T20:00:00+08:00',
      place: '锦绣花园3栋',
      contactName: '王小明',
      contactPhone: '19900001234',
    };
    const data = { matter: 'complaint', channel: 'phone', values };
    await clerk.page.context().request.post(`${desk.url}/api/v1/cases`, { data });
  }
  await clerk.page.goto(`${desk.url}/awaiting`);
  for (const content of ['电梯有异响', '大门关不上'])
    await clerk.page.getByRole('listitem').filter({ hasText: content }).getByRole('checkbox').check();
  const category = clerk.page.locator('[data-name=category]');
  await category.getByRole('combobox').fill('电梯');
  await category.getByRole('option', { name: /电梯/ }).first().click();
  await expectUsable(clerk.page);
  await clerk.page.getByRole('button', { name: '办理选中的 2 件' }).click();
  await expect(clerk.page.getByText('办成 2 件，未办 0 件')).toBeVisible();
  for (const one of [author, reviewer, clerk]) await one.close();
});

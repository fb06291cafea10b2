import type { Page } from '@playwright/test';
import { localDate } from '#clock/civil.ts';
import { expectCleanAtBothWidths } from './clean.ts';
import { expect, testWith } from './desk.ts';

const test = testWith(['--packs', 's6']);

const daysFrom = (n: number): string => localDate(Date.now() + n * 86_400_000);

/** Opens a folded form by keyboard. */
async function unfold(page: Page, title: string): Promise<void> {
  await page.getByText(title, { exact: true }).focus();
  await page.keyboard.press('Enter');
}

test('an administrator enters what a technician may do, who stands in for him and up to what sum he decides, and the bell tells of his certificate', async ({
  desk,
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await desk.signIn(context, '徐凯');
  await page.goto(`${desk.url}/organisation`);
  await unfold(page, '添加技能或资质');
  const skills = page.locator('section', { has: page.getByRole('heading', { name: '技能与资质目录' }) });
  await skills.getByLabel(/^代码/).fill('Lift licence');
  await skills.getByRole('button', { name: '添加', exact: true }).click();
  await expect(skills.getByText('请用小写字母开头的字母和数字')).toBeVisible();
  await skills.getByLabel('名称', { exact: false }).first().fill('电梯作业证');
  await skills.getByLabel(/^代码/).fill('liftLicence');
  await page.keyboard.press('Enter');
  await expect(skills.getByRole('button', { name: '停用“电梯作业证”' })).toBeVisible();
  const expiry = page.locator('section', { has: page.getByRole('heading', { name: '证书到期提醒' }) });
  await expect(expiry.getByText('默认')).toBeVisible();
  await expect(expiry.getByLabel(/^提前几天/)).toHaveValue('30, 7, 0');
  await unfold(page, '给岗位定额度');
  const limits = page.locator('section', { has: page.getByRole('heading', { name: '岗位额度' }) });
  await limits.getByLabel(/^岗位/).selectOption({ label: '部门主管' });
  await limits.getByLabel(/^最多（元）/).fill('五百');
  await limits.getByRole('button', { name: '登记' }).click();
  await expect(limits.getByText('请填金额，如 500 或 199.50')).toBeVisible();
  await limits.getByLabel(/^最多（元）/).fill('500');
  await limits.getByRole('button', { name: '登记' }).click();
  await expect(limits.getByText('500 元以内')).toBeVisible();
  await unfold(page, '添加片区');
  const areas = page.locator('section', { has: page.getByRole('heading', { name: '片区', exact: true }) });
  await areas.getByLabel('名称', { exact: false }).first().fill('东片区');
  await areas.getByRole('combobox').fill('锦绣花园3栋');
  await areas.getByRole('option', { name: '锦绣花园3栋' }).first().waitFor();
  await page.keyboard.press('Enter');
  await areas.getByLabel('工程部', { exact: true }).check();
  await areas.getByRole('button', { name: '保存' }).click();
  await expect(areas.getByRole('button', { name: '修改“东片区”' })).toBeVisible();
  await expectCleanAtBothWidths(page, 'what holds for the company');

  await page.goto(`${desk.url}/people`);
  await page.getByRole('link', { name: '罗勇', exact: true }).click();
  await unfold(page, '登记技能或证书');
  const own = page.locator('section', { has: page.getByRole('heading', { name: '技能与资质' }) });
  await own.getByLabel(/^技能或资质/).selectOption({ label: '电梯作业证' });
  await own.getByRole('button', { name: '登记' }).click();
  await expect(own.getByText('请填写')).toBeVisible();
  await own.getByLabel(/^证书编号/).fill('TS6-0042');
  await own.getByLabel(/^有效期至/).fill(daysFrom(20));
  await own.getByRole('button', { name: '登记' }).click();
  await expect(own.getByText('还剩 20 天')).toBeVisible();
  await unfold(page, '安排代班');
  const stand = page.locator('section', { has: page.getByRole('heading', { name: '代班', exact: true }) });
  await stand.getByRole('button', { name: '登记' }).click();
  await expect(stand.getByText('请选择')).toBeVisible();
  await stand.getByRole('combobox').fill('韩志刚');
  await page.keyboard.press('Enter');
  await stand.getByLabel(/^至/).fill(daysFrom(6));
  await stand.getByRole('button', { name: '登记' }).click();
  await expect(stand.getByText('韩志刚代班')).toBeVisible();
  await unfold(page, '给本人单独定额度');
  await page.getByLabel('不限额').check();
  await page.locator('section', { hasText: '权限额度' }).getByRole('button', { name: '登记' }).click();
  await expect(page.getByText('本人单独定', { exact: true })).toBeVisible();
  await expectCleanAtBothWidths(page, 'a person');

  await page.goto(`${desk.url}/shifts`);
  await unfold(page, '自己做一个班制');
  await page.getByLabel(/^班制名称/).fill('四班三运转');
  await page.getByLabel(/^几天一轮/).fill('4');
  await page.getByLabel(/^在第几天/).fill('1-9');
  await page.getByRole('button', { name: '做好了' }).click();
  await expect(page.getByText('请写一轮之内的第几天')).toBeVisible();
  await page.getByLabel(/^在第几天/).fill('1-3');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '停用“四班三运转”' })).toBeVisible();
  await expectCleanAtBothWidths(page, 'shifts with a pattern of its own');

  await desk.advance(context, 'PT2M');
  await desk.signIn(context, '罗勇');
  await page.goto(`${desk.url}/notices`);
  await page.getByText('您的“电梯作业证”将于').click();
  await expect(page.getByRole('heading', { name: '罗勇' })).toBeVisible();
});

test('an administrator enters a firm outside, a handover and what is under warranty, and sees until when', async ({
  desk,
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await desk.signIn(context, '徐凯');
  await page.goto(`${desk.url}/premises`);
  await page.getByRole('link', { name: '外部单位' }).click();
  await page.getByRole('button', { name: '登记外部单位' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^单位名称/).fill('安达防水工程公司');
  await dialog.getByLabel(/^姓名/).fill('郭师傅');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog.getByText('请至少填电话或邮箱之一')).toBeVisible();
  await dialog.getByLabel(/^电话/).fill('13800001111');
  await expectCleanAtBothWidths(page, 'a firm');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('link', { name: '13800001111' })).toBeVisible();
  await expectCleanAtBothWidths(page, 'firms outside');
  await page.goto(`${desk.url}/handover`);
  await unfold(page, '添加部位');
  const terms = page.locator('section', { has: page.getByRole('heading', { name: '保修期限' }) });
  await terms.getByLabel(/^部位名称/).fill('外墙防水');
  await terms.getByLabel(/^代码/).fill('facade');
  await terms.getByLabel(/^月数/).fill('60');
  await terms.getByLabel(/^保修单位/).selectOption('安达防水工程公司');
  await terms.getByRole('button', { name: '保存' }).click();
  await expect(terms.getByText('60 个月')).toBeVisible();
  await page.getByLabel('查哪一处').fill('3-2-101');
  await page.getByRole('option', { name: '3栋2单元101' }).first().waitFor();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /3栋2单元101/ })).toBeVisible();
  const day = page.locator('section', { has: page.getByRole('heading', { name: '交付日期' }) });
  await day.getByLabel('交付日期').fill('2024-06-01');
  await page.keyboard.press('Enter');
  await expect(day.getByText('本处单独设置')).toBeVisible();
  const parts = page.locator('section', { has: page.getByRole('heading', { name: '各部位保修' }) });
  await expect(parts.getByText('2029-05-31 · 按期限计算 · 保修单位：安达防水工程公司')).toBeVisible();
  await expectCleanAtBothWidths(page, 'handover and warranty');
});

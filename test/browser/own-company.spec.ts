import { expect, test } from '@playwright/test';
import { readPdf } from '#documents/pdf-reader.ts';
import { expectCleanAtBothWidths } from './clean.ts';
import { type RunningProgram, startProgram } from './program.ts';

const PATIENCE = 90_000;
let program: RunningProgram;
let url = '';
test.use({ actionTimeout: 10_000 });

test.beforeAll(async () => {
  test.setTimeout(PATIENCE);
  program = await startProgram();
  url = program.url;
});

test.afterAll(() => program.stop());

test('a company sets itself up: people, rooms, codes at the doors, and an owner’s report arrives on the worklist', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  await page.goto(url);
  await page.getByRole('button', { name: /自己的公司/ }).click();
  await page.getByLabel('公司名称').fill('安居物业');
  await page.getByLabel('第一个小区').fill('春风里');
  await page.getByLabel('管理员姓名').fill('钱经理');
  await page.getByLabel('用户名').fill('qian');
  await page.getByLabel('密码').fill('a long enough one');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '更多' }).click({ timeout: 30_000 });
  await expect(page.getByRole('link', { name: '房产' })).toBeVisible();
  await expectCleanAtBothWidths(page, 'the way to all pages');

  await page.getByRole('link', { name: '人员' }).click();
  await page.getByRole('button', { name: '新增员工' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('姓名').fill('苗新来');
  await form.getByRole('combobox').first().selectOption({ label: '绿化部' });
  await form.getByLabel('部门经办人').check();
  await form.getByLabel('用户名').fill('miao');
  await expectCleanAtBothWidths(page, 'adding a person');
  await form.getByRole('button', { name: '保存' }).click();
  const firstPassword = (await form.getByText(/^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/).textContent()) ?? '';
  await expectCleanAtBothWidths(page, 'the first password');
  await form.getByRole('button', { name: '完成' }).click();
  await page.getByRole('button', { name: '管理苗新来' }).click();
  await expect(form.getByText('名下没有在办案件')).toBeVisible();
  await expect(form.getByText('miao')).toBeVisible();
  await expectCleanAtBothWidths(page, 'looking after a person');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('link', { name: '房产' }).click();
  await page.getByLabel(/每行一处/).fill('3栋2单元101 王秀英 13800001234\n3-2-102\n南门绿化带\n13800001234');
  await page.getByRole('button', { name: '预览' }).click();
  await expect(page.getByText('新增 3 · 登记住户 0 · 更新电话 0 · 已有 0 · 有误 1')).toBeVisible();
  await expectCleanAtBothWidths(page, 'the preview of a list');
  await page.getByRole('button', { name: '写入 3 处' }).click();
  await expect(page.getByRole('alert')).toContainText('一行也没有写入');
  await page.getByLabel('略过有误的 1 行').check();
  await page.getByRole('button', { name: '写入 3 处' }).click();
  await expect(page.getByText('已写入', { exact: true })).toBeVisible();
  await page.getByLabel('按楼栋生成').check();
  await page.getByRole('button', { name: '预览' }).click();
  await expect(page.getByText(/新增 44 ·/)).toBeVisible();

  const sheet = page.getByRole('link', { name: '打印3栋：仅房门' });
  const printed = await page.context().request.get(url + (await sheet.getAttribute('href')));
  expect(printed.headers()['content-type']).toBe('application/pdf');
  const doors = readPdf(await printed.body()).links;
  expect(doors).toHaveLength(2);

  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
  const owner = await phone.newPage();
  await owner.goto(doors[0] ?? '');
  await expect(owner.getByText('春风里3栋2单元101').first()).toBeVisible();
  await owner.getByLabel('投诉内容').fill('楼道的灯三天不亮了');
  await owner.getByLabel('业主姓名').fill('王秀英');
  await owner.getByLabel('联系电话').fill('13800001234');
  // The page turns away what is sent faster than anybody can type.
  await owner.waitForTimeout(4_000);
  await owner.locator('main form button.main[data-busy]').click();
  await expect(owner.getByRole('heading', { level: 1 })).toContainText('已收到，编号 TS');
  await phone.close();

  await page.getByRole('link', { name: '待办' }).click();
  await expect(page.getByText('楼道的灯三天不亮了')).toBeVisible();

  const other = await browser.newContext({ locale: 'zh-CN' });
  const miao = await other.newPage();
  await miao.goto(url);
  await miao.getByLabel('用户名').fill('miao');
  await miao.getByLabel('密码').fill(firstPassword);
  await miao.keyboard.press('Enter');
  const ask = miao.getByRole('main');
  await expect(ask).toContainText('请先设一个自己的密码');
  await expect(miao.getByRole('link', { name: '待办' })).toHaveCount(0);
  await ask.getByLabel('现在的密码').fill(firstPassword);
  await ask.getByLabel(/^新密码/).fill('a garden in spring');
  await ask.getByLabel(/^再输一次/).fill('a garden in spring');
  await expectCleanAtBothWidths(miao, 'the first password of one’s own');
  await miao.keyboard.press('Enter');
  await expect(miao.getByRole('link', { name: '待办' })).toBeVisible();
  await miao.getByRole('button', { name: '更多' }).click();
  await expect(miao.getByRole('link', { name: '人员' })).toBeVisible();
  await expect(miao.getByRole('link', { name: '房产' })).toHaveCount(0);
  await other.close();
});

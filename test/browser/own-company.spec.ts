import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { readPdf } from '#documents/pdf-reader.ts';

const HOME = join(import.meta.dirname, '../..');
const PATIENCE = 90_000;
let folder = '';
let program: ChildProcess;
let url = '';
test.use({ actionTimeout: 10_000 });

test.beforeAll(async () => {
  test.setTimeout(PATIENCE);
  folder = await mkdtemp(join(tmpdir(), 'huiyin-own-'));
  const args = ['src/app/cli.ts', 'start', '--port', '0', '--data', join(folder, 'data')];
  program = spawn(process.execPath, args, { cwd: HOME, stdio: ['ignore', 'pipe', 'inherit'] });
  url = await new Promise<string>((resolve, reject) => {
    let said = '';
    program.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
      const found = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
      if (found) resolve(found);
    });
    program.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)));
  });
});

test.afterAll(async () => {
  if (program.exitCode === null) {
    const ended = new Promise((resolve) => program.once('exit', resolve));
    program.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

/** Usable by everybody, on a desk and on a phone. */
async function expectClean(page: Page, what: string): Promise<void> {
  const desk = page.viewportSize();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
    expect(told, `${what} at ${width} px`).toEqual([]);
    const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(sideways, `${what} at ${width} px does not scroll sideways`).toBeLessThanOrEqual(0);
  }
  if (desk) await page.setViewportSize(desk);
}

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
  await expect(page.getByRole('link', { name: '房产' })).toBeVisible({ timeout: 30_000 });

  await page.getByRole('link', { name: '人员' }).click();
  await page.getByRole('button', { name: '新增员工' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('姓名').fill('苗新来');
  await form.getByRole('combobox').first().selectOption({ label: '绿化部' });
  await form.getByLabel('部门经办人').check();
  await form.getByLabel('用户名').fill('miao');
  await expectClean(page, 'adding a person');
  await form.getByRole('button', { name: '保存' }).click();
  const firstPassword = (await form.getByText(/^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/).textContent()) ?? '';
  await expectClean(page, 'the first password');
  await form.getByRole('button', { name: '完成' }).click();
  await page.getByRole('button', { name: '管理苗新来' }).click();
  await expect(form.getByText('名下没有在办案件')).toBeVisible();
  await expect(form.getByText('miao')).toBeVisible();
  await expectClean(page, 'looking after a person');
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: '房产' }).click();
  await page.getByLabel(/每行一处/).fill('3栋2单元101 王秀英 13800001234\n3-2-102\n南门绿化带\n13800001234');
  await page.getByRole('button', { name: '预览' }).click();
  await expect(page.getByText('新增 3 · 登记住户 0 · 更新电话 0 · 已有 0 · 有误 1')).toBeVisible();
  await expectClean(page, 'the preview of a list');
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
  await expectClean(miao, 'the first password of one’s own');
  await miao.keyboard.press('Enter');
  await expect(miao.getByRole('link', { name: '待办' })).toBeVisible();
  await expect(miao.getByRole('link', { name: '房产' })).toHaveCount(0);
  await other.close();
});

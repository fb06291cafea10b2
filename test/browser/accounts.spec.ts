import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { expectCleanAtBothWidths } from './clean.ts';
import { type RunningProgram, startProgram } from './program.ts';

const PASSWORD = 'a garden in spring';
let program: RunningProgram;
let url = '';
test.use({ actionTimeout: 10_000 });

test.beforeAll(async () => {
  test.setTimeout(90_000);
  program = await startProgram();
  // A passkey belongs to a name, never to a number.
  url = program.url.replace('127.0.0.1', 'localhost');
});

test.afterAll(() => program.stop());

/** A device with finger or face, as Chromium's own tools for developers pretend one. */
async function withAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2' as const,
    transport: 'internal' as const,
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options });
}

const signOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /：账户/ }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await expect(page.getByLabel('用户名')).toBeVisible();
};

test('a technician without e-mail scans an invitation, secures his account twice, and comes in by app, recovery code and passkey', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  await page.goto(url);
  await page.getByRole('button', { name: /自己的公司/ }).click();
  await page.getByLabel('公司名称').fill('安居物业');
  await page.getByLabel('第一个小区').fill('春风里');
  await page.getByLabel('管理员姓名').fill('钱经理');
  await page.getByLabel('用户名').fill('qian');
  await page.getByLabel('密码').fill('a long enough one');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '更多' }).click({ timeout: 30_000 });
  await page.getByRole('link', { name: '人员' }).click();
  await page.getByRole('button', { name: '新增员工' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('姓名').fill('罗师傅');
  await form.getByLabel('部门经办人').check();
  await form.getByRole('button', { name: '保存' }).click();
  await form.getByRole('button', { name: '完成' }).click();
  await page.getByRole('button', { name: '管理罗师傅' }).click();
  await form.getByLabel('用户名').fill('luo');
  await form.getByRole('button', { name: '邀请（扫码或打印）' }).click();
  await expect(form.getByRole('img', { name: /扫码/ })).toBeVisible();
  const link = (await form.getByText(/\/join#/).textContent()) ?? '';
  await expectCleanAtBothWidths(page, 'invitation');

  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
  const luo = await context.newPage();
  await withAuthenticator(context, luo);
  await luo.goto(link);
  await expect(luo.getByRole('heading', { name: '罗师傅，欢迎' })).toBeVisible();
  await luo.getByLabel(/^密码/).fill(PASSWORD);
  await luo.getByLabel('再输一次').fill(PASSWORD);
  await expectCleanAtBothWidths(luo, 'join');
  await luo.getByRole('button', { name: '设好并登录' }).click();
  await expect(luo.getByRole('link', { name: '待办' })).toBeVisible();
  await luo.goto(`${url}/account`);
  await luo.getByRole('button', { name: '绑定验证器' }).click();
  const seed = (await luo.locator('.account-seed').textContent()) ?? '';
  const app = new TOTP({ secret: Secret.fromBase32(seed) });
  await luo.getByLabel(/6 位码/).fill(app.generate({ timestamp: Date.now() - 30_000 }));
  await luo.getByRole('button', { name: '确认' }).click();
  await expect(luo.locator('.account-codes li')).toHaveCount(10);
  const codes = await luo.locator('.account-codes li').allTextContents();
  await expectCleanAtBothWidths(luo, 'recovery');
  await luo.getByRole('button', { name: '已收好' }).click();
  await expect(luo.getByText('已绑定，还有 10 个恢复码')).toBeVisible();
  await luo.getByPlaceholder('给它起个名字').fill('红米手机');
  await luo.getByRole('button', { name: '在这台设备上添加' }).click();
  await expect(luo.getByText('红米手机', { exact: true })).toBeVisible();
  await expectCleanAtBothWidths(luo, 'account');

  await signOut(luo);
  const enter = async (code: string): Promise<void> => {
    await luo.getByLabel('用户名').fill('luo');
    await luo.getByLabel('密码').fill(PASSWORD);
    await luo.keyboard.press('Enter');
    await expect(luo.getByRole('heading', { name: '再验证一次' })).toBeVisible();
    await luo.getByLabel('验证码或恢复码').fill(code);
  };
  await enter('000000');
  await luo.keyboard.press('Enter');
  await expect(luo.getByText('验证码不正确')).toBeVisible();
  await expectCleanAtBothWidths(luo, 'second-step');
  await luo.getByLabel('验证码或恢复码').fill(app.generate());
  await luo.keyboard.press('Enter');
  await expect(luo.getByRole('link', { name: '待办' })).toBeVisible();
  await signOut(luo);
  await enter(codes[3] ?? '');
  await luo.keyboard.press('Enter');
  await expect(luo.getByRole('link', { name: '待办' })).toBeVisible();
  await signOut(luo);
  await expectCleanAtBothWidths(luo, 'door');
  await luo.getByRole('button', { name: '用通行密钥登录' }).click();
  await expect(luo.getByRole('link', { name: '待办' })).toBeVisible();
  await luo.goto(`${url}/account`);
  await expect(luo.getByText('已绑定，还有 9 个恢复码')).toBeVisible();
  await expect(luo.getByText('当前设备')).toHaveCount(1);
  await context.close();

  await page.goto(`${url}/keys`);
  await page.getByLabel('用途').fill('官网');
  await page.getByRole('button', { name: '新建密钥' }).click();
  await expect(page.getByText(/^hy_/)).toBeVisible();
  await expect(page.getByRole('button', { name: '停用密钥官网' })).toBeVisible();
  await expectCleanAtBothWidths(page, 'keys');
  await page.getByRole('button', { name: '停用密钥官网' }).click();
  await expect(page.getByText('已停用')).toBeVisible();
});

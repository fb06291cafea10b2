import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { samplePackWithPolice } from '../support/sample-pack.ts';
import { expect, testWith } from './desk.ts';
import { Hand } from './hand.ts';

/** A folder of packs with the shipped S1 and one that a manager wrote after the page about packs. */
async function folder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'huiyin-packs-'));
  await cp('packs/s1', join(root, 's1'), { recursive: true });
  for (const { path, text } of samplePackWithPolice()) {
    const file = join(root, 'lp', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return root;
}

const test = testWith(['--packs-dir', await folder(), '--packs', 'all']);

test('a procedure dropped into the folder is usable at once: registered by keyboard, worked on, answered by a party outside, and found by its own filter', async ({
  browser,
  desk,
}) => {
  const clerk = await Hand.of(browser, desk, '周晓燕');
  const { page } = clerk;
  await page.goto(`${desk.url}/intake`);
  await expect(page.getByRole('group', { name: /按哪份制度/ })).toBeVisible();
  await page.keyboard.press('Alt+Shift+Digit1');
  await expect(page.getByRole('radio', { name: /失物招领/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: /拾到物品/ })).toBeChecked();
  await page.locator('[data-name=content] textarea').fill('一只黑色皮夹');
  await page.locator('[data-name=place] input').fill('南门岗亭');
  await page.locator('[data-name=contactPhone] input').fill('13800001234');
  const registered = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/v1/cases') && answer.request().method() === 'POST',
  );
  await page.keyboard.press('Control+Enter');
  const { id } = await (await registered).json();
  await expect(page.getByText(/^SW\d{6}-\d{4}$/)).toBeVisible();

  // The clerk's choice is remembered for the next call.
  await page.goto(`${desk.url}/intake`);
  await expect(page.getByRole('radio', { name: /失物招领/ })).toBeChecked();

  await clerk.open(id);
  await clerk.take('认领', {
    认领人: { words: '李先生' },
    核对的特征: { lines: ['夹内有一张合影'] },
    出示的证件: { pick: '业主卡' },
    是否相符: { pick: '是' },
  });
  await expect(page.locator('.case-title')).toContainText('有人认领');
  const { duties } = await (await page.context().request.get(`${desk.url}/api/v1/cases/${id}`)).json();
  const keeper = await Hand.of(browser, desk, duties.assignee.name);
  await keeper.open(id);
  await keeper.take('认错了', { 原因: { words: '合影里不是他' } });
  await expect(keeper.page.locator('.case-title')).toContainText('保管中');

  await keeper.page.getByRole('button', { name: '请外部单位答复' }).click();
  const dialog = keeper.page.getByRole('dialog');
  await dialog.getByLabel('单位或姓名').fill('城东派出所');
  await keeper.page.keyboard.press('Control+Enter');
  const link = (await dialog.getByRole('link').getAttribute('href')) ?? '';
  await keeper.page.keyboard.press('Escape');

  const outside = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } });
  const police = await outside.newPage();
  await police.goto(link);
  await expect(police.getByRole('heading', { level: 1 })).toContainText('城东派出所');
  await expect(police.locator('main')).not.toContainText('13800001234');
  await expect(police.locator('main')).not.toContainText('李先生');
  await police.getByRole('link', { name: '交派出所' }).click();
  await police.getByLabel('哪个派出所').fill('城东派出所值班室');
  await police.locator('main form button.main[data-busy]').click();
  await expect(police.getByRole('heading', { level: 1 })).toContainText('谢谢');
  await police.goto(link);
  await expect(police.getByRole('heading', { level: 1 })).toContainText('已经答复过了');
  await outside.close();

  await keeper.open(id);
  await expect(keeper.page.locator('.case-title')).toContainText('无人认领，已移交');
  await expect(keeper.page.getByText('城东派出所值班室').first()).toBeVisible();
  await keeper.close();

  await page.goto(`${desk.url}/company`);
  await page.getByText(/^LP 失物招领/).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('失物招领');
  await page.goto(desk.url);
  await page.getByText('全部', { exact: true }).first().click();
  const [byPack, , byState] = await page.locator('search select').all();
  await byPack?.selectOption({ label: '失物招领' });
  await byState?.selectOption({ label: '在办和已归档' });
  await expect(page.getByText('一只黑色皮夹').first()).toBeVisible();
  await expect(page.locator('.worklist .line').filter({ hasNotText: '失物招领' })).toHaveCount(0);
  await clerk.close();

  const owner = await browser.newPage({ locale: 'zh-CN' });
  await owner.goto(`${desk.url}/o`);
  await owner.getByRole('button', { name: '拾到物品' }).click();
  await expect(owner.getByLabel('什么物品')).toBeVisible();
  await owner.close();
});

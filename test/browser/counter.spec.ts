import { expect } from '@playwright/test';
import sharp from 'sharp';
import { expectClean } from './clean.ts';
import { testWith } from './desk.ts';

const test = testWith(['--packs', 's2']);

test('a letter that two people signed comes to the counter: it is scanned, each gets a number, and a receipt in the hand', async ({
  page,
  context,
  desk,
}) => {
  await desk.signIn(context, '周晓燕');
  await page.goto(`${desk.url}/intake`);
  await page.locator('.page-head select').selectOption({ label: '书面信函' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('来件登记');
  await page.locator('[name=contactPhone]').fill('19900001234');
  await page.locator('[name=contactName]').fill('王秀英');
  await page.locator('[name=content]').fill('两户联名：地下车库连续三周积水，希望查清来水');
  await page.getByText('业主', { exact: true }).first().click();
  await page.locator('[name=room]').fill('锦绣花园3栋2单元502');
  await page.locator('[name=writtenOn]').fill('2026-11-20');
  await page.getByLabel('还有谁一起署名').fill('李强\n赵敏 13800138000 锦绣花园3栋2单元501');
  await expect(page.getByText('还缺姓名或电话：李强')).toBeVisible();
  await page.getByLabel('还有谁一起署名').fill('赵敏 1380013800099999 锦绣花园3栋2单元501');
  await expectClean(page);
  await page.getByRole('button', { name: /^登记/ }).click();
  await expect(page.getByText('来的是纸件，请把原件扫描或拍照附上')).toBeVisible();
  const scan = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#fdfdf5' } })
    .jpeg()
    .toBuffer();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '来信第1页.jpg', mimeType: 'image/jpeg', buffer: scan });
  await expect(
    page
      .getByRole('img', { name: /附件|来信/ })
      .or(page.locator('.files img'))
      .first(),
  ).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectClean(page);
  await page.getByRole('button', { name: /^登记/ }).click();
  await expect(page.locator('#done-number')).toHaveText(/^[A-Z]{2}\d{6}-\d{4}$/);
  // Whoever could not be registered is not lost with the first: he is corrected here, and joins him.
  const left = page.getByRole('region', { name: '还有 1 位联名人没登记上' });
  await expect(left.getByRole('alert')).toBeVisible();
  await expectClean(page);
  await left.getByLabel('联系电话').fill('13800138000');
  await left.getByRole('button', { name: '登记他们' }).click();
  await expect(page.getByRole('heading', { name: '联名人的编号' })).toBeVisible();
  await expect(left).toBeHidden();
  await expectClean(page);
  const slips = page.getByRole('link', { name: '打印回执' });
  await expect(slips).toHaveCount(2);
  await page.getByText('A5', { exact: true }).click();
  for (const slip of await slips.all()) {
    const paper = await context.request.get(new URL((await slip.getAttribute('href')) ?? '', desk.url).href);
    expect([paper.status(), paper.headers()['content-type']]).toEqual([200, 'application/pdf']);
    const printed = (await paper.body()).toString('latin1');
    expect(printed).toMatch(/\/MediaBox\s*\[0 0 419\.\d+ 595\.\d+\]/);
    expect(printed, 'on one small sheet').toMatch(/\/Count 1\b/);
  }
});

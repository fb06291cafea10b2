import { workbook } from '../http/list-file.ts';
import { expectCleanAtBothWidths } from './clean.ts';
import { expect, test } from './desk.ts';

test('a manager brings units in from Excel: sees every row’s verdict, writes the good ones, and takes it all back', async ({
  desk,
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await desk.signIn(context, '徐凯');
  await page.goto(`${desk.url}/premises`);
  await page.getByRole('link', { name: '批量导入导出' }).click();
  const buffer = Buffer.from(
    await workbook([
      ['小区', '楼栋', '单元', '房号', '交付日期'],
      ['锦绣花园', '88', '1', '101', '2026-01-31'],
      ['锦绣花园', '88', '1', '102', '下个月'],
    ]),
  );
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await page.getByLabel(/选择文件/).setInputFiles({ name: '88栋.xlsx', mimeType, buffer });
  await expect(page.getByText('新增 1 · 变更 0 · 无变化 0 · 有误 1').first()).toBeVisible();
  await expect(page.getByText(/交付日期 \(E3\) “下个月”不是日期，请写成 2026-03-05/)).toBeVisible();
  await expectCleanAtBothWidths(page, 'the preview');
  await page.getByRole('button', { name: '只写入正确的 1 行' }).click();
  await expect(page.getByText('已写入：88栋.xlsx')).toBeVisible();
  await page.getByRole('button', { name: '撤销导入：88栋.xlsx' }).click();
  await expect(page.getByText('已撤销')).toBeVisible();
});

test('a head of department sees today’s shifts on the phone and enters leave in three taps', async ({
  desk,
  page,
  context,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await desk.signIn(context, '钱卫民');
  await page.goto(`${desk.url}/shifts`);
  await page.getByRole('button', { name: '韩志刚请假' }).click();
  await page.getByText('明天', { exact: true }).last().click();
  await page.getByRole('button', { name: '病假' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('row', { name: /韩志刚/ })).toContainText('病假');
  await expectCleanAtBothWidths(page, 'the shifts');
});

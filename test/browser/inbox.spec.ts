import { expectUsable } from './clean.ts';
import { expect, test } from './desk.ts';

test('似曾相识: what was reported before is offered while the clerk types, nothing jumps, and a known outage is read out', async ({
  desk,
  page,
  context,
}) => {
  // Two people, five pages and two looks for accessibility: more than the usual minute on a busy machine.
  test.slow();
  await desk.signIn(context, '林志远');
  await page.goto(`${desk.url}/incidents`);
  await page.getByRole('button', { name: '发布事件' }).click();
  await page.getByLabel('名称').fill('4栋1单元停水');
  await page.getByLabel('影响范围').fill('锦绣花园4栋1单元');
  await page.getByRole('option', { name: '锦绣花园4栋1单元', exact: true }).click();
  await page.getByLabel('再加一处').fill('锦绣花园5栋');
  await page.getByRole('option', { name: '锦绣花园5栋', exact: true }).click();
  await page.getByLabel('对来电人怎么说').fill('水泵检修，请先用储水');
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await expect(page.getByRole('heading', { name: '4栋1单元停水' })).toBeVisible();
  await expect(page.getByText('锦绣花园4栋1单元、锦绣花园5栋')).toBeVisible();
  await expectUsable(page);

  await desk.signIn(context, '周晓燕');
  const place = { premisesId: null as string | null, text: '锦绣花园4栋1单元602' };
  const found = await context.request.get(`${desk.url}/api/v1/premises?q=4-1-602`);
  place.premisesId = (await found.json())[0].id;
  const earlier = await context.request.post(`${desk.url}/api/v1/cases`, {
    data: {
      matter: 'complaint',
      channel: 'phone',
      values: {
        content: '厨房水管漏水，天花板滴水',
        occurredAt: '2026-01-05T10:00:00+08:00',
        place,
        contactName: '谢先生',
        contactPhone: '19900000121',
        contactEmail: 'xie@example.com',
      },
    },
  });
  const { number, id } = await earlier.json();
  await page.goto(`${desk.url}/intake`);
  await page.getByLabel('联系电话').fill('18800001234');
  await page.getByLabel('业主姓名').fill('钱女士');
  await page.getByLabel('地点').fill('4-1-502');
  await page.getByRole('option', { name: /锦绣花园4栋1单元502/ }).click();
  const box = page.getByRole('region', { name: '似曾相识' });
  await expect(box.getByText('请告诉来电人：水泵检修，请先用储水')).toBeVisible();
  const content = page.getByLabel('投诉内容');
  const before = await content.boundingBox();
  await content.pressSequentially('天花板滴水，楼上水管漏水');
  const join = box.getByRole('button', { name: `并入 ${number}` });
  await expect(join).toBeVisible();
  expect((await box.boundingBox())?.height).toBe(256);
  expect(await content.boundingBox()).toEqual(before);
  await join.click();
  await expect(join).toHaveAttribute('aria-pressed', 'true');
  await box.getByLabel('归入此事件').check();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expectUsable(page);
  await content.press('Control+Enter');
  await expect(page.getByText('请告诉来电人这个编号')).toBeVisible();
  await page.getByRole('link', { name: '打开案件' }).click();
  await expect(page.getByText(`已并入 ${number}`)).toBeVisible();
  await page.getByLabel('拆分原因').fill('不是同一处');
  await page.getByRole('button', { name: '拆分' }).click();
  await expect(page.getByText(`已并入 ${number}`)).toBeHidden();

  await page.goto(`${desk.url}/cases/${id}`);
  const person = page.getByRole('region', { name: '这位来件人' });
  await expect(person.getByText('199****0121 与 x***@example.com 可能是同一人')).toBeVisible();
  await person.getByLabel('怎样核对的').first().selectOption('answeredMail');
  await person.getByRole('button', { name: '确认是同一人' }).first().click();
  await expect(person.getByText(/邮件答复核实 · 周晓燕/)).toBeVisible();
});

test('an administrator subscribes a program and is shown the secret once', async ({ desk, page, context }) => {
  await desk.signIn(context, '徐凯');
  await page.goto(`${desk.url}/integrations`);
  await page.getByRole('button', { name: '新增订阅' }).click();
  await page.getByLabel('名称').fill('大屏');
  await page.getByLabel('接收网址').fill('http://192.168.1.9/hook');
  await page.getByRole('button', { name: '建立订阅' }).click();
  await expect(page.getByText(/只发往 https 网址/)).toBeVisible();
  await page.getByLabel('接收网址').fill('https://example.com/hook');
  await page.getByRole('button', { name: '建立订阅' }).click();
  await expect(page.getByText(/^whsec_/)).toBeVisible();
  await page.getByRole('button', { name: '已保存' }).click();
  await expect(page.getByRole('heading', { name: '大屏' })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBeLessThanOrEqual(390);
  await expectUsable(page);
});

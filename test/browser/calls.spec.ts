import { tell } from '../support/exchange.ts';
import { expectCleanAtBothWidths, expectUsable } from './clean.ts';
import { expect, test } from './desk.ts';

test('来电弹屏: the clerk sees who calls, one key fills the form, and a second call loses nothing that was typed', async ({
  desk,
  page,
  context,
}) => {
  test.slow();
  await desk.signIn(context, '周晓燕');
  const get = async (path: string) => (await context.request.get(`${desk.url}/api/v1${path}`)).json();
  const personId = (await get('/session')).signedIn.person.id;
  await desk.signIn(context, '徐凯');
  await page.goto(`${desk.url}/connect`);
  await page.getByRole('button', { name: '接入交换机' }).click();
  const form = page.getByRole('dialog', { name: '接入交换机' });
  await form.getByLabel('名称').fill('总机');
  await form.getByLabel('号码', { exact: true }).fill('400-8888-666');
  await form.getByLabel('分机号').fill('801');
  await form.getByLabel('接听人').selectOption(personId);
  await form.getByRole('button', { name: '保存' }).click();
  const shown = page.getByRole('dialog', { name: '签名密钥' });
  const secret = (await shown.locator('code').textContent()) ?? '';
  await shown.getByRole('button', { name: '已抄好' }).click();
  const card = page.getByRole('region', { name: '总机' });
  await card.getByRole('button', { name: '试一下' }).click();
  await expect(card.getByText('还没有收到过')).toBeVisible();
  await expectCleanAtBothWidths(page, 'the exchange');
  const { items } = await get('/exchanges');
  const url = desk.url + new URL(items[0].url, desk.url).pathname;
  const say = async (event: string, call: string, from: string) => {
    const answer = await tell(url, secret, { event, call, from, to: '4008888666', at: new Date().toISOString() });
    expect(answer.status).toBe(200);
  };

  await desk.signIn(context, '周晓燕');
  await page.goto(`${desk.url}/intake`);
  await page.getByLabel('投诉内容').fill('先写到一半的事');
  const pop = page.getByRole('region', { name: '来电', exact: true });
  await say('ringing', 'first', '18800004321');
  await expect(pop.getByText('188****4321')).toBeVisible();
  await expect(pop.getByRole('paragraph').filter({ hasText: '陌生号码：房产名册里没有' })).toBeVisible();
  await expect(page.getByLabel('投诉内容')).toHaveValue('先写到一半的事');
  await expectUsable(page);
  await page.screenshot({ path: test.info().outputPath('pop.png') });
  await page.keyboard.press('F8');
  await expect(page.getByLabel('联系电话')).toHaveValue('18800004321');
  await page.getByLabel('投诉内容').fill('路灯不亮');

  await say('ringing', 'second', '18800005678');
  await expect(pop.getByText('188****5678')).toBeVisible();
  await page.keyboard.press('F8');
  await expect(page.getByLabel('联系电话')).toHaveValue('18800005678');
  await expect(page.getByText('还有 2 份没登记完的放在一边')).toBeVisible();
  await page.getByRole('button', { name: '接着填' }).click();
  await expect(page.getByLabel('联系电话')).toHaveValue('18800004321');
  await expect(page.getByLabel('投诉内容')).toHaveValue('路灯不亮');

  await page.setViewportSize({ width: 390, height: 844 });
  expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBeLessThanOrEqual(390);
  await page.screenshot({ path: test.info().outputPath('pop-small.png') });
  const [bar, field] = [await pop.boundingBox(), await page.getByLabel('联系电话').boundingBox()];
  expect((bar?.y ?? 0) + (bar?.height ?? 0), 'on a phone it covers no field').toBeLessThanOrEqual(field?.y ?? 0);
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const call of ['first', 'second']) await say('answered', call, '');
  for (const call of ['first', 'second']) await say('ended', call, '');
  await say('ringing', 'third', '18800009999');
  await say('ended', 'third', '18800009999');
  await page.getByRole('link', { name: /^来电/ }).click();
  const missed = page.getByRole('form', { name: '188****9999' });
  await expect(missed.getByText('前回电')).toBeVisible();
  await expectUsable(page);
  await page.screenshot({ path: test.info().outputPath('calls.png') });
  await missed.getByLabel('去向').selectOption('unreachable');
  await missed.getByRole('button', { name: '确定' }).click();
  await expect(missed).toBeHidden();
});

import { tell } from '../support/exchange.ts';
import { expectUsable } from './clean.ts';
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
  const made = await context.request.post(`${desk.url}/api/v1/exchanges`, {
    data: { name: '总机', extensions: [{ extension: '801', personId }] },
  });
  const { exchange, secret } = await made.json();
  const url = desk.url + new URL(exchange.url, desk.url).pathname;
  const say = async (event: string, call: string, from: string) => {
    const answer = await tell(url, secret, { event, call, from, to: '4008888666', at: new Date().toISOString() });
    expect(answer.status).toBe(200);
  };

  await desk.signIn(context, '周晓燕');
  await page.goto(`${desk.url}/intake`);
  await page.getByLabel('投诉内容').fill('先写到一半的事');
  const pop = page.getByRole('region', { name: '来电' });
  await say('ringing', 'first', '18800004321');
  await expect(pop.getByText('188****4321')).toBeVisible();
  await expect(pop.getByText('陌生号码：房产名册里没有')).toBeVisible();
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
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const call of ['first', 'second']) await say('answered', call, '');
  for (const call of ['first', 'second']) await say('ended', call, '');
  await say('ringing', 'third', '18800009999');
  await say('ended', 'third', '18800009999');
  await pop.getByRole('link').click();
  const missed = page.getByRole('form', { name: '188****9999' });
  await expect(missed.getByText('前回电')).toBeVisible();
  await expectUsable(page);
  await page.screenshot({ path: test.info().outputPath('calls.png') });
  await missed.getByLabel('去向').selectOption('unreachable');
  await missed.getByRole('button', { name: '确定' }).click();
  await expect(missed).toBeHidden();
});

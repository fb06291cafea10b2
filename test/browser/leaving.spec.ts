import { expectCleanAtBothWidths, expectUsable } from './clean.ts';
import { expect, testWith } from './desk.ts';

// At a desk of its own: whoever has left is missing to every other story.
const test = testWith([]);

test.use({ actionTimeout: 10_000 });

test('S1-15 · who leaves first hands over what he holds, by name and with a reason, on the people page', async ({
  desk,
  page,
  context,
}) => {
  await context.addInitScript(() => localStorage.setItem('huiyin.lang', 'en'));
  await desk.signIn(context, '徐凯');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${desk.url}/people`);
  await page.getByRole('button', { name: 'Manage 罗勇' }).click();
  const form = page.getByRole('dialog');
  await expect(form.getByText(/open cases in his name/)).toBeVisible();
  await expectUsable(page);
  await form.getByRole('button', { name: 'Deactivate' }).click();
  await expect(form.getByRole('alert')).toContainText('hand each over first');
  await form.getByRole('button', { name: 'Hand all over' }).click();
  await expect(form.getByText(/Choose another active member/)).toBeVisible();
  await form.getByLabel('Hand over to').fill('韩志刚');
  await page.keyboard.press('Enter');
  await form.getByLabel('Reason').fill('罗勇离职，移交');
  await page.keyboard.press('Enter');
  // He keeps the system running, not the cases: each verdict says who may hand it over instead.
  await expect(form.getByText(/Not handed over: Duties are reassigned by/).first()).toBeVisible();

  await desk.signIn(context, '何国栋');
  await page.reload();
  await page.getByRole('button', { name: 'Manage 罗勇' }).click();
  await form.getByLabel('Hand over to').fill('韩志刚');
  await page.keyboard.press('Enter');
  await form.getByLabel('Reason').fill('罗勇离职，移交');
  await page.keyboard.press('Enter');
  await expect(form.getByText('Handed over → 韩志刚').first()).toBeVisible();
  await expect(form.getByText('No open cases in his name')).toBeVisible();
  await form.getByRole('button', { name: 'Deactivate' }).click();
  await expect(form).toBeHidden();
  await expect(page.locator('main').getByText('罗勇')).toHaveCount(0);
});

test('whoever goes off duty hands over by a list; the next one takes one matter over and objects to another', async ({
  desk,
  page,
  context,
}) => {
  await desk.signIn(context, '陈丽娟');
  await page.goto(`${desk.url}/`);
  await page.getByRole('link', { name: '交接班' }).click();
  await expect(page.getByRole('heading', { name: '我要交班' })).toBeVisible();
  await expect(page.getByText('（默认）').first()).toBeVisible();
  await expectCleanAtBothWidths(page, 'the list to hand over');
  await page.getByPlaceholder('交代一句').first().fill('苗圃明早到货');
  const next = page.getByLabel('接班人');
  await next.selectOption((await next.locator('option').filter({ hasText: '赵明辉' }).getAttribute('value')) ?? '');
  await page.getByRole('button', { name: '确认清单，请对方接手' }).click();
  await expect(page.getByRole('heading', { name: '我交出的' })).toBeVisible();

  await desk.signIn(context, '赵明辉');
  await page.reload();
  await expect(page.getByRole('heading', { name: '等我接手' })).toBeVisible();
  await expect(page.getByText('苗圃明早到货')).toBeVisible();
  await expectCleanAtBothWidths(page, 'the list to take over');
  await page
    .getByRole('button', { name: /^接手 / })
    .first()
    .click();
  await expect(page.getByText(/已接手$/).first()).toBeVisible();
  await page
    .getByRole('button', { name: /有异议$/ })
    .first()
    .click();
  await page.getByLabel('异议理由').fill('手上已满');
  await page.getByRole('button', { name: '提出异议' }).click();
  await expect(page.getByText(/有异议：手上已满$/)).toBeVisible();
});

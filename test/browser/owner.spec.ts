import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { localDate } from '#clock/civil.ts';
import { examine } from './clean.ts';
import { type Program, startProgram } from './owner-program.ts';

let program: Program;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(120_000);
  program = await startProgram();
});
test.afterAll(() => program.stop());

/** No fault that a reader of screens would meet, and nothing that has to be scrolled sideways. */
async function expectClean(page: Page): Promise<void> {
  const wide = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(wide).toBeLessThanOrEqual(0);
  const scripted = await page.evaluate<boolean>(`document.documentElement.classList.contains('js')`);
  const copy = scripted ? page : await copyOf(page);
  const { violations } = await examine(copy);
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  if (copy !== page) await copy.context().close();
}

/** The examiner is itself a script: it gets the very same page in a window of its own, with the page's script left out. */
async function copyOf(page: Page): Promise<Page> {
  const body = await page.content();
  const address = page.url();
  const context = await page
    .context()
    .browser()
    ?.newContext({ viewport: page.viewportSize(), javaScriptEnabled: true });
  if (!context) throw new Error('there is no browser');
  const copy = await context.newPage();
  await copy.route('**/*', (route) => {
    const request = route.request();
    if (request.resourceType() === 'script') return route.abort();
    if (request.url() === address) return route.fulfill({ body, contentType: 'text/html; charset=utf-8' });
    return route.continue();
  });
  await copy.goto(address);
  return copy;
}

const send = (page: Page) => page.locator('main form button.main[data-busy]').click();

/** His report has arrived; where the house asks whether it is what somebody reported before, he says no. */
async function arrived(page: Page): Promise<void> {
  const done = page.getByRole('heading', { level: 1 }).filter({ hasText: '已收到，编号 TS' });
  const alone = page.getByRole('button', { name: '不是，单独提交' }).first();
  await expect(done.or(alone)).toBeVisible();
  if (await alone.isVisible()) {
    await expectClean(page);
    await alone.click();
  }
  await expect(done).toBeVisible();
}

async function report(page: Page, words: string): Promise<string> {
  await page.goto(program.door('JX-3-2-502'));
  await page.getByLabel('投诉内容').fill(words);
  await page.getByLabel('业主姓名').fill('王秀英');
  await page.getByLabel('联系电话').fill('19900001234');
  await program.advance('PT1M');
  await send(page);
  await arrived(page);
  return (await page.locator('h1 .num').textContent()) ?? '';
}

/** The staff bring the case to where the owner is asked. */
async function answered(number: string): Promise<void> {
  const id = await program.caseId(number);
  const talk = { how: 'phone', spokenWith: '王秀英', contentConfirmed: true, procedureExplained: true };
  await program.staff('陈丽娟', id, 'contact', talk);
  await program.staff('陈丽娟', id, 'classify', { category: 'environment/greening' });
  await program.staff('陈丽娟', id, 'dispatch', { unit: 'gardening', assignee: await program.personId('吴建平') });
  await program.staff('吴建平', id, 'accept');
  await program.staff('吴建平', id, 'inspect', { findings: '两个月未修剪', noEvidenceReason: '天黑' });
  const day = localDate(Date.now() + 60 * 86_400_000);
  await program.staff('吴建平', id, 'plan', { measures: ['修剪'], completeBy: day });
  await program.staff('吴建平', id, 'doMeasure', { measure: '修剪' });
  await program.staff('吴建平', id, 'complete', { outcome: '已修剪' });
  const told = { handling: '绿化带已修剪完毕', improvement: '养护改为每月两次', how: 'page' };
  await program.staff('吴建平', id, 'notifyResult', told);
}

/** A photo as phones take them: several megabytes that compress badly. */
function phonePhoto(): Promise<Buffer> {
  const noise = Buffer.from(Array.from({ length: 2600 * 2000 * 3 }, (_, i) => (i * 2654435761) >>> 24));
  return sharp(noise, { raw: { width: 2600, height: 2000, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled, viewport: { width: 390, height: 844 }, locale: 'zh-CN', hasTouch: true });

    test('an upset owner reports at his door on a phone, and nothing he typed is lost', async ({ page }) => {
      await page.goto(program.door('JX-3-2-502'));
      await expect(page.getByText('24 小时内联系您')).toBeVisible();
      await expectClean(page);
      await page.getByLabel('投诉内容').fill('楼下绿化带草比人高');
      await program.advance('PT1M');
      await send(page);
      await expect(page.getByRole('alert')).toContainText('请填写“业主姓名”');
      await expect(page.getByLabel('投诉内容')).toHaveValue('楼下绿化带草比人高');
      await expectClean(page);
      await page.getByLabel('业主姓名').fill('王秀英');
      await page.getByLabel('联系电话').fill('19900001234');
      await send(page);
      await arrived(page);
      await expect(page.locator('.now')).toContainText('最迟');
      await expect(page.getByText('陈丽娟').or(page.getByText('赵明辉')).first()).toBeVisible();
      await expectClean(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectClean(page);
    });

    test('satisfied, he reads the form and signs it on his phone (S1-24)', async ({ page }) => {
      const number = await report(page, '绿化带两个月没人修剪');
      const address = page.url().split('?')[0] ?? '';
      await answered(number);
      await page.goto(address);
      await expect(page.getByText('绿化带已修剪完毕').first()).toBeVisible();
      await expectClean(page);
      await page.getByRole('link', { name: '表示满意' }).click();
      await page.getByLabel('满意', { exact: true }).check();
      await expectClean(page);
      await send(page);
      await page.getByRole('link', { name: '签字确认' }).click();
      await expect(page.getByRole('heading', { name: '投诉登记表' })).toBeVisible();
      await expectClean(page);
      if (javaScriptEnabled) {
        const glass = page.locator('canvas');
        await glass.scrollIntoViewIfNeeded();
        const box = (await glass.boundingBox()) ?? { x: 0, y: 0 };
        await page.mouse.move(box.x + 40, box.y + 60);
        await page.mouse.down();
        for (let i = 1; i < 20; i += 1) await page.mouse.move(box.x + 40 + i * 12, box.y + 60 + (i % 5) * 8);
        await page.mouse.up();
        await expect(page.getByText('手写签名已记下')).toBeVisible();
      } else {
        await expect(page.locator('canvas')).toBeHidden();
        await page.getByLabel('我已看过上面的内容').check();
      }
      await send(page);
      await expect(page.getByRole('heading', { level: 1 })).toContainText('您已签字确认');
      await expect(page.getByText(javaScriptEnabled ? '手写签名' : '网上确认')).toBeVisible();
      await expectClean(page);
    });

    test('not satisfied, he says why and gets a new promise (S1-25)', async ({ page }) => {
      const number = await report(page, '路灯不亮');
      const address = page.url().split('?')[0] ?? '';
      await answered(number);
      await page.goto(address);
      await page.getByRole('link', { name: '不满意' }).click();
      await expectClean(page);
      await page.getByLabel('哪里不满意').fill('还是不亮');
      await send(page);
      await expect(page.locator('.now')).toContainText('24 小时内再次沟通');
      await expect(page.getByText('还是不亮')).toBeVisible();
    });
  });
}

test.describe('a plain browser', () => {
  test.use({ javaScriptEnabled: false, locale: 'zh-CN' });

  test('a photo of several megabytes arrives whole', async ({ page }) => {
    const large = await phonePhoto();
    expect(large.length).toBeGreaterThan(3_000_000);
    await page.goto(program.door('JX-3-2-502'));
    await page.locator('#f\\.photos').setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: large });
    await page.getByLabel('投诉内容').fill('照片里的路灯坏了');
    await page.getByLabel('业主姓名').fill('王秀英');
    await page.getByLabel('联系电话').fill('19900001234');
    await program.advance('PT1M');
    await send(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('已收到，编号 TS');
    await page.locator('.photos a').click();
    expect(page.url()).toContain('/a/');
    expect(await page.evaluate<string>('document.contentType')).toBe('image/jpeg');
  });
});

test.describe('what script adds', () => {
  test.use({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });

  test('a large photo is shrunk on the phone before it travels', async ({ page }) => {
    const large = await phonePhoto();
    await page.goto(program.door('JX-3-2-502'));
    await page.locator('#f\\.photos').setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: large });
    await expect(page.locator('.photos img')).toBeVisible();
    const size = await page.evaluate<number>(`document.getElementById('f.photos').files[0].size`);
    expect(size).toBeGreaterThan(10_000);
    expect(size).toBeLessThan(large.length / 2);
    await page.getByLabel('投诉内容').fill('照片里的路灯坏了');
    await page.getByLabel('业主姓名').fill('王秀英');
    await page.getByLabel('联系电话').fill('19900001234');
    await program.advance('PT1M');
    await send(page);
    await expect(page.locator('.photos img')).toHaveCount(1);
    const natural = await page.evaluate<number>(`document.querySelector('.photos img').naturalWidth`);
    expect(natural).toBeGreaterThan(0);
  });

  test('the connection drops while he sends: nothing is lost, it goes out by itself, and once', async ({
    page,
    context,
  }) => {
    const small = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#a42' } })
      .jpeg()
      .toBuffer();
    const write = async (form: Page, words: string): Promise<void> => {
      await form.goto(program.door('JX-3-2-502'));
      await form.getByLabel('投诉内容').fill(words);
      await form.getByLabel('业主姓名').fill('王秀英');
      await form.getByLabel('联系电话').fill('19900001234');
      await form.locator('#f\\.photos').setInputFiles({ name: '门厅.jpg', mimeType: 'image/jpeg', buffer: small });
      await expect(form.locator('.photos img')).toBeVisible();
      await program.advance('PT1M');
    };
    await write(page, '门厅的灯一闪一闪');
    await context.setOffline(true);
    await send(page);
    await expect(page.locator('.kept')).toContainText('还没发出去');
    await expect(page.locator('.kept .tel')).toBeVisible();
    await expectClean(page);
    await context.setOffline(false);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('已收到，编号 TS');
    await expect(page.locator('.photos img')).toHaveCount(1);

    // The page itself was closed before there was a connection again: the next visit to the door sends it.
    const second = await context.newPage();
    await write(second, '门厅的门也关不上');
    await context.setOffline(true);
    await send(second);
    await expect(second.locator('.kept')).toContainText('还没发出去');
    await second.close();
    await context.setOffline(false);
    const third = await context.newPage();
    await third.goto(program.door('JX-3-2-502'));
    await expect(third.getByRole('heading', { level: 1 })).toContainText('已收到，编号 TS');
    await expect(third.getByText('门厅的门也关不上')).toBeVisible();
    await expect(third.locator('.photos img')).toHaveCount(1);
    // Sent is sent: the form is empty again.
    await third.goto(program.door('JX-3-2-502'));
    await expect(third.getByLabel('投诉内容')).toHaveValue('');
  });

  test('the time that is left counts down while he looks at it', async ({ page }) => {
    await page.clock.install();
    await report(page, '楼道灯坏了');
    const left = page.locator('.now .left');
    await expect(left).toContainText(/还有 (1 天|23 小时)/);
    await page.clock.runFor('03:00:00');
    await expect(left).toContainText(/还有 2[01] 小时/);
  });

  test('on a wide screen and in English the pages are as clean', async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await report(page, '电梯异响');
    const address = page.url().split('?')[0] ?? '';
    for (const path of [address, `${address}?lang=en`, `${program.url}/o?lang=en`, `${program.url}/o/p`]) {
      await page.goto(path);
      await expectClean(page);
    }
    await page.goto(`${address}?lang=en`);
    await expect(page.getByText('Contact you within 24 hours').first()).toBeVisible();
  });
});

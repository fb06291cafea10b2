import type { Page } from '@playwright/test';
import { expectClean } from './clean.ts';
import { test } from './desk.ts';

// Both widths and both languages, each once; the forms of all steps in the harder of the two.
const VIEWS = [
  { width: 1280, lang: 'en' },
  { width: 390, lang: 'zh' },
];
const PAGES: { name: string; path: string; act?: (page: Page) => Promise<void> }[] = [
  { name: 'worklist', path: '/' },
  { name: 'worklist with its keys', path: '/', act: (page) => page.keyboard.press('?') },
  { name: 'intake', path: '/intake' },
  {
    name: 'intake refused',
    path: '/intake',
    act: async (page) => {
      await page.getByRole('textbox').first().press('Control+Enter');
      await page.getByRole('alert').first().waitFor();
    },
  },
  { name: 'notices', path: '/notices' },
  { name: 'procedure', path: '/company' },
  { name: 'people', path: '/people' },
  { name: 'versions', path: '/versions' },
  { name: 'to decide', path: '/awaiting' },
];

for (const { width, lang } of VIEWS) {
  test(`every page can be used by everybody at ${width} px (${lang})`, async ({ desk, page, context }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width, height: 844 });
    await context.addInitScript((chosen) => localStorage.setItem('huiyin.lang', chosen), lang);
    await page.goto(desk.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectClean(page, 'sign-in');
    await desk.signIn(context, '赵明辉');
    for (const { name, path, act } of PAGES) {
      await page.goto(desk.url + path);
      await page.locator('main h1').first().waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await act?.(page);
      await expectClean(page, name);
    }
    if (width !== 390) return;
    const list = await (await context.request.get(`${desk.url}/api/v1/worklist?view=mine`)).json();
    const seen = new Set<string>();
    const fresh = (what: string): boolean => !seen.has(what) && seen.add(what) !== undefined;
    for (const { id, state } of list.items) {
      if (!fresh(state)) continue;
      await page.goto(`${desk.url}/cases/${id}`);
      await page.locator('.case-title').waitFor();
      await expectClean(page, `case in ${state}`);
      for (const step of await page.locator('.actions button').all()) {
        const title = (await step.textContent()) ?? '';
        if (!fresh(title)) continue;
        await step.click();
        await page.getByRole('dialog').waitFor();
        await expectClean(page, title, 'dialog[open]');
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
      }
    }
  });
}

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What speaks against a page. In one pass, without a window of its own for the sum: no page here shows another house’s. */
export const examine = (page: Page, within = 'html') =>
  new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .include(within)
    .analyze();

/** Waits until what slides in or fades has come to rest: halfway, nothing has the colours it is meant to have. */
const atRest = (page: Page): Promise<unknown> =>
  page.evaluate(
    `Promise.allSettled(document.getAnimations()
       .filter((one) => one.playState === 'running' && one.effect.getComputedTiming().endTime !== Infinity)
       .map((one) => one.finished)).then(() => undefined)`,
  );

/** No fault that a reader of screens would meet. `within`: the part that is new, when the rest was looked at before. */
export async function expectUsable(page: Page, what = page.url(), within = 'html'): Promise<void> {
  await atRest(page);
  const { violations } = await examine(page, within);
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(told, what).toEqual([]);
}

/** The same, and nothing that has to be scrolled sideways. */
export async function expectClean(page: Page, what = page.url(), within = 'html'): Promise<void> {
  await expectUsable(page, what, within);
  const sideways = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(sideways, `${what} does not scroll sideways`).toBeLessThanOrEqual(0);
}

/** The same on a phone and on a desk. */
export async function expectCleanAtBothWidths(page: Page, what: string): Promise<void> {
  const before = page.viewportSize();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await expectClean(page, `${what} at ${width} px`);
  }
  if (before) await page.setViewportSize(before);
}

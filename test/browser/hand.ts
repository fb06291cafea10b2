import type { Browser, Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { type Desk, expect } from './desk.ts';

/** What is entered in one field, by the kind of thing it is. */
export type Entry =
  | { words: string }
  | { lines: string[] }
  | { pick: string }
  | { search: string; take: RegExp }
  | { tick: true }
  | { day: string }
  | { photo: string };

const photo = (): Promise<Buffer> =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: '#5c8f4a' } })
    .jpeg()
    .toBuffer();

/** Somebody of the company at his own screen, working through the real pages. */
export class Hand {
  readonly page: Page;
  private readonly desk: Desk;

  private constructor(page: Page, desk: Desk) {
    this.page = page;
    this.desk = desk;
  }

  static async of(browser: Browser, desk: Desk, name: string): Promise<Hand> {
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    await desk.signIn(context, name);
    return new Hand(await context.newPage(), desk);
  }

  async open(caseId: string): Promise<void> {
    await this.page.goto(`${this.desk.url}/cases/${caseId}`);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  /** Does one step of the case that is open: presses its button, fills its form, sends it. */
  async take(step: string, entries: { [label: string]: Entry } = {}): Promise<void> {
    await this.button(step).click();
    const form = this.page.getByRole('dialog');
    for (const [label, entry] of Object.entries(entries)) await fill(form, label, entry);
    await this.page.keyboard.press('Control+Enter');
    await expect(form).toBeHidden();
  }

  button(step: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${step}`) });
  }

  /** Why a step cannot be done, as the page says it. */
  async whyNot(step: string): Promise<string> {
    for (const summary of await this.page.getByText(/暂时还不能办|由别人办理/).all()) await summary.click();
    return (await this.page.locator('li').filter({ hasText: step }).first().textContent()) ?? '';
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** Fills one field of a form that was drawn from the procedure. */
async function fill(form: Locator, label: string, entry: Entry): Promise<void> {
  const field = form.locator('[data-name]').filter({ hasText: label }).first();
  if ('words' in entry) await field.getByLabel(label).first().fill(entry.words);
  else if ('day' in entry) await field.getByLabel(label).first().fill(entry.day);
  else if ('tick' in entry) await field.getByRole('checkbox').check();
  else if ('photo' in entry) {
    await field
      .locator('input[type=file]')
      .setInputFiles({ name: entry.photo, mimeType: 'image/jpeg', buffer: await photo() });
    await expect(field.locator('img')).toBeVisible();
  } else if ('lines' in entry) {
    for (const [i, line] of entry.lines.entries()) {
      await field.locator('li input').nth(i).fill(line);
      await field.locator('li input').nth(i).press('Enter');
    }
  } else if ('search' in entry) {
    await field.getByRole('combobox').fill(entry.search);
    await field.getByRole('option', { name: entry.take }).first().click();
  } else await pick(field, entry.pick);
}

/** Chooses from a list or from options side by side, whichever the page shows. */
async function pick(field: Locator, wanted: string): Promise<void> {
  const list = field.locator('select');
  if ((await list.count()) > 0) await list.selectOption({ label: wanted });
  else await field.getByText(wanted, { exact: true }).click();
}

import { type APIRequestContext, type Browser, type Locator, type Page, request } from '@playwright/test';
import type { Person } from '#case/context.ts';
import type { Values } from '#case/event.ts';
import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import type { Story } from '../support/story.ts';
import { type Desk, expect } from './desk.ts';
import { fillOwner, fillStaff, localMinute, type Translation } from './fill.ts';

interface Act {
  at: Instant;
  step: string;
  kind: 'staff' | 'owner' | 'outside' | 'system';
  name: string;
  personId: string | null;
  values: Values;
}

interface Colleague {
  personId: string;
  name: string;
  posts: readonly string[];
  api: APIRequestContext;
}

interface Seen {
  id: string;
  state: string;
  clocks: { clock: string; run: number; status: string }[];
  ownerPage?: string;
}

/** Every act of people in a story that was told to the engine, in order. */
function actsOf(story: Story): Act[] {
  return story.events.flatMap((event): Act[] => {
    if (event.type !== 'caseRegistered' && event.type !== 'stepTaken') return [];
    const { at, actor, data, personal } = event;
    if (actor.kind === 'system') return [];
    const step = event.type === 'stepTaken' ? event.data.step : 'intake';
    const values = { ...data.values, ...personal };
    return [{ at, step, kind: actor.kind, name: actor.name, personId: actor.personId, values }];
  });
}

/** A choice by its whole title; before it may stand the digit that picks it. */
const pickOne = (choice: Locator, title: string): Promise<void> =>
  choice
    .locator('label')
    .filter({ hasText: new RegExp(`^\\d?\\s*${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) })
    .locator('input')
    .check({ force: true });

const send = (page: Page): Promise<void> => page.locator('main form button.main[data-busy]').click();

/** Plays stories of packs through the real pages of a running program, with the people of the demo company. */
export class Player {
  private readonly browser: Browser;
  private readonly desk: Desk;
  private readonly staff: readonly Colleague[];
  private readonly pages = new Map<string, Page>();

  private constructor(browser: Browser, desk: Desk, staff: readonly Colleague[]) {
    this.browser = browser;
    this.desk = desk;
    this.staff = staff;
  }

  static async of(browser: Browser, desk: Desk): Promise<Player> {
    const anybody = await request.newContext({ baseURL: desk.url });
    const people: { personId: string; name: string }[] = await (await anybody.get('/api/v1/sandbox/people')).json();
    await anybody.dispose();
    const staff = await Promise.all(
      people.map(async ({ personId, name }): Promise<Colleague> => {
        const api = await request.newContext({ baseURL: desk.url });
        const begun = await api.post('/api/v1/session', { data: { personId } });
        const { signedIn } = await begun.json();
        return { personId, name, posts: signedIn.posts.map((post: { code: string }) => post.code), api };
      }),
    );
    return new Player(browser, desk, staff);
  }

  /** Plays a story from the first call on; answers the case as the program then has it. */
  async play(story: Story): Promise<Seen> {
    const [intake, ...acts] = actsOf(story);
    if (!intake) throw new Error('The story has not begun');
    const shift = await this.shiftFor(intake.at);
    const by: Translation = {
      pack: story.pack,
      shift,
      nameOf: (id) => this.inTheRoleOf(story.company.directory.person(id))[0]?.name ?? '',
    };
    await this.moveTo(intake.at + shift);
    const begun =
      intake.kind === 'staff' ? await this.register(story, intake, by) : await this.report(story, intake, by);
    const procedure = story.pack.procedures[story.case.procedure];
    for (const act of acts) {
      await this.moveTo(act.at + shift);
      const spec = procedure?.steps[act.step];
      if (!spec) throw new Error(`The procedure has no step ${act.step}`);
      if (act.kind === 'staff') await this.take(story, begun.id, act, spec.title.zh, spec.fields, by);
      else await this.answer(begun.ownerPage ?? '', act, spec.fields, by);
    }
    await this.moveTo(story.now + shift);
    return this.see(begun.id);
  }

  async close(): Promise<void> {
    for (const page of this.pages.values()) await page.context().close();
    for (const { api } of this.staff) await api.dispose();
  }

  /** Somebody's own screen. */
  async screen({ personId, name }: Pick<Colleague, 'personId' | 'name'>): Promise<Page> {
    const there = this.pages.get(personId);
    if (there) return there;
    const context = await this.browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    await this.desk.signIn(context, name);
    const page = await context.newPage();
    this.pages.set(personId, page);
    return page;
  }

  private anyone(): Colleague {
    const [first] = this.staff;
    if (!first) throw new Error('Nobody works at the demo company');
    return first;
  }

  private async now(): Promise<Instant> {
    return Date.parse((await (await this.anyone().api.get('/api/v1/session')).json()).now);
  }

  /** Whole weeks, so that weekdays and working hours stay what they were in the story. */
  private async shiftFor(at: Instant): Promise<number> {
    return Math.ceil(((await this.now()) + MINUTE - at) / (7 * DAY)) * 7 * DAY;
  }

  private async moveTo(target: Instant): Promise<void> {
    if (target <= (await this.now())) return;
    const moved = await this.anyone().api.post('/api/v1/sandbox/clock', {
      data: { now: `${localMinute(target)}:${String(Math.floor(target / 1000) % 60).padStart(2, '0')}+08:00` },
    });
    if (!moved.ok()) throw new Error(await moved.text());
  }

  /** Those who hold posts of a person of the story. */
  private inTheRoleOf(person: Person | undefined): Colleague[] {
    const rank = ({ posts }: Colleague): number => posts.filter((post) => person?.posts.includes(post)).length;
    return [...this.staff].filter((one) => rank(one) > 0).sort((a, b) => rank(b) - rank(a));
  }

  /** Who may take a step now, colleagues of the same post first. */
  private async whoMay(story: Story, id: string, { step, personId }: Act): Promise<Colleague> {
    const likely = this.inTheRoleOf(story.company.directory.person(personId ?? ''));
    for (const one of [...likely, ...this.staff.filter((other) => !likely.includes(other))]) {
      const said = await one.api.get(`/api/v1/cases/${id}/allowed-commands`);
      if (!said.ok()) continue;
      const list: { step: string | null; allowed: boolean; mine: boolean }[] = await said.json();
      if (list.some((each) => each.step === step && each.allowed && each.mine)) return one;
    }
    const { state } = await this.see(id);
    throw new Error(`Nobody at the demo company can take ${step}; the case is ${state}`);
  }

  private async see(id: string): Promise<Seen> {
    for (const { api } of this.staff) {
      const said = await api.get(`/api/v1/cases/${id}`);
      if (said.ok()) return said.json();
    }
    throw new Error(`Nobody sees the case ${id}`);
  }

  private async register(story: Story, { values, personId }: Act, by: Translation): Promise<Seen> {
    const [clerk] = this.inTheRoleOf(story.company.directory.person(personId ?? ''));
    if (!clerk) throw new Error('Nobody at the demo company can register this');
    const { pack, matter, procedure } = story.case;
    const page = await this.screen(clerk);
    await page.goto(`${this.desk.url}/intake`);
    await expect(page.locator('form.intake')).toBeVisible();
    const choices = page.locator('fieldset.matters');
    if ((await choices.count()) > 1) await pickOne(choices.first(), story.pack.title.zh);
    await pickOne(choices.last(), story.pack.matters[matter]?.title.zh ?? matter);
    const channel = story.pack.channels[story.case.channel];
    if (channel && !channel.selfService)
      await page.locator('.page-head select').selectOption({ label: channel.title.zh });
    const fields = story.pack.procedures[procedure]?.intake.fields ?? {};
    await this.fillAll(values, fields, (name, spec, value) =>
      fillStaff(page.locator('form.intake'), name, spec, value, by),
    );
    const answered = page.waitForResponse(
      (said) => said.url().endsWith('/api/v1/cases') && said.request().method() === 'POST',
    );
    await page.keyboard.press('Control+Enter');
    const said = await answered;
    expect(said.status(), await said.text()).toBe(201);
    const seen = await said.json();
    expect(seen.pack).toBe(pack);
    await expect(page.locator('#done-number')).toBeVisible();
    return seen;
  }

  /** The same by the person who asks, on the public page. */
  private async report(story: Story, { values }: Act, by: Translation): Promise<Seen> {
    const { pack, matter, procedure } = story.case;
    const page = await this.browser.newPage({ locale: 'zh-CN', viewport: { width: 390, height: 844 } });
    await page.goto(`${this.desk.url}/o`);
    const choice = page.locator(`button[name="switch"][value="${pack}.${matter}"]`);
    if ((await choice.count()) > 0) await choice.click();
    // What kind of trouble it is, the staff decide: where it may be left out the page does not ask.
    const fields = Object.fromEntries(
      Object.entries(story.pack.procedures[procedure]?.intake.fields ?? {}).filter(
        ([, spec]) => spec.type !== 'category' || spec.required === true,
      ),
    );
    await this.fillAll(values, fields, (name, spec, value) =>
      fillOwner(page.locator('main form'), name, spec, value, by),
    );
    // Nobody reads, types and sends in less.
    await page.waitForTimeout(2_600);
    await send(page);
    await expect(page).toHaveURL(/\/o\/c\//);
    const number = (await page.locator('.num').first().textContent()) ?? '';
    const ownerPage = page.url().replace(/\?.*/, '');
    await page.close();
    for (const { api } of this.staff) {
      const { items } = await (await api.get(`/api/v1/worklist?view=all&state=any&q=${number}`)).json();
      if (items?.[0]) return { ...(await this.see(items[0].id)), ownerPage };
    }
    throw new Error(`Nobody sees ${number}`);
  }

  private async take(
    story: Story,
    id: string,
    act: Act,
    title: string,
    fields: { [name: string]: FieldSpec },
    by: Translation,
  ): Promise<void> {
    const page = await this.screen(await this.whoMay(story, id, act));
    await page.goto(`${this.desk.url}/cases/${id}`);
    await page
      .locator('.actions')
      .getByRole('button', { name: `${title} §` })
      .first()
      .click();
    const form = page.getByRole('dialog');
    await this.fillAll(act.values, fields, (name, spec, value) => fillStaff(form, name, spec, value, by));
    await page.keyboard.press('Control+Enter');
    await expect(form, `${act.step} went through`).toBeHidden();
  }

  private async answer(
    ownerPage: string,
    act: Act,
    fields: { [name: string]: FieldSpec },
    by: Translation,
  ): Promise<void> {
    const page = await this.browser.newPage({ locale: 'zh-CN', viewport: { width: 390, height: 844 } });
    await page.goto(`${ownerPage}/do/${act.step}`);
    await this.fillAll(act.values, fields, (name, spec, value) =>
      fillOwner(page.locator('main form'), name, spec, value, by),
    );
    await send(page);
    await expect(page, `${act.step} went through`).toHaveURL(/done=/);
    await page.close();
  }

  private async fillAll(
    values: Values,
    fields: { [name: string]: FieldSpec },
    fill: (name: string, spec: FieldSpec, value: Values[string]) => Promise<void>,
  ): Promise<void> {
    for (const [name, spec] of Object.entries(fields)) {
      const value = values[name];
      if (value === undefined || value === null || spec.type === 'figures') continue;
      await fill(name, spec, value);
    }
  }
}

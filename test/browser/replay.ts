import type { Browser, Page } from '@playwright/test';
import type { Values } from '#case/event.ts';
import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import type { Story } from '../support/story.ts';
import { type Act, actsOf, type Tale } from '../support/tale.ts';
import { type Desk, expect } from './desk.ts';
import { fillOwner, fillStaff, type Translation } from './fill.ts';
import { type Colleague, Office, type Seen } from './office.ts';

/** A case of the story and what became of it; with the address of the page of whoever asked, if he got one. */
export interface Played {
  story: Story;
  seen: Seen;
  ownerPage: string;
}

type Fields = { [name: string]: FieldSpec };

/** A choice by its whole title; before it may stand the digit that picks it. */
const labelled = (title: string): RegExp => new RegExp(`^\\d?\\s*${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

/** Plays tales of packs through the real pages of a running program, with the people of the demo company. */
export class Player {
  private readonly desk: Desk;
  readonly office: Office;
  /** The telephone of the person who asked. */
  private readonly phone: Page;
  private readonly cases = new Map<Story, { id: string; ownerPage: string }>();
  private shift = 0;

  private constructor(desk: Desk, office: Office, phone: Page) {
    this.desk = desk;
    this.office = office;
    this.phone = phone;
  }

  static async of(browser: Browser, desk: Desk): Promise<Player> {
    const phone = await browser.newPage({ locale: 'zh-CN', viewport: { width: 390, height: 844 } });
    return new Player(desk, await Office.of(browser, desk), phone);
  }

  async close(): Promise<void> {
    await this.phone.context().close();
    await this.office.close();
  }

  /** Plays a tale from the first call on; answers its cases as the program then has them. */
  async play(tale: Tale): Promise<Played[]> {
    const acts = actsOf(tale);
    this.cases.clear();
    this.shift = await this.shiftFor(acts[0]?.at ?? 0);
    for (const act of acts) {
      await this.office.moveTo(act.at + this.shift);
      if (act.step === 'intake') await this.begin(act);
      else if (act.refused) await this.tryInVain(act);
      else if (act.actor.kind === 'staff') await this.take(act);
      else await this.answer(act);
    }
    await this.office.moveTo(Math.max(...tale.map((story) => story.now)) + this.shift);
    const played: Played[] = [];
    for (const story of tale) {
      const { id, ownerPage } = await this.caseOf(story);
      played.push({ story, seen: await this.office.see(id), ownerPage });
    }
    return played;
  }

  /** What the person who asked reads on his page. */
  async read(ownerPage: string): Promise<string> {
    await this.phone.goto(ownerPage);
    return (await this.phone.locator('main').textContent()) ?? '';
  }

  /** Whole weeks, so that weekdays and working hours stay what they were in the story. */
  private async shiftFor(at: Instant): Promise<number> {
    return Math.ceil(((await this.office.now()) + MINUTE - at) / (7 * DAY)) * 7 * DAY;
  }

  private translation({ story }: Act): Translation {
    const { pack, company } = story;
    const nameOf = (id: string): string => this.office.inTheRoleOf(company.directory.person(id))[0]?.name ?? '';
    return { pack, shift: this.shift, nameOf };
  }

  /** A case of the tale in the program; one that was opened from another is found there. */
  private async caseOf(story: Story): Promise<{ id: string; ownerPage: string }> {
    const there = this.cases.get(story);
    if (there) return there;
    if (!story.origin) throw new Error('The story has not begun');
    const parent = await this.office.see((await this.caseOf(story.origin.story)).id);
    const taken = new Set([...this.cases.values()].map(({ id }) => id));
    const link = parent.links.findLast(
      ({ caseId, procedure }) => procedure === story.case.procedure && caseId && !taken.has(caseId),
    );
    if (!link?.caseId) throw new Error(`${parent.number} opened no ${story.case.procedure}`);
    const found = { id: link.caseId, ownerPage: '' };
    this.cases.set(story, found);
    return found;
  }

  private likely({ story, actor }: Act): Colleague[] {
    return this.office.inTheRoleOf(story.company.directory.person(actor.personId ?? ''));
  }

  private async begin(act: Act): Promise<void> {
    const { id, ownerPage } = act.actor.kind === 'staff' ? await this.register(act) : await this.report(act);
    this.cases.set(act.story, { id, ownerPage: ownerPage ?? '' });
  }

  private async register(act: Act): Promise<Seen> {
    const [clerk] = this.likely(act);
    if (!clerk) throw new Error('Nobody at the demo company can register this');
    const { pack, case: told } = act.story;
    const { page } = this.office;
    await this.office.seat(clerk);
    await this.office.go('/intake');
    const form = page.locator('form.intake');
    await expect(form).toBeVisible();
    const choices = page.locator('fieldset.matters');
    if ((await choices.count()) > 1)
      await choices
        .first()
        .locator('label')
        .filter({ hasText: labelled(pack.title.zh) })
        .click();
    await choices
      .last()
      .locator('label')
      .filter({ hasText: labelled(pack.matters[told.matter]?.title.zh ?? told.matter) })
      .click();
    const channel = pack.channels[told.channel];
    if (channel && !channel.selfService)
      await page.locator('.page-head select').selectOption({ label: channel.title.zh });
    const by = this.translation(act);
    await fillAll(act.values, pack.procedures[told.procedure]?.intake.fields ?? {}, (name, spec, value) =>
      fillStaff(form, name, spec, value, by),
    );
    const answered = page.waitForResponse(
      (said) => said.url().endsWith('/api/v1/cases') && said.request().method() === 'POST',
    );
    await page.keyboard.press('Control+Enter');
    const said = await answered;
    expect(said.status(), await said.text()).toBe(201);
    const seen = await said.json();
    expect(seen.pack).toBe(told.pack);
    await expect(page.locator('#done-number')).toHaveText(seen.number);
    await page.getByRole('link', { name: '打开案件' }).click();
    return seen;
  }

  /** The same by the person who asks, on the public page. */
  private async report(act: Act): Promise<Seen> {
    const { pack, matter, procedure } = act.story.case;
    const { phone } = this;
    await phone.goto(`${this.desk.url}/o`);
    const choice = phone.locator(`button[name="switch"][value="${pack}.${matter}"]`);
    if ((await choice.count()) > 0) await choice.click();
    const form = phone.locator('main form');
    const by = this.translation(act);
    // What kind of trouble it is, the staff decide: where it may be left out the page does not ask.
    const asked = Object.fromEntries(
      Object.entries(act.story.pack.procedures[procedure]?.intake.fields ?? {}).filter(
        ([, spec]) => spec.type !== 'category' || spec.required === true,
      ),
    );
    await fillAll(act.values, asked, (name, spec, value) => fillOwner(form, name, spec, value, by));
    // Nobody reads, types and sends in less.
    await this.office.pass('PT3S');
    await send(phone);
    await expect(phone).toHaveURL(/\/o\/c\//);
    const number = (await phone.locator('.num').first().textContent()) ?? '';
    const seen = await this.office.find(number);
    await this.settle(seen.id, act, asked);
    return { ...seen, ownerPage: phone.url().replace(/\?.*/, '') };
  }

  /** What the story knew and the public page did not ask, a clerk settles by the step that sets it. */
  private async settle(id: string, act: Act, asked: Fields): Promise<void> {
    const { pack, case: told } = act.story;
    const missing = Object.keys(act.values).filter((name) => !(name in asked) && act.values[name] !== null);
    if (missing.length === 0) return;
    const [step] = Object.entries(pack.procedures[told.procedure]?.steps ?? {}).find(
      ([, { sets, from }]) =>
        from.includes(pack.procedures[told.procedure]?.intake.state ?? '') && missing.every((name) => name in sets),
    ) ?? [''];
    if (step === '') return;
    this.cases.set(act.story, { id, ownerPage: '' });
    await this.take({
      ...act,
      step,
      values: Object.fromEntries(missing.map((name) => [name, act.values[name] ?? null])),
    });
  }

  private async take(act: Act): Promise<void> {
    const { id } = await this.caseOf(act.story);
    const spec = stepOf(act);
    await this.office.seat(await this.whoMay(id, act));
    await this.office.open(id);
    const form = await this.office.form(spec.title.zh);
    const by = this.translation(act);
    await fillAll(act.values, spec.fields, (name, field, value) => fillStaff(form, name, field, value, by));
    await form.locator('.step-end button[type=submit]').click();
    await expect(form, `${act.step} went through`).toBeHidden();
  }

  /** Who may take a step now, colleagues of the same post first. */
  private async whoMay(id: string, act: Act): Promise<Colleague> {
    const likely = this.likely(act);
    for (const one of [...likely, ...this.office.staff.filter((other) => !likely.includes(other))]) {
      const list = await this.office.allowed(one, id);
      if (list.some(({ step, allowed, mine }) => step === act.step && allowed && mine)) return one;
    }
    const { state } = await this.office.see(id);
    throw new Error(`Nobody at the demo company can take ${act.step}; the case is ${state}`);
  }

  /** Does what the procedure refuses: either the page offers no button and says why, or the form comes back with the reason. */
  private async tryInVain(act: Act): Promise<void> {
    const { id } = await this.caseOf(act.story);
    const code = act.refused?.code ?? '';
    const spec = stepOf(act);
    const { page } = this.office;
    for (const one of this.likely(act)) {
      const found = (await this.office.allowed(one, id)).find(({ step }) => step === act.step);
      const why = found?.why.find((each) => each.code === code);
      if (!found || (found.allowed ? !found.mine : !why)) continue;
      await this.office.seat(one);
      await this.office.open(id);
      if (why) return this.seesNoWay(spec.title.zh, why.message.zh);
      const form = await this.office.form(spec.title.zh);
      const by = this.translation(act);
      await fillAll(act.values, spec.fields, (name, field, value) => fillStaff(form, name, field, value, by));
      const answered = page.waitForResponse((said) => said.url().endsWith(`/cases/${id}/commands`));
      await form.locator('.step-end button[type=submit]').click();
      const said = await (await answered).json();
      expect(said.errors.map((fault: { code: string }) => fault.code)).toContain(code);
      await expect(form.getByRole('alert').first()).toBeVisible();
      await form.getByRole('button', { name: '关闭' }).click();
      return;
    }
    throw new Error(`Nobody at the demo company is refused ${act.step} with ${code}`);
  }

  private async seesNoWay(title: string, why: string): Promise<void> {
    const { page } = this.office;
    await expect(page.locator('.actions').first()).toBeVisible();
    await expect(page.locator('.actions').getByRole('button', { name: `${title} §` })).toHaveCount(0);
    const listed = page.locator('.blocked li').filter({ hasText: title });
    if ((await listed.count()) > 0) await expect(listed.filter({ hasText: why }).first()).toBeAttached();
  }

  private async answer(act: Act): Promise<void> {
    const { phone } = this;
    const by = this.translation(act);
    const { id, ownerPage } = await this.caseOf(act.story);
    const page = act.actor.kind === 'outside' ? await this.linkFor(id, act) : ownerPage;
    await phone.goto(`${page}/do/${act.step}`);
    await fillAll(act.values, stepOf(act).fields, (name, spec, value) =>
      fillOwner(phone.locator('main form'), name, spec, value, by),
    );
    await send(phone);
    await expect(phone, `${act.step} went through`).toHaveURL(/done=/);
  }

  /** The address at which a party outside may answer once, as a colleague makes it on the page of the case. */
  private async linkFor(id: string, { actor }: Act): Promise<string> {
    const { page } = this.office;
    await this.office.seat(await this.office.whoSees(id));
    await this.office.open(id);
    await page.getByRole('button', { name: '请外部单位答复' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('单位或姓名').fill(actor.name);
    await page.keyboard.press('Control+Enter');
    const link = await dialog.getByRole('link').getAttribute('href');
    await page.keyboard.press('Escape');
    return link ?? '';
  }
}

const send = (page: Page): Promise<void> => page.locator('main form button.main[data-busy]').click();

function stepOf({ story, step }: Act) {
  const spec = story.pack.procedures[story.case.procedure]?.steps[step];
  if (!spec) throw new Error(`The procedure has no step ${step}`);
  return spec;
}

async function fillAll(
  values: Values,
  fields: Fields,
  fill: (name: string, spec: FieldSpec, value: Values[string]) => Promise<void>,
): Promise<void> {
  for (const [name, spec] of Object.entries(fields)) {
    const value = values[name];
    if (value === undefined || value === null || spec.type === 'figures') continue;
    await fill(name, spec, value);
  }
}

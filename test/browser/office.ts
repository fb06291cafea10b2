import { type APIRequestContext, type Browser, type Locator, type Page, request } from '@playwright/test';
import type { Person } from '#case/context.ts';
import type { Instant } from '#kernel/instant.ts';
import { localMinute } from '../support/tale.ts';
import { type Desk, expect } from './desk.ts';

/** Weeks of duties of the calendar may come due at once. */
const PATIENCE = 60_000;

/** Somebody of the demo company, with a session of his own for looking things up. */
export interface Colleague {
  personId: string;
  name: string;
  posts: readonly string[];
  api: APIRequestContext;
}

/** A case as the program has it. */
export interface Seen {
  id: string;
  number: string;
  pack: string;
  state: string;
  outcome: string | null;
  clocks: { clock: string; run: number; status: string }[];
  links: { caseId: string | null; procedure: string; relation: string }[];
  ownerPage?: string;
}

interface Allowed {
  step: string | null;
  allowed: boolean;
  mine: boolean;
  why: { code: string; message: { zh: string } }[];
}

/** One screen of the demo company, at which its people take turns by the bar of the demo, and which moves its clock. */
export class Office {
  readonly page: Page;
  readonly staff: readonly Colleague[];
  private readonly desk: Desk;
  private sitting: Colleague | undefined;
  /** Up to when time was moved, and when that was on the machine's clock, which it has followed since. */
  private reached: Instant = 0;
  private since: Instant = 0;
  /** Time was moved since somebody looked at the screen. */
  private stale = false;

  private constructor(page: Page, desk: Desk, staff: readonly Colleague[]) {
    this.page = page;
    this.desk = desk;
    this.staff = staff;
  }

  static async of(browser: Browser, desk: Desk): Promise<Office> {
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
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' });
    const [first] = staff;
    if (!first) throw new Error('Nobody works at the demo company');
    await desk.signIn(context, first.name);
    const page = await context.newPage();
    await page.goto(desk.url);
    const office = new Office(page, desk, staff);
    office.sitting = first;
    return office;
  }

  async close(): Promise<void> {
    await this.page.context().close();
    for (const { api } of this.staff) await api.dispose();
  }

  /** Those who hold a post. */
  holding(post: string): Colleague[] {
    return this.staff.filter(({ posts }) => posts.includes(post));
  }

  /** Those who hold posts of a person of the story, the most alike first. */
  inTheRoleOf(person: Person | undefined): Colleague[] {
    const rank = ({ posts }: Colleague): number => posts.filter((post) => person?.posts.includes(post)).length;
    return [...this.staff].filter((one) => rank(one) > 0).sort((a, b) => rank(b) - rank(a));
  }

  async now(): Promise<Instant> {
    const { now } = await (await this.page.request.get(`${this.desk.url}/api/v1/session`)).json();
    return Date.parse(now);
  }

  /** Lets time pass; everything due on the way has happened afterwards. Whoever sits there then looks anew. */
  async moveTo(target: Instant): Promise<void> {
    // What follows from the last act, a case told how another ended, is there before somebody goes on.
    if (target <= this.reached + Date.now() - this.since) return this.pass('PT0S');
    await this.move({ now: `${localMinute(target)}:${String(Math.floor(target / 1000) % 60).padStart(2, '0')}+08:00` });
    this.reached = target;
    this.since = Date.now();
    this.stale = true;
  }

  /** Lets a little time pass, unseen by who sits at the screen. */
  async pass(span: string): Promise<void> {
    await this.move({ advance: span });
  }

  private async move(data: { now: string } | { advance: string }): Promise<void> {
    const moved = await this.page.request.post(`${this.desk.url}/api/v1/sandbox/clock`, { data, timeout: PATIENCE });
    expect(moved.ok(), await moved.text()).toBe(true);
  }

  /** Somebody sits down at the screen. */
  async seat(one: Colleague): Promise<void> {
    const same = this.sitting?.personId === one.personId;
    if (same && !this.stale) return;
    this.stale = false;
    if (same) return void (await this.page.reload());
    await this.page.locator('.sandbox-who select').selectOption(one.personId);
    await expect(this.page.locator('.account-words b')).toHaveText(one.name);
    this.sitting = one;
  }

  /** Opens a page of the application without loading the application anew. */
  async go(path: string): Promise<void> {
    if (new URL(this.page.url()).pathname === path) return;
    await this.page.evaluate(`history.pushState(null, '', '${path}'); dispatchEvent(new PopStateEvent('popstate'));`);
    await expect(this.page).toHaveURL(`${this.desk.url}${path}`);
  }

  async open(caseId: string): Promise<void> {
    await this.go(`/cases/${caseId}`);
    await expect(this.page.locator('.case-title')).toBeVisible();
  }

  async allowed(one: Colleague, caseId: string): Promise<Allowed[]> {
    const said = await one.api.get(`/api/v1/cases/${caseId}/allowed-commands`);
    return said.ok() ? said.json() : [];
  }

  /** The case, as the first colleague sees it who may see it. */
  async see(caseId: string): Promise<Seen> {
    return (await (await this.whoSees(caseId)).api.get(`/api/v1/cases/${caseId}`)).json();
  }

  /** The first colleague who may see a case. */
  async whoSees(caseId: string): Promise<Colleague> {
    for (const one of this.staff) if ((await one.api.get(`/api/v1/cases/${caseId}`)).ok()) return one;
    throw new Error(`Nobody sees the case ${caseId}`);
  }

  async find(number: string): Promise<Seen> {
    for (const { api } of this.staff) {
      const { items } = await (await api.get(`/api/v1/worklist?view=all&state=any&q=${number}`)).json();
      if (items?.[0]) return this.see(items[0].id);
    }
    throw new Error(`Nobody sees ${number}`);
  }

  /** The form of a step, opened by its button. */
  async form(title: string): Promise<Locator> {
    await this.page
      .locator('.actions')
      .getByRole('button', { name: `${title} §` })
      .first()
      .click();
    return this.page.getByRole('dialog');
  }
}

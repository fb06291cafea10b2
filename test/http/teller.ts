import type { Person } from '#case/context.ts';
import type { Value } from '#case/event.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { loadDirectory } from '#directory/directory.ts';
import type { CandidateView, CaseView } from '#http/contract/case.ts';
import type { WireProblem, WireValues } from '#http/contract/common.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { ownerFields } from '#owner/fields/registry.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import { formOf, sendForm, type WebFile } from '../support/form.ts';
import type { Story } from '../support/story.ts';
import { type Act, actsOf, laterDay, localMinute, momentOf, type Tale } from '../support/tale.ts';
import { playing } from './procedure.ts';
import type { Client, Site } from './support.ts';
import { entered, JPEG, sign, signerOf, upload } from './wire-values.ts';

// Stories are told in the spring of 2026; whole years of weeks later it is the same season and the same weekday.
const YEAR = 52 * 7 * DAY;

/** How a tale ended in the program: each of its cases, or what went wrong on the way. */
export type Ended = { cases: { story: Story; seen: CaseView }[] } | { trouble: unknown };

/** Tells tales of packs to a running program over its API, all along one line of time, by people of the demo company. */
export class Teller {
  private readonly at: () => Site;
  private readonly play: ReturnType<typeof playing>;
  private readonly cases = new Map<Story, CaseView>();
  private readonly viewers = new Map<string, string>();
  /** Who plays whom, by the first story of those that hang together. */
  private readonly casts = new Map<Story, Map<string, string>>();
  private shift = 0;
  private staff: readonly Person[] = [];

  constructor(at: () => Site) {
    this.at = at;
    this.play = playing(at);
  }

  /** Goes to the season of the tales, publishes their packs and lets everything happen when it is told. */
  async tell<Title extends string>(tales: Record<Title, Tale>): Promise<Record<Title, Ended>> {
    const told = Object.entries<Tale>(tales) as [Title, Tale][];
    const acts = told.flatMap(([title, tale]) => actsOf(tale).map((act) => ({ ...act, title })));
    const first = Math.min(...acts.map((act) => act.at));
    this.shift = Math.ceil(((await this.now()) - first) / YEAR) * YEAR;
    await this.moveTo(first - DAY);
    const packs = new Set(told.flatMap(([, tale]) => tale.map((story) => story.pack.pack.toLowerCase())));
    await this.play.publish(...[...packs].filter((pack) => pack !== 's1'));
    const { holders } = await loadDirectory(this.at().program.pool, DEMO_TENANT, await this.now());
    const stories = told.flatMap(([, tale]) => tale);
    const posts = stories.flatMap(({ pack }) => Object.keys(pack.roles).flatMap((role) => postsOf(pack, role)));
    this.staff = [...new Map([...new Set(posts)].flatMap(holders).map((one) => [one.id, one])).values()];
    const troubles = new Map<Title, unknown>();
    const ended = new Map<Title, Ended>();
    const moments = [
      ...acts.map((act) => ({ title: act.title, at: act.at, order: act.order, act })),
      ...told.map(([title, tale]) => ({ title, at: endOf(tale), order: Number.POSITIVE_INFINITY, act: null })),
    ].sort((a, b) => a.at - b.at || a.order - b.order);
    for (const { title, at, act } of moments) {
      if (troubles.has(title)) continue;
      try {
        await this.moveTo(at);
        if (act) await this.do(act);
        else ended.set(title, await this.look(tales[title]));
      } catch (cause) {
        troubles.set(title, cause);
      }
    }
    const results = told.map(([title]): [Title, Ended] => [
      title,
      ended.get(title) ?? { trouble: troubles.get(title) },
    ]);
    return Object.fromEntries(results) as Record<Title, Ended>;
  }

  private async now(): Promise<Instant> {
    return Date.parse((await this.at().anybody.ask<{ now: string }>('/api/v1/sandbox/clock')).body.now);
  }

  private async moveTo(at: Instant): Promise<void> {
    const target = at + this.shift;
    const { handling } = this.at().program;
    if (target > (await this.now())) await handling.moveClock(target);
    // What follows from the last act, a case told how another ended, is there before somebody goes on.
    else await handling.drainJobs();
  }

  /** The cases of a tale as they are now, each story having waited as long. */
  private async look(tale: Tale): Promise<Ended> {
    const end = endOf(tale);
    for (const story of tale) story.until(end);
    const cases: { story: Story; seen: CaseView }[] = [];
    for (const story of tale) cases.push({ story, seen: await this.see((await this.caseOf(story)).id) });
    return { cases };
  }

  private async do(act: Act): Promise<void> {
    if (act.step === 'intake') return this.register(act);
    const { id } = await this.caseOf(act.story);
    if (act.actor.kind !== 'staff') return this.byPage(id, act);
    const likely = this.likely(act);
    let first: string | undefined;
    for (const person of [...likely, ...this.staff.filter((one) => !likely.includes(one))]) {
      const said = await this.take(id, act, await this.play.person(person.id));
      if (said === null && act.refused)
        throw new Error(`${person.name} took ${act.step}: ${act.refused.code} expected`);
      if (act.refused ? isAmong(act.refused, said) : said === null) return;
      first ??= `${person.name}: ${JSON.stringify(said)}`;
    }
    const wanted = act.refused ? `is refused ${act.step} with ${act.refused.code}` : `can take ${act.step}`;
    throw new Error(`Nobody at the demo company ${wanted}; ${first}`);
  }

  /** Answers why it was refused; null when it was done. What happened in between is looked at again. */
  private async take(id: string, act: Act, who: Client): Promise<WireProblem | null> {
    for (;;) {
      const seen = await who.ask<CaseView & WireProblem>(`/api/v1/cases/${id}`);
      if (seen.status !== 200) return seen.body;
      const values = await this.wire(who, seen.body, act, stepOf(act).fields);
      const said = await who.take(id, act.step, values, seen.body.seq);
      if (said.status === 200) return null;
      if (said.status !== 412) return said.body as unknown as WireProblem;
    }
  }

  /** The same by staff for whoever reported it himself: the public form has stories of its own. */
  private async register(act: Act): Promise<void> {
    const { pack, case: told } = act.story;
    const { intake } = pack.procedures[told.procedure] ?? {};
    const channel = pack.channels[told.channel]?.selfService
      ? Object.entries(pack.channels).find(([, one]) => !one.selfService)?.[0]
      : told.channel;
    const posts = intake?.by.flatMap((role) => postsOf(pack, role)) ?? [];
    for (const person of act.actor.kind === 'staff' ? this.likely(act) : this.inPosts(posts)) {
      const who = await this.play.person(person.id);
      const values = await this.wire(who, null, act, intake?.fields ?? {});
      const said = await who.ask<CaseView & { code: string }>('/api/v1/cases', {
        method: 'POST',
        body: { pack: pack.pack, matter: told.matter, procedure: told.procedure, channel, values },
      });
      if (said.status === 201) return void this.cases.set(act.story, said.body);
      if (said.body.code !== 'role.notYours') throw new Error(said.text);
    }
    throw new Error(`Nobody at the demo company can register ${told.procedure} of ${pack.pack}`);
  }

  /** What the person who asked, or a party outside, does on the page he got. */
  private async byPage(id: string, act: Act): Promise<void> {
    const outside = act.actor.kind === 'outside';
    const clerk = await this.whoSees(id);
    const link = await clerk.ask<{ url: string }>(`/api/v1/cases/${id}/${outside ? 'outside' : 'owner'}-page`, {
      method: 'POST',
      body: outside ? { role: act.actor.posts[0], name: act.actor.name } : {},
    });
    if (link.status !== 201) throw new Error(link.text);
    const page = await fetch(`${link.body.url}/do/${act.step}`, { headers: { 'accept-language': 'zh-CN' } });
    const filled: [string, string][] = [];
    const files: Record<string, WebFile[]> = {};
    for (const [name, spec, value] of entered(act, stepOf(act).fields)) {
      if (spec.type === 'signature') filled.push([`f.${name}.signer`, signerOf(value)], [`f.${name}.tick`, 'yes']);
      else if (spec.type === 'attachments')
        files[`f.${name}`] = [{ name: 'photo.jpg', bytes: await JPEG, type: 'image/jpeg' }];
      else filled.push(...ownerFields[spec.type].fill(`f.${name}`, this.later(spec, value), spec));
    }
    const said = await sendForm(this.at().url, formOf(await page.text(), '/do/'), Object.fromEntries(filled), files);
    if (!said.url.includes('done='))
      throw new Error(`${act.step} on the page: ${said.status} ${said.url} ${said.page}`);
  }

  /** A case of a tale; one that another case opened is found there. */
  private async caseOf(story: Story): Promise<CaseView> {
    const there = this.cases.get(story);
    if (there) return there;
    if (!story.origin) throw new Error('The story has not begun');
    const { id } = await this.caseOf(story.origin.story);
    const taken = new Set([...this.cases.values()].map((one) => one.id));
    const { procedure } = story.case;
    // Only those who may read a case are told of it.
    for (const person of this.staff) {
      const parent = await (await this.play.person(person.id)).ask<CaseView>(`/api/v1/cases/${id}`);
      const link = (parent.body.links ?? []).findLast(
        (one) => one.procedure === procedure && one.caseId !== null && !taken.has(one.caseId),
      );
      if (!link?.caseId) continue;
      const seen = await this.see(link.caseId);
      this.cases.set(story, seen);
      return seen;
    }
    throw new Error(`No ${procedure} was opened`);
  }

  private async whoSees(id: string): Promise<Client> {
    const before = this.viewers.get(id);
    // Whoever saw it last most likely still does.
    const all = this.staff.map((one) => one.id);
    for (const person of before === undefined ? all : [before, ...all]) {
      const who = await this.play.person(person);
      if ((await who.ask(`/api/v1/cases/${id}`)).status !== 200) continue;
      this.viewers.set(id, person);
      return who;
    }
    throw new Error(`Nobody sees the case ${id}`);
  }

  private async see(id: string): Promise<CaseView> {
    return (await (await this.whoSees(id)).ask<CaseView>(`/api/v1/cases/${id}`)).body;
  }

  private likely({ story, actor }: Act): Person[] {
    const posts = story.company.directory.person(actor.personId ?? '')?.posts ?? [];
    return this.inPosts(posts);
  }

  /** Those who hold some of these posts, the most alike first. */
  private inPosts(posts: readonly string[]): Person[] {
    const rank = (one: Person): number => one.posts.filter((post) => posts.includes(post)).length;
    return this.staff.filter((one) => rank(one) > 0).sort((a, b) => rank(b) - rank(a));
  }

  private later(spec: FieldSpec, value: Value): Value {
    if (spec.type === 'instant') return momentOf(value) + this.shift;
    return spec.type === 'date' ? laterDay(String(value), this.shift) : value;
  }

  /** What a story entered, as it goes over the wire at another time by other people. */
  private async wire(
    who: Client,
    seen: CaseView | null,
    act: Act,
    fields: { [name: string]: FieldSpec },
  ): Promise<WireValues> {
    const values: WireValues = {};
    for (const [name, spec, told] of entered(act, fields)) {
      const value = this.later(spec, told);
      if (spec.type === 'instant') values[name] = `${localMinute(Number(value))}:00+08:00`;
      else if (spec.type === 'person') values[name] = await this.playedBy(who, seen, act, name, String(value));
      else if (spec.type === 'attachments') values[name] = [await upload(who)];
      else if (spec.type === 'signature' && seen) values[name] = await sign(who, seen, String(spec.form), value);
      else values[name] = value as WireValues[string];
    }
    return values;
  }

  /** Who plays a person of the story: whoever did before, else of those on offer for this step the one most like him. */
  private async playedBy(who: Client, seen: CaseView | null, act: Act, field: string, id: string): Promise<string> {
    const cast = this.castOf(act.story);
    const before = cast.get(id);
    // What is to be refused is tried with the very person.
    if (before !== undefined && act.refused) return before;
    // Two people of the story are two people here, and whoever cannot have it there cannot have it here.
    const alike = this.inPosts(act.story.company.directory.person(id)?.posts ?? []).filter(
      (one) => (one.id === who.personId) === (id === act.actor.personId),
    );
    const found = seen === null ? undefined : await this.onOffer(who, seen, act.step, field);
    const fit = (found ?? []).filter((one) => one.fit).map((one) => one.personId);
    if (act.refused?.code === 'assign.notHolder')
      return [...alike, ...this.staff].find((one) => !fit.includes(one.id))?.id ?? '';
    const chosen =
      [before, ...alike.map((one) => one.id)].find((one) => one !== undefined && (!found || fit.includes(one))) ??
      fit[0] ??
      alike[0]?.id ??
      '';
    cast.set(id, before ?? chosen);
    return chosen;
  }

  private async onOffer(who: Client, seen: CaseView, step: string, field: string): Promise<CandidateView[]> {
    const asked = `/api/v1/cases/${seen.id}/candidates?step=${step}&field=${field}`;
    return (await who.ask<{ people?: CandidateView[] }>(asked)).body.people ?? [];
  }

  /** Cases of which one opened the other share their people. */
  private castOf(story: Story): Map<string, string> {
    if (story.origin) return this.castOf(story.origin.story);
    const cast = this.casts.get(story) ?? new Map<string, string>();
    this.casts.set(story, cast);
    return cast;
  }
}

/** Whether it was refused for that reason, at that field where the engine names one. */
const isAmong = ({ code, field }: Refusal, said: WireProblem | null): boolean =>
  said !== null &&
  [said, ...(said.errors ?? [])].some((one) => one.code === code && (field === undefined || one.field === field));

const endOf = (tale: Tale): Instant => Math.max(...tale.map((story) => story.now));

function stepOf({ story, step }: Act) {
  const spec = story.pack.procedures[story.case.procedure]?.steps[step];
  if (!spec) throw new Error(`The procedure has no step ${step}`);
  return spec;
}

function postsOf(pack: CompiledPack, role: string): readonly string[] {
  const spec = pack.roles[role];
  return spec && 'post' in spec ? spec.post : [];
}

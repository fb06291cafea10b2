import { join } from 'node:path';
import { loadCalendars } from '#app/calendars.ts';
import { readPackFolder } from '#app/packs.ts';
import type { Actor } from '#case/context.ts';
import type { Values } from '#case/event.ts';
import { renderForm } from '#case/render-form.ts';
import type { CaseState } from '#case/state.ts';
import type { TestDatabase } from '#db/testing.ts';
import { type DirectoryCache, openDirectoryCache } from '#directory/cache.ts';
import { createDemoCompany, demoPerson } from '#directory/demo/company.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { premisesId } from '#directory/demo/premises.ts';
import { type Handling, openHandling } from '#handling/index.ts';
import { openPacks } from '#handling/packs.ts';
import type { SandboxTime } from '#handling/time.ts';
import { prepareJobs } from '#jobs/prepare.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { openReports } from '#reports/registry.ts';

const root = join(import.meta.dirname, '../..');

/** The demo company at work on a real database, with procedure S1, timers, outside work and a clock the teller moves. */
export interface Stage {
  tenant: string;
  handling: Handling;
  directory: DirectoryCache;
  now(): Instant;
  /** Moves the clock on; everything due fires in order, and outside work is done, before it returns. */
  until(local: string | Instant): Promise<void>;
  /** An employee of the demo company by username. */
  staff(key: string): Promise<Actor>;
  begin(
    actor: Actor,
    matter: string,
    values: Values,
    more?: { channel?: string; receivedAt?: Instant },
  ): Promise<CaseState>;
  /** Takes a step; throws when it is refused. */
  take(actor: Actor, state: { id: string }, step: string, values?: Values): Promise<CaseState>;
  /** Code of the refusal. */
  refused(actor: Actor, state: { id: string }, step: string, values?: Values): Promise<string>;
  stateOf(caseId: string): Promise<CaseState>;
  close(): Promise<void>;
}

export const owner: Actor = { kind: 'owner', personId: null, name: '业主', posts: [] };
/** Local Chinese time: moment('2026-03-05 10:00'). */
export const moment = (local: string): Instant => Date.parse(`${local.replace(' ', 'T')}:00+08:00`);

export async function openStage(db: TestDatabase, start: string): Promise<Stage> {
  const pool = db.appPool;
  await prepareJobs(db.owner);
  let at = moment(start);
  let held: Instant | null = null;
  const time: SandboxTime = {
    now: () => held ?? at,
    moveTo: async (target) => {
      at = target;
    },
    holdAt: (where) => {
      held = where;
    },
  };
  await createDemoCompany(pool, async () => undefined, at);
  const calendars = await loadCalendars(join(root, 'calendars'));
  if (!calendars.ok) throw new Error(calendars.refusal.message.en);
  const directory = await openDirectoryCache(pool);
  const handling = await openHandling({
    pool,
    owner: db.owner,
    time,
    sandbox: time,
    directory,
    calendars: calendars.value,
    reports: openReports(openPacks(pool)),
    mail: null,
    dataDir: null,
    works: true,
    onFailure: ({ where, what, cause }) => {
      throw new Error(`${where} ${what}: ${cause}`);
    },
  });
  const tenant = DEMO_TENANT;
  const sources = await readPackFolder(join(root, 'packs/s1'));
  const published = await handling.publish(tenant, { sources, by: '徐凯', reviewNote: '' });
  if (!published.ok) throw new Error(JSON.stringify(published.refusal));

  const handle = async (actor: Actor, state: { id: string }, step: string, values: Values) =>
    handling.handle({ tenant, actor, caseId: state.id, command: { type: 'take', step, values } });
  return {
    tenant,
    handling,
    directory,
    now: () => time.now(),
    async until(local) {
      const target = typeof local === 'number' ? local : moment(local);
      if (target > at) await handling.moveClock(target);
    },
    async staff(key) {
      const person = (await directory.at(tenant, at)).person(demoPerson(key));
      if (!person) throw new Error(`Nobody is ${key}`);
      return { kind: 'staff', personId: person.id, name: person.name, posts: person.posts };
    },
    async begin(actor, matter, values, { channel = 'phone', receivedAt = at } = {}) {
      const command = { type: 'register', matter, channel, receivedAt, values } as const;
      const said = await handling.handle({ tenant, actor, pack: 'S1', command });
      if (!said.ok) throw new Error(`register: ${JSON.stringify(said.refusal)}`);
      return said.value.state;
    },
    async take(actor, state, step, values = {}) {
      const said = await handle(actor, state, step, values);
      if (!said.ok) throw new Error(`${step}: ${JSON.stringify(said.refusal)}`);
      return said.value.state;
    },
    async refused(actor, state, step, values = {}) {
      const said = await handle(actor, state, step, values);
      return said.ok ? '' : said.refusal.code;
    },
    async stateOf(caseId) {
      const file = await handling.caseById(tenant, caseId);
      if (!file) throw new Error(`No case ${caseId}`);
      return file.state;
    },
    async close() {
      await handling.close();
      directory.close();
    },
  };
}

/** One complaint as its teller knows it: when it came, and after how many hours each thing was done. Absent = not done. */
export interface Tale {
  received: string;
  channel?: string;
  category: string;
  /** Code of the place it is about. */
  place: string;
  unit: string;
  assignee: string;
  cause?: string;
  content?: string;
  /** Minutes until it was registered. */
  registered?: number;
  contact?: number;
  inspect?: number;
  complete?: number;
  tell?: number;
  /** The owner answers one hour after he was told. */
  answer?: 'satisfied' | 'acceptable' | 'dissatisfied';
  /** Signed by a drawn signature with this id, then archived. */
  signature?: (state: CaseState) => Promise<string>;
}

/** Plays complaints side by side through the commands that everybody uses, up to a moment. Answers them in the order told. */
export async function play(stage: Stage, tales: readonly Tale[], until: string): Promise<CaseState[]> {
  const states: CaseState[] = [];
  const acts: { at: Instant; run: () => Promise<unknown> }[] = tales.flatMap((tale, i) =>
    actsOf(stage, tale, i, states),
  );
  // Stable: acts of one moment stay in the order told.
  for (const { at, run } of acts.sort((a, b) => a.at - b.at)) {
    if (at > moment(until)) break;
    await stage.until(at);
    await run();
  }
  await stage.until(until);
  return Promise.all(states.map((state) => stage.stateOf(state.id)));
}

function actsOf(
  stage: Stage,
  tale: Tale,
  i: number,
  states: CaseState[],
): { at: Instant; run: () => Promise<unknown> }[] {
  const received = moment(tale.received);
  const after = (hours: number): Instant => received + hours * HOUR;
  const acts: { at: Instant; run: () => Promise<unknown> }[] = [];
  const here = (): CaseState => {
    const state = states[i];
    if (!state) throw new Error('The complaint was never registered');
    return state;
  };
  const officer = async (): Promise<Actor> => {
    const { person } = await stage.directory.at(stage.tenant, stage.now());
    const holder = person((await stage.stateOf(here().id)).duties.caseOfficer?.id ?? '');
    if (!holder) throw new Error('Nobody follows the case up');
    return { kind: 'staff', personId: holder.id, name: holder.name, posts: holder.posts };
  };
  acts.push({
    at: received + (tale.registered ?? 0) * MINUTE,
    run: async () => {
      const byOwner = tale.channel === 'doorCode' || tale.channel === 'web';
      const values = {
        content: tale.content ?? `第 ${i + 1} 件`,
        occurredAt: received - HOUR,
        place: { premisesId: premisesId(tale.place), text: tale.place },
        contactName: `业主${i + 1}`,
        contactPhone: '13800001234',
        category: tale.category,
      };
      const by = byOwner ? owner : await stage.staff('zhouxiaoyan');
      states[i] = await stage.begin(by, 'complaint', values, {
        channel: tale.channel ?? 'phone',
        receivedAt: received,
      });
    },
  });
  const { contact, inspect, complete, tell, answer, signature } = tale;
  if (contact !== undefined)
    acts.push({ at: after(contact), run: () => contactAndDispatch(stage, tale, here(), officer) });
  if (inspect !== undefined)
    acts.push({
      at: after(inspect),
      run: async () => {
        const by = await stage.staff(tale.assignee);
        await stage.take(by, here(), 'accept');
        const cause = tale.cause === undefined ? {} : { cause: tale.cause };
        await stage.take(by, here(), 'inspect', { findings: '已到现场', noEvidenceReason: '已当面说明', ...cause });
        const completeBy = new Date(after(complete ?? inspect) + DAY + 8 * HOUR).toISOString().slice(0, 10);
        await stage.take(by, here(), 'plan', { measures: ['整改'], completeBy });
      },
    });
  if (complete !== undefined)
    acts.push({
      at: after(complete),
      run: async () => {
        const by = await stage.staff(tale.assignee);
        await stage.take(by, here(), 'doMeasure', { measure: '整改' });
        await stage.take(by, here(), 'complete', { outcome: '已整改' });
      },
    });
  if (tell !== undefined)
    acts.push({
      at: after(tell),
      run: async () =>
        stage.take(await officer(), here(), 'notifyResult', {
          handling: '已整改',
          improvement: '加强巡查',
          how: 'phone',
        }),
    });
  if (tell !== undefined && answer !== undefined)
    acts.push({
      at: after(tell + 1),
      run: () =>
        answer === 'dissatisfied'
          ? stage.take(owner, here(), 'dissatisfied', { reason: '没有解决' })
          : stage.take(owner, here(), 'satisfied', { rating: answer }),
    });
  if (tell !== undefined && signature)
    acts.push({ at: after(tell + 2), run: () => signAndArchive(stage, here(), signature) });
  return acts;
}

async function contactAndDispatch(
  stage: Stage,
  tale: Tale,
  state: CaseState,
  officer: () => Promise<Actor>,
): Promise<void> {
  const by = await officer();
  const spoken = { how: 'phone', spokenWith: '本人', contentConfirmed: true, procedureExplained: true };
  await stage.take(by, state, 'contact', spoken);
  await stage.take(by, state, 'dispatch', { unit: tale.unit, assignee: demoPerson(tale.assignee) });
}

async function signAndArchive(
  stage: Stage,
  { id }: CaseState,
  signature: (state: CaseState) => Promise<string>,
): Promise<void> {
  const state = await stage.stateOf(id);
  const pack = await stage.handling.packs.version(stage.tenant, state.pack, state.packVersion);
  const ctx = await stage.handling.context(stage.tenant, pack, owner);
  const { digest } = renderForm('registerForm', state, ctx);
  const attachment = await signature(state);
  await stage.take(owner, state, 'sign', { signature: { method: 'glass', signer: '业主', digest, attachment } });
  await stage.take(await stage.staff('luwenbo'), state, 'archive');
}

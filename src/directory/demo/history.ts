import type { Actor, Command, Directory, RegisterCommand } from '#case/context.ts';
import type { Value, Values } from '#case/event.ts';
import type { CaseState } from '#case/state.ts';
import { CHINA_OFFSET, dateOf, dayOf, startOfDay } from '#clock/civil.ts';
import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import type { Result } from '#kernel/result.ts';
import { placeById, residentsOf } from '../premises.ts';
import type { Db } from '../within.ts';
import { demoPerson } from './company.ts';
import { DEMO_TENANT } from './ids.ts';
import { premisesId } from './premises.ts';
import { type Act, type Story, stories } from './stories.ts';

/** What the demo's past is played with: the same commands everybody uses, on a clock that stands where it is put. */
export interface HistoryTools {
  /** `key` is the act's own: the same act played twice is done once, and answered the same. */
  begin(
    key: string,
    actor: Actor,
    command: Omit<RegisterCommand, 'number'>,
  ): Promise<Result<{ caseId: string; state: CaseState }>>;
  act(
    key: string | undefined,
    caseId: string,
    actor: Actor,
    command: Exclude<Command, RegisterCommand>,
  ): Promise<Result<{ caseId: string; state: CaseState }>>;
  /** Puts the clock of `begin` and `act` to a moment, firing on the way whatever is due. */
  moveTo(at: Instant): Promise<void>;
  /** The digest of a form as it would be shown now. */
  digestOf(form: string, state: CaseState): Promise<string>;
}

interface Playing {
  story: Story;
  /** Tells this story's acts from others'. */
  key: string;
  began: Instant;
  state: CaseState | null;
  owner: { name: string; phone: string; email: string | null };
  places: { premisesId: string; text: string };
}

/**
 * Plays the demo's stories up to `now`: what would lie in the future is left undone, so that cases stand at every stage.
 * Nothing else may fire timers meanwhile, and no message may leave the house. Answers how many cases there are. Throws
 * when an act is refused: then stories and procedure no longer fit.
 */
export async function createDemoHistory(
  db: Db,
  directory: Directory,
  tools: HistoryTools,
  now: Instant,
): Promise<number> {
  const today = dayOf(now, CHINA_OFFSET);
  const begins = await Promise.all(
    stories.map((story, i) => prepare(db, story, `demo:${i}`, moment(today - story.daysAgo, story.at), now)),
  );
  const moments = begins.flatMap((playing) => [
    { at: playing.began, run: () => begin(playing, directory, tools) },
    ...playing.story.acts.map((act, i) => {
      const at = moment(today - playing.story.daysAgo + act.day, act.at);
      return { at, run: () => perform(playing, act, { at, key: `${playing.key}:${i}` }, directory, tools) };
    }),
  ]);
  // Stable: acts of one minute stay in the order they are told.
  const past = moments.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
  for (const { at, run } of past) {
    await tools.moveTo(at);
    await run();
  }
  await tools.moveTo(now);
  for (const { state } of begins)
    if (state) must(await tools.act(undefined, state.id, clockwork, { type: 'tick' }), `${state.number} tick`);
  return begins.filter(({ state }) => state !== null).length;
}

const clockwork: Actor = { kind: 'system', personId: null, name: '', posts: [] };

async function prepare(db: Db, story: Story, key: string, began: Instant, now: Instant): Promise<Playing> {
  const [resident] = await residentsOf(db, DEMO_TENANT, premisesId(story.room), now);
  if (!resident?.phone) throw new Error(`room ${story.room} has nobody who could be called`);
  const at = story.place ?? story.room;
  const place = await placeName(db, at, resident.place, story.room);
  const owner = { name: resident.name, phone: resident.phone, email: resident.email };
  return { story, key, began, state: null, owner, places: { premisesId: premisesId(at), text: place } };
}

async function placeName(db: Db, code: string, roomName: string, room: string): Promise<string> {
  if (code === room) return roomName;
  const found = await placeById(db, DEMO_TENANT, premisesId(code));
  if (!found) throw new Error(`there is no place ${code}`);
  return found.fullName;
}

async function begin(playing: Playing, directory: Directory, tools: HistoryTools): Promise<void> {
  const { story, began, owner, places } = playing;
  const values: Values = {
    content: story.content,
    occurredAt: began - 30 * MINUTE,
    place: places,
    contactName: owner.name,
    contactPhone: owner.phone,
    ...(owner.email && { contactEmail: owner.email }),
    ...(story.category && { category: story.category }),
    ...(story.complainedOf && { complainedOf: demoPerson(story.complainedOf) }),
  };
  const answer = await tools.begin(playing.key, actorFor(playing, story.by, directory), {
    type: 'register',
    matter: 'complaint',
    channel: story.channel,
    receivedAt: began,
    values,
  });
  playing.state = must(answer, story.content).state;
}

async function perform(
  playing: Playing,
  act: Act,
  { at, key }: { at: Instant; key: string },
  directory: Directory,
  tools: HistoryTools,
): Promise<void> {
  const state = playing.state;
  if (!state) throw new Error(`${playing.story.content}: acts come before its beginning`);
  const values: Values = {};
  for (const [field, value] of Object.entries(act.values ?? {}))
    values[field] = await complete(field, value, { playing, state, at, tools });
  const answer = await tools.act(key, state.id, actorFor(playing, act.by, directory), {
    type: 'take',
    step: act.step,
    values,
  });
  playing.state = must(answer, `${playing.story.content} ${act.step}`).state;
}

async function complete(
  field: string,
  value: Value,
  around: { playing: Playing; state: CaseState; at: Instant; tools: HistoryTools },
): Promise<Value> {
  const { playing, state, at, tools } = around;
  if (field === 'completeBy' && typeof value === 'string') return dateOf(dayOf(at + Number(value) * DAY, CHINA_OFFSET));
  if (field === 'assignee' && typeof value === 'string') return demoPerson(value);
  if (field === 'spokenWith') return playing.owner.name;
  if (field === 'signature' && typeof value === 'object' && value !== null && !Array.isArray(value))
    return { ...value, signer: playing.owner.name, digest: await tools.digestOf('registerForm', state) };
  return value;
}

function actorFor(playing: Playing, by: Act['by'], directory: Directory): Actor {
  if (by === 'owner') return { kind: 'owner', personId: null, name: playing.owner.name, posts: [] };
  const duties = playing.state?.duties;
  const id = by === 'officer' ? duties?.caseOfficer?.id : by === 'assignee' ? duties?.assignee?.id : demoPerson(by);
  const person = id === undefined ? undefined : directory.person(id);
  if (!person) throw new Error(`${playing.story.content}: nobody is ${by}`);
  return { kind: 'staff', personId: person.id, name: person.name, posts: person.posts };
}

const moment = (day: number, time: string): Instant => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return startOfDay(day, CHINA_OFFSET) + (hours * 60 + minutes) * MINUTE;
};

function must<T>(result: Result<T>, what: string): T {
  if (result.ok) return result.value;
  throw new Error(`the demo's history does not fit the procedure: ${what}: ${JSON.stringify(result.refusal)}`);
}

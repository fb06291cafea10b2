// Longer than usual: it is the one list of what a message can become, in the order in which it is asked.
import { createHash } from 'node:crypto';
import type { Actor, Context } from '#case/context.ts';
import type { Values, Via } from '#case/event.ts';
import { withTenant } from '#db/pool.ts';
import { createCaseLink } from '#directory/account/case-link.ts';
import { createBindLink, hearSender, type Sender, senderLeft } from '#directory/sender.ts';
import { attachToCase } from '#documents/store.ts';
import type { Packs } from '#handling/packs.ts';
import { MINUTE } from '#kernel/instant.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { ChannelDeps } from '../contract.ts';
import { keepFiles } from '../email/keep-files.ts';
import { messengers } from '../messengers.ts';
import { type ConnectionStore, connectionOf } from './connections.ts';
import { begunBy } from './menu.ts';
import { chosen, type Option } from './options.ts';
import { heardBefore, openCasesOf, type Past, pastOf } from './past.ts';
import {
  type Became,
  type KeptMessage,
  keptMessage,
  type NewLetter,
  orderMessage,
  settleMessage,
  settleReceipt,
} from './store.ts';
import { openMatters, whereTo } from './where-to.ts';
import { wireOf } from './wire.ts';
import { MENU, MOST_CASES_AN_HOUR, NEW_MATTER, say, why } from './words.ts';

/** What messages stand on. */
export interface MessagingDeps extends ConnectionStore {
  time: ChannelDeps['time'];
  handling: Pick<ChannelDeps['handling'], 'handle' | 'caseById'> & {
    packs: Pick<Packs, 'list' | 'current' | 'version'>;
    context(tenant: string, pack: CompiledPack, actor: Actor): Promise<Context>;
  };
  /** Address people reach the owner's pages at. */
  publicUrl?: string | undefined;
}

/** The person who asked, as the engine knows him. */
export const ownerActor = (name: string | null): Actor => ({
  kind: 'owner',
  personId: null,
  name: name ?? '',
  posts: [],
});

// A receipt may be faster than the answer to the sending it belongs to.
const RECEIPT_PATIENCE = MINUTE;
// How many of his open cases he is shown.
const MOST_SHOWN = 5;
const LONGEST = 4900;
const NOTE = 1900;

/** Takes up a kept message. Run again it finds what it did before. Throws to be tried again. */
export async function takeMessage(deps: MessagingDeps, tenant: string, kind: string, key: string): Promise<void> {
  const row = await keptMessage(deps.pool, tenant, kind, key);
  if (row?.status !== 'kept') return;
  const { became, letter, files = [] } = await judge(deps, tenant, row);
  await withTenant(deps.pool, tenant, async (client) => {
    if ('caseId' in became && files.length > 0) {
      const attached = await attachToCase(client, tenant, became.caseId, files);
      if (!attached.ok) throw new Error(`${attached.refusal.code}: ${attached.refusal.message.en}`);
    }
    await settleMessage(client, tenant, row, became, deps.time.now());
    if (letter) await orderMessage(client, tenant, letter, deps.time.now());
  });
}

/** Gives a message up to people, after it has failed too often. */
export async function giveUpMessage(
  deps: MessagingDeps,
  tenant: string,
  kind: string,
  key: string,
  cause: string,
): Promise<void> {
  const became: Became = { became: 'deadLetter', why: why.failed(cause) };
  await withTenant(deps.pool, tenant, (client) =>
    settleMessage(client, tenant, { kind, key }, became, deps.time.now()),
  );
}

interface Judgement {
  became: Became;
  letter?: NewLetter;
  files?: string[];
}

async function judge(deps: MessagingDeps, tenant: string, row: KeptMessage): Promise<Judgement> {
  const { pool, time } = deps;
  const { kind, sender, what } = row;
  const to = (text: string, link: string | null = null): NewLetter => ({ kind, to: sender, text, link });
  const nothing = (reason: (Became & { became: 'nothing' })['why']): Became => ({ became: 'nothing', why: reason });
  if (row.receipt) {
    const { receipt } = row;
    const found = await withTenant(pool, tenant, (client) => settleReceipt(client, tenant, kind, receipt, time.now()));
    if (!found && time.now() - row.keptAt < RECEIPT_PATIENCE)
      throw new Error('the receipt was faster than its message');
    return { became: nothing(found ? why.receipt : why.unknownReceipt) };
  }
  if (what === 'left') {
    await senderLeft(pool, tenant, kind, sender, time.now());
    return { became: nothing(why.left) };
  }
  const { who, past } = await withTenant(pool, tenant, async (client) => ({
    who: await hearSender(client, tenant, row, time.now()),
    past: await pastOf(client, tenant, row, time.now()),
  }));
  const bindLink = async (): Promise<string | null> =>
    deps.publicUrl ? `${deps.publicUrl}/o/bind/${await createBindLink(pool, tenant, kind, sender, time.now())}` : null;
  const pressed = what === 'menu' ? await answerPress(deps, tenant, row, who, bindLink) : null;
  if (pressed) return { became: nothing(why.event), letter: to(pressed.text, pressed.link) };
  // Some services tell of every look into the conversation: he is greeted once.
  if (what === 'entered' && (await heardBefore(pool, tenant, row))) return { became: nothing(why.event) };
  if (what === 'arrived' || what === 'entered' || what === 'menu')
    return {
      became: nothing(why.event),
      letter: who.place === null ? to(say.hello, await bindLink()) : to(say.welcomeBack),
    };
  if (what === 'other')
    return row.key.startsWith('event:')
      ? { became: nothing(why.event) }
      : { became: nothing(why.strange), letter: to(say.strange) };
  if ((row.text ?? '').trim() === '' && !row.media) return { became: nothing(why.empty) };
  return ofOwner(deps, tenant, row, { who, past }, bindLink);
}

async function ofOwner(
  deps: MessagingDeps,
  tenant: string,
  row: KeptMessage,
  { who, past }: { who: Sender; past: Past },
  bindLink: () => Promise<string | null>,
): Promise<Judgement> {
  const words = (row.text ?? '').trim();
  if (past.answered !== null) return { became: { became: 'answer', caseId: past.answered } };
  const wish = past.pressed === null ? null : begunBy(past.pressed);
  const fresh = words.startsWith(NEW_MATTER) || wish !== null;
  const offered = fresh || words === '' ? null : past.offer;
  const answer = offered && chosen(offered.options, words);
  if (offered && answer) return answerBy(deps, tenant, row, who, offered, answer.option, answer.rest);
  const open = fresh ? null : past.open;
  // An attempt before this one began the case and broke off.
  if (open?.caseId === row.newCaseId) return { became: { became: 'case', caseId: open.caseId } };
  if (!open && who.place === null) return hold(past, row, bindLink);
  const files = await filesOf(deps, tenant, row);
  if (open) {
    await note(deps, tenant, row, who, open.caseId, files);
    const letter =
      words === ''
        ? {}
        : { letter: { kind: row.kind, to: row.sender, text: say.noted(open.number), number: open.number } };
    return { became: { became: 'addition', caseId: open.caseId }, files: files.ids, ...letter };
  }
  return register(
    deps,
    tenant,
    row,
    { ...who, place: who.place ?? '' },
    words.startsWith(NEW_MATTER) ? words.slice(NEW_MATTER.length).replace(/^[\s：:，,。]+/, '') : words,
    { wish, begun: past.begun },
    files,
  );
}

/** What a press of our menu is answered with; null for a key that is none of ours. */
async function answerPress(
  deps: MessagingDeps,
  tenant: string,
  row: KeptMessage,
  who: Sender,
  bindLink: () => Promise<string | null>,
): Promise<{ text: string; link: string | null } | null> {
  const key = row.text ?? '';
  const matter = begunBy(key);
  if (matter !== null) {
    const found = (await openMatters(deps, tenant, row.kind)).find((one) => one.matter === matter);
    return found ? { text: say.begin(found.title.zh), link: null } : null;
  }
  if (key === MENU.place) return { text: say.place(who.place), link: await bindLink() };
  if (key !== MENU.mine) return null;
  const lines: string[] = [];
  for (const { caseId, number } of await openCasesOf(deps.pool, tenant, row, MOST_SHOWN)) {
    const file = await deps.handling.caseById(tenant, caseId);
    const pack = file && (await deps.handling.packs.version(tenant, file.state.pack, file.state.packVersion));
    const state = file && pack?.procedures[file.state.procedure]?.states[file.state.state];
    const link = deps.publicUrl
      ? ` ${deps.publicUrl}/o/c/${await createCaseLink(deps.pool, tenant, caseId, { now: deps.time.now() })}`
      : '';
    lines.push(`${number} ${state?.title.zh ?? ''}${link}`);
  }
  return { text: lines.length === 0 ? say.noneOpen : [say.mine, ...lines].join('\n'), link: null };
}

/** Holds a message back until its sender has said where he lives; he is asked once. */
async function hold(
  { othersHeld }: Past,
  row: KeptMessage,
  bindLink: () => Promise<string | null>,
): Promise<Judgement> {
  if (othersHeld) return { became: { became: 'held' } };
  const link = await bindLink();
  if (link === null) return { became: { became: 'deadLetter', why: why.noAddress } };
  return { became: { became: 'held' }, letter: { kind: row.kind, to: row.sender, text: say.bind, link } };
}

interface Files {
  ids: string[];
  names: string[];
  refused: string[];
}

async function filesOf(deps: MessagingDeps, tenant: string, row: KeptMessage): Promise<Files> {
  const connection = row.media && (await connectionOf(deps, tenant, row.kind));
  const fetchMedia = connection?.messenger.fetchMedia;
  if (!row.media || !connection || !fetchMedia) return { ids: [], names: [], refused: [] };
  const bytes = await fetchMedia(wireOf(deps, connection, deps.time.now), row.media);
  const key = createHash('sha256').update(`${row.kind} ${row.key}`).digest();
  return keepFiles(
    deps.pool,
    tenant,
    key,
    [{ name: row.media.name, bytes, inline: false }],
    ownerActor(null),
    deps.time.now(),
  );
}

const said = (row: KeptMessage, words: string, files: Files): string =>
  [
    words || (row.what === 'voice' ? '（语音，见附件）' : '（图片，见附件）'),
    ...(words !== '' && row.what === 'voice' ? ['（由语音识别，原话见附件）'] : []),
    ...files.refused.map((file) => `（附件未收下：${file}）`),
  ].join('\n');

async function note(
  deps: MessagingDeps,
  tenant: string,
  row: KeptMessage,
  who: Sender,
  caseId: string,
  files: Files,
): Promise<void> {
  const done = await deps.handling.handle({
    tenant,
    caseId,
    actor: ownerActor(who.name),
    idempotencyKey: `message:${row.kind}:${row.key}`,
    command: {
      type: 'annotate',
      text: [...said(row, (row.text ?? '').trim(), files)].slice(0, NOTE).join(''),
      visible: true,
    },
  });
  if (!done.ok && done.refusal.code !== 'idempotency.keyReused')
    throw new Error(`${done.refusal.code}: ${done.refusal.message.en}`);
}

async function answerBy(
  deps: MessagingDeps,
  tenant: string,
  row: KeptMessage,
  who: Sender,
  { caseId, number }: { caseId: string; number: string },
  option: Option,
  rest: string,
): Promise<Judgement> {
  const letter = (text: string): NewLetter => ({ kind: row.kind, to: row.sender, text, number });
  if (option.words !== null && rest === '')
    return {
      became: { became: 'nothing', why: why.asked },
      letter: { ...letter(say.ask(option.sign, option.label, option.ask ?? '')), caseId, options: [option] },
    };
  const values: Values = { ...option.values, ...(option.words === null ? {} : { [option.words]: rest }) };
  const done = await deps.handling.handle({
    tenant,
    caseId,
    actor: ownerActor(who.name),
    idempotencyKey: `answer:${row.kind}:${row.key}`,
    command: { type: 'take', step: option.step, values },
  });
  if (done.ok) return { became: { became: 'answer', caseId }, letter: letter(say.answered(number, option.label)) };
  // What he said must not be lost because the case has moved on.
  await note(deps, tenant, row, who, caseId, { ids: [], names: [], refused: [] });
  return { became: { became: 'addition', caseId }, letter: letter(say.notNow(done.refusal.message.zh)) };
}

async function register(
  deps: MessagingDeps,
  tenant: string,
  row: KeptMessage,
  who: Sender & { place: string },
  words: string,
  { wish, begun }: { wish: string | null; begun: number },
  files: Files,
): Promise<Judgement> {
  const { pool, handling } = deps;
  const dead = (reason: (Became & { became: 'deadLetter' })['why']): Judgement => ({
    became: { became: 'deadLetter', why: reason },
    letter: { kind: row.kind, to: row.sender, text: say.byHand },
  });
  if (begun >= MOST_CASES_AN_HOUR) return { became: { became: 'deadLetter', why: why.tooMany } };
  const found = await whereTo(deps, tenant, row.kind, words, wish);
  if (!found) return dead(why.noProcedure);
  const { pack, procedure, matter, channel } = found;
  const content = [...said(row, words, files)].slice(0, LONGEST).join('');
  const values: Values = {
    content,
    ...(who.name === null ? {} : { contactName: who.name }),
    ...(who.phone === null ? {} : { contactPhone: who.phone }),
    place: { premisesId: who.premisesId, text: who.place },
    occurredAt: row.keptAt,
    ...(files.ids.length > 0 ? { photos: files.ids } : {}),
  };
  const known = pack.procedures[procedure]?.intake.fields ?? {};
  // Before the case, so that its first notice finds the way to him.
  await withTenant(pool, tenant, (client) =>
    client.query(
      'insert into huiyin.case_recipient (tenant_id, case_id, kind, sender) values ($1, $2, $3, $4) on conflict do nothing',
      [tenant, row.newCaseId, row.kind, row.sender],
    ),
  );
  const done = await handling.handle({
    tenant,
    actor: ownerActor(who.name),
    pack: pack.pack,
    caseId: row.newCaseId,
    idempotencyKey: `message:${row.kind}:${row.key}`,
    command: {
      type: 'register',
      procedure,
      matter,
      channel,
      ...wayOf(row.kind, channel),
      receivedAt: row.keptAt,
      values: Object.fromEntries(Object.entries(values).filter(([name]) => name in known)),
    },
  });
  if (done.ok || (await handling.caseById(tenant, row.newCaseId)))
    return { became: { became: 'case', caseId: row.newCaseId }, files: files.ids };
  return dead(done.refusal);
}

/** The service itself, where the procedure takes its messages under another channel. */
function wayOf(kind: string, channel: string): { via?: Via } {
  const messenger = messengers.find((one) => one.kind === kind);
  const id = messenger?.channel ?? kind;
  if (!messenger || id === channel) return {};
  // Which vendor carries it is the house's business.
  const { zh, en } = messenger.title;
  return { via: { id, title: text(zh.replace(/（.+）$/, ''), en.replace(/ \(.+\)$/, '')) } };
}

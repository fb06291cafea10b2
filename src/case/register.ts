import { HOUR, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { procedureFor } from '#policy/compile.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { nearest } from '#policy/problem.ts';
import { blank } from './blank.ts';
import { carryOut } from './carry-out.ts';
import type { Actor, Context, RegisterCommand } from './context.ts';
import { type Draft, refOfActor } from './draft.ts';
import type { CaseEvent, Values } from './event.ts';
import { evolve } from './evolve.ts';
import { principalsOf } from './in-whose-name.ts';
import { premisesOf } from './roles.ts';
import { readValues, splitPersonal } from './values.ts';

const HOW_LONG_AGO = 366 * 24 * HOUR;

/** Begins a case: the matter is written down, its number given, its first clocks run. */
export function register(command: RegisterCommand, ctx: Context, caseId: string): Draft | Refusal {
  const found = find(command, ctx);
  if ('code' in found) return found;
  const [name, procedure] = found;
  const { intake } = procedure;
  const registrar = whoRegisters(command, procedure, ctx);
  if ('code' in registrar) return registrar;
  const receivedAt = command.receivedAt ?? ctx.now;
  if (receivedAt > ctx.now + MINUTE)
    return refusal(
      'register.receivedInFuture',
      { zh: '接报时间不能晚于现在', en: 'It cannot have been received in the future' },
      { field: 'receivedAt', clause: intake.clause },
    );
  if (receivedAt < ctx.now - HOW_LONG_AGO)
    return refusal(
      'register.receivedTooLongAgo',
      { zh: '接报时间早于一年前，请核对年份', en: 'It was received more than a year ago; check the year' },
      { field: 'receivedAt', clause: intake.clause },
    );
  const known = { id: caseId, procedure: name, matter: command.matter, channel: command.channel, receivedAt };
  const draft: Draft = {
    state: { ...blank, ...known },
    events: [],
    ctx: registrar === ctx.actor ? ctx : { ...ctx, actor: registrar },
  };
  const read = readValues(
    intake.fields,
    command.values,
    { state: draft.state, values: {}, pack: ctx.pack },
    ctx,
    intake.clause,
  );
  if (!read.ok) return read.refusal;
  const unscanned = paperMissing(command, procedure, read.values, ctx);
  if (unscanned) return unscanned;
  const elsewhere = outOfScope(procedure, read.values, ctx);
  if (elsewhere) return elsewhere;
  const { plain, personal } = splitPersonal(intake.fields, read.values);
  const registered: CaseEvent = {
    type: 'caseRegistered',
    at: ctx.now,
    actor: refOfActor(registrar),
    data: {
      number: command.number,
      pack: ctx.pack.pack,
      packVersion: ctx.pack.version,
      procedure: name,
      matter: command.matter,
      channel: command.channel,
      ...(command.via ? { via: command.via } : {}),
      receivedAt,
      registeredAt: ctx.now,
      state: intake.state,
      values: plain,
      clause: intake.clause,
      ...(command.origin ? { origin: command.origin } : {}),
    },
    ...(personal ? { personal } : {}),
  };
  draft.events.push(registered);
  draft.state = evolve(null, registered, caseId);
  return carryOut(draft, { step: 'intake', spec: intake, procedure, values: read.values }) ?? draft;
}

/** Refuses a letter that was not scanned. What joins another case came on the same sheet, which lies with the first. */
function paperMissing(
  { channel, joins }: RegisterCommand,
  { intake }: ProcedureSpec,
  values: Values,
  { pack }: Context,
): Refusal | undefined {
  const spec = pack.channels[channel];
  const field = spec?.scan;
  const scan = field === undefined ? undefined : values[field];
  if (!spec || field === undefined || joins || intake.fields[field] === undefined) return undefined;
  if (Array.isArray(scan) && scan.length > 0) return undefined;
  return refusal(
    'register.scanMissing',
    {
      zh: `“${spec.title.zh}”来的是纸件，请把原件扫描或拍照附上`,
      en: `What comes by “${spec.title.en}” lies on paper: attach a scan or photos of it`,
    },
    { field, clause: spec.clause },
  );
}

/** Channels that the house itself uses: a duty on the calendar, a case that opens another. */
const INNER_CHANNELS = ['schedule', 'linked'];

function find(command: RegisterCommand, ctx: Context): [string, ProcedureSpec] | Refusal {
  const { pack } = ctx;
  const own = command.procedure === undefined ? undefined : pack.procedures[command.procedure];
  const found: [string, ProcedureSpec] | undefined =
    own && command.procedure !== undefined ? [command.procedure, own] : procedureFor(pack, command.matter);
  if (!found?.[1].matters.includes(command.matter)) {
    const matters = Object.entries(pack.matters).map(([id, matter]) => ({ id, ...matter.title }));
    const close = nearest(command.matter, Object.keys(pack.matters));
    return refusal(
      'register.unknownMatter',
      {
        zh: `事项类型请选：${matters.map((m) => m.zh).join('、')}`,
        en: `Choose a matter: ${matters.map((m) => m.id).join(', ')}${close ? `; did you mean ${close}?` : ''}`,
      },
      { field: 'matter' },
    );
  }
  if (!pack.channels[command.channel] && !INNER_CHANNELS.includes(command.channel))
    return refusal(
      'register.unknownChannel',
      {
        zh: `渠道请选：${Object.values(pack.channels)
          .map((channel) => channel.title.zh)
          .join('、')}`,
        en: `Choose a channel: ${Object.keys(pack.channels).join(', ')}`,
      },
      { field: 'channel' },
    );
  return found;
}

/** Refuses a matter about a place in an estate to which the procedure does not apply. */
function outOfScope({ intake }: ProcedureSpec, values: Values, { pack, directory }: Context): Refusal | undefined {
  for (const field in values) {
    const place = intake.fields[field]?.type === 'place' ? premisesOf(values[field]) : undefined;
    const estates = place === undefined ? null : directory.outOfScope(pack.pack, place);
    if (estates !== null)
      return refusal(
        'register.outOfScope',
        {
          zh: `《${pack.title.zh}》不适用于这个小区，只适用于：${estates.join('、')}`,
          en: `“${pack.title.en}” does not apply to this estate, only to: ${estates.join(', ')}`,
        },
        { field, clause: intake.clause },
      );
  }
  return undefined;
}

/** The actor in his own or another's name, or why he may not register. */
function whoRegisters(command: RegisterCommand, procedure: ProcedureSpec, ctx: Context): Actor | Refusal {
  const { actor, pack, directory } = ctx;
  if (actor.kind === 'system') return actor;
  const able = ({ kind, posts }: Actor): boolean =>
    procedure.intake.by.some((role) => {
      const spec = pack.roles[role];
      if (!spec) return false;
      if ('party' in spec) return spec.party === kind;
      return 'post' in spec && kind === 'staff' && spec.post.some((post) => posts.includes(post));
    });
  if (able(actor) && !(actor.kind === 'owner' && pack.channels[command.channel]?.selfService !== true)) return actor;
  const lent = principalsOf(actor, directory).find((one) => able(one.actor))?.actor;
  if (lent) return { ...actor, standsInFor: { id: lent.personId ?? '', name: lent.name } };
  const who = procedure.intake.by.map((role) => pack.roles[role]?.title ?? { zh: role, en: role });
  const words = { zh: who.map((title) => title.zh).join('、'), en: who.map((title) => title.en).join(', ') };
  return refusal(
    'register.notYours',
    { zh: `“${procedure.title.zh}”由${words.zh}登记`, en: `“${procedure.title.en}” is registered by: ${words.en}` },
    { clause: procedure.intake.clause, who: words },
  );
}

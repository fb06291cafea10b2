import type { FastifyInstance } from 'fastify';
import type { CaseEvent, Value, Values } from '#case/event.ts';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import { maskInText, maskName } from '#directory/mask.ts';
import { type JournalEntry, readJournal } from '#journal/read.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { shownActor } from './case-view.ts';
import type { Hidden } from './confidential.ts';
import { caseEndpoints, type JournalEntryView } from './contract/case.ts';
import type { WireValue, WireValues } from './contract/common.ts';
import type { HttpDeps } from './deps.ts';
import { loadCase, type Seen, showFor } from './load.ts';
import { type Show, wireValues } from './masking.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';
import { sentenceOf } from './timeline.ts';

const hashes = statement<{ seq: number; hash: string; prev: string }>(
  'http.journalHashes',
  `select seq, encode(hash, 'hex') as hash, encode(prev_hash, 'hex') as prev from huiyin.journal
   where tenant_id = $1 and case_id = $2 and seq > $3 order by seq`,
);

/** GET /cases/{id}/journal. */
export function mountJournal(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, caseEndpoints.journal, async ({ params, query, viewer }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    return answer(200, await tellJournal(deps, viewer.tenant, seen.value, query.after ?? 0), {
      etag: `"${seen.value.state.seq}"`,
    });
  });
}

/** The journal after an entry as the timeline tells it: masked, with a sentence in both languages for each. */
export async function tellJournal(
  deps: HttpDeps,
  tenant: string,
  seen: Seen,
  after: number,
): Promise<JournalEntryView[]> {
  const { state, directory, sight, hidden } = seen;
  const { entries, chain } = await withTenant(deps.pool, tenant, async (client) => ({
    entries: await readJournal(client, tenant, state.id, { after }),
    chain: new Map((await hashes.run(client, [tenant, state.id, after])).map((row) => [row.seq, row])),
  }));
  const show = showFor(sight);
  const versionAt = await versionsOf(deps, tenant, seen, entries);
  const kept = confidential(entries, hidden);
  return entries.map((entry) => {
    const links = chain.get(entry.seq);
    if (kept.has(entry.seq)) return covered(entry, links);
    const { pack, procedure } = versionAt(entry.seq);
    // The sentence names its doer too: to whoever must not know who asked it is told of “the owner”.
    const told = { ...(show === 'without' ? unnamed(entry) : entry), actor: shownActor(entry.actor, show) };
    const { clause } = { clause: null, ...entry.data } as { clause: string | null };
    return {
      seq: entry.seq,
      at: wire(entry.at),
      type: entry.type,
      actor: told.actor,
      data: wireData(told, procedure, show),
      clause,
      hash: links?.hash ?? '',
      prevHash: links?.prev ?? '',
      sentence: sentenceOf({ pack, procedure, event: told, nameOf: (id) => directory.person(id)?.name }),
      erased: entry.personalErased,
    };
  });
}

/** An entry without the names in it that may be those of who asked: a signer, and whom a message was for. */
function unnamed(entry: JournalEntry): JournalEntry {
  if (entry.type === 'documentSigned') return { ...entry, data: { ...entry.data, signer: '', witness: null } };
  if (entry.type === 'noticeIssued' && entry.data.to.kind === 'owner')
    return { ...entry, data: { ...entry.data, to: { ...entry.data.to, name: '' } } };
  return entry;
}

interface Version {
  pack: CompiledPack;
  procedure: ProcedureSpec;
}

/** Each entry is told in the words of the version the case followed then. */
async function versionsOf(
  deps: HttpDeps,
  tenant: string,
  { state, pack: now }: Seen,
  entries: readonly JournalEntry[],
): Promise<(seq: number) => Version> {
  const moves = entries.flatMap((entry) =>
    entry.type === 'caseMoved' ? [{ seq: entry.seq, from: entry.data.from }] : [],
  );
  const stretches = await Promise.all(
    moves.map(async ({ seq, from }) => ({ seq, pack: await deps.handling.packs.version(tenant, state.pack, from) })),
  );
  return (seq) => {
    const pack = stretches.find((stretch) => seq < stretch.seq)?.pack ?? now;
    const procedure = pack.procedures[state.procedure];
    if (!procedure) throw new Error(`Pack ${pack.pack} has no procedure ${state.procedure}`);
    return { pack, procedure };
  };
}

/** Entries that belong to an act kept from the viewer: the step itself and all that it caused at the same moment. */
function confidential(entries: readonly JournalEntry[], hidden: Hidden): Set<number> {
  const kept = new Set<number>();
  let act: JournalEntry | null = null;
  for (const entry of entries) {
    if (entry.type === 'stepTaken') act = hidden.entry(entry.data.step, entry.actor) ? entry : null;
    const opened = entry.type === 'caseOpened' && hidden.link(entry.data.procedure);
    if (opened || (act && entry.at === act.at && entry.actor.kind === act.actor.kind)) kept.add(entry.seq);
  }
  return kept;
}

/** A confidential entry as it is shown to others: that it is there, and its place in the chain, nothing more. */
function covered(entry: JournalEntry, links: { hash: string; prev: string } | undefined): JournalEntryView {
  return {
    seq: entry.seq,
    at: wire(entry.at),
    type: entry.type,
    actor: { kind: entry.actor.kind, personId: null, name: '' },
    data: {},
    clause: null,
    hash: links?.hash ?? '',
    prevHash: links?.prev ?? '',
    sentence: { zh: '一项仅限指定人员查看的记录', en: 'An entry that only certain people may read' },
    erased: false,
  };
}

const MOMENTS = new Set(['at', 'receivedAt', 'registeredAt', 'startedAt', 'targetAt', 'dueAt', 'stoppedAt']);

/** An entry's content as it travels: moments written out, personal values masked or left out. */
function wireData(entry: JournalEntry, procedure: ProcedureSpec, show: Show): WireValues {
  const data = moments({ ...entry.data } as unknown as Value) as WireValues;
  const fields = fieldsOf(entry, procedure);
  const personal: Values = entry.personal ?? {};
  if (entry.type === 'caseRegistered' || entry.type === 'stepTaken')
    return { ...data, values: wireValues({ ...entry.data.values, ...personal }, fields, show).values };
  if (entry.type === 'fieldsChanged')
    return {
      ...data,
      changes: [
        ...entry.data.changes.map(({ field, before, after }) => ({
          field,
          before: wireValues({ v: before }, {}, show).values.v ?? null,
          after: wireValues({ v: after }, {}, show).values.v ?? null,
        })),
        ...Object.keys(personal).map((field) => ({
          field,
          before: null,
          after: wireValues(personal, fields, show).values[field] ?? null,
        })),
      ],
    };
  if (entry.type === 'caseOpened') return { ...data, values: {} };
  if (entry.type === 'documentSigned') {
    const { signer, witness } = entry.data;
    return { ...data, signer: maskName(signer), witness: witness && maskName(witness) };
  }
  if (entry.type === 'noteAdded') return { ...data, text: maskInText(entry.data.text) };
  if (entry.type === 'noticeIssued') {
    const { to, text } = entry.data;
    return {
      ...data,
      to: { ...to, name: to.kind === 'owner' ? maskName(to.name) : to.name },
      text: { zh: maskInText(text.zh), en: maskInText(text.en) },
    };
  }
  return data;
}

function fieldsOf(event: CaseEvent, procedure: ProcedureSpec): ProcedureSpec['intake']['fields'] {
  if (event.type === 'stepTaken') return procedure.steps[event.data.step]?.fields ?? {};
  return procedure.intake.fields;
}

function moments(value: Value, key = ''): WireValue {
  if (typeof value === 'number') return MOMENTS.has(key) ? wire(value) : value;
  if (Array.isArray(value)) return value.map((item) => moments(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, moments(inner, name)]));
}

import type { FastifyRequest } from 'fastify';
import { allowedCommands } from '#case/allowed.ts';
import type { AllowedCommand, Context } from '#case/context.ts';
import type { CaseState } from '#case/state.ts';
import type { NoticeHistory } from '#handling/notice-history.ts';
import { type Incident, incidentsOfCase } from '#inbox/incidents.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { ProcedureSpec, StepSpec } from '#policy/language/procedure.ts';
import type { OwnerDeps } from '../deps.ts';
import type { FieldScene } from '../fields/owner-field.ts';
import { isOffered } from '../fields/registry.ts';
import { resolveOwnerLink } from '../link.ts';
import { ownerActor } from '../report/submit.ts';
import { caseScene } from '../scene.ts';
import { type Visit, visit } from '../visit.ts';

/** A step of the procedure that the person who asked can take now. */
export interface Action {
  name: string;
  spec: StepSpec;
  main: boolean;
  /** Possible in most states, such as withdrawing: never what is asked of him now. */
  anytime: boolean;
  preset: AllowedCommand['preset'];
}

/** A case as whoever holds its link sees it. */
export interface Held {
  visit: Visit;
  token: string;
  /** Path of the page, to which its acts and files are appended. */
  base: string;
  /** Whose name stands under a signature to begin with; may be empty. */
  signer: string;
  /** True for readers outside the company: what is personal to the owner is not shown. */
  hidesPersonal: boolean;
  state: CaseState;
  pack: CompiledPack;
  procedure: ProcedureSpec;
  ctx: Context;
  scene: FieldScene;
  actions: Action[];
  /** Whether words can still be added. */
  canAdd: boolean;
  told: Awaited<ReturnType<OwnerDeps['handling']['notices']['ofOwner']>>;
  /** By which ways he was told, and whether it arrived. */
  history: NoticeHistory[];
  /** Whether the link was sent to him: that it is used shows that he got it. */
  byLetter: boolean;
  /** Known outages that the case belongs to. */
  outages: readonly Incident[];
}

/** Opens the case behind a link; null when the link is wrong, has expired or was revoked. */
export async function openHeld(deps: OwnerDeps, request: FastifyRequest, token: string): Promise<Held | null> {
  const now = deps.time.now();
  const link = await resolveOwnerLink(deps.pool, token, now);
  const file = link && (await deps.handling.caseById(link.tenant, link.caseId));
  if (!link || !file) return null;
  const { state } = file;
  const pack = await deps.handling.packs.version(link.tenant, state.pack, state.packVersion);
  const procedure = pack.procedures[state.procedure];
  if (!procedure) throw new Error(`Pack ${state.pack} ${state.packVersion} has no procedure ${state.procedure}`);
  const look = await visit(deps, request, link.tenant);
  const ctx = await deps.handling.context(link.tenant, pack, ownerActor(state.values.contactName));
  const allowed = allowedCommands(state, ctx);
  return {
    visit: look,
    token,
    base: `/o/c/${token}`,
    signer: typeof state.values.contactName === 'string' ? state.values.contactName : '',
    hidesPersonal: false,
    state,
    pack,
    procedure,
    ctx,
    scene: await caseScene(deps, look, pack, state, token),
    actions: actionsOf(allowed, procedure),
    canAdd: allowed.some((one) => one.command === 'annotate' && one.allowed),
    told: await deps.handling.notices.ofOwner(link.tenant, state.id),
    history: (await deps.handling.notices.ofCase(link.tenant, state.id)).filter((one) => one.recipientKind === 'owner'),
    byLetter: link.inLetter === true,
    outages: await incidentsOfCase(deps.pool, link.tenant, state.id),
  };
}

/** What can be done now by whoever the list was made for. */
export const actionsOf = (allowed: readonly AllowedCommand[], procedure: ProcedureSpec): Action[] =>
  allowed.filter((one) => one.allowed && one.mine).flatMap((one) => action(one, procedure));

/** A step that needs something only the house can choose, such as a member of staff, is not for people outside. */
function action({ command, step, main, preset }: AllowedCommand, procedure: ProcedureSpec): Action[] {
  const spec = command === 'take' && step !== null ? procedure.steps[step] : undefined;
  if (!spec || step === null) return [];
  const closed = Object.values(spec.fields).some((field) => field.required === true && !isOffered(field.type));
  const going = Object.values(procedure.states).filter((state) => !state.end).length;
  const anytime = spec.from.includes('open') || spec.from.length * 2 > going;
  return closed ? [] : [{ name: step, spec, main, anytime, preset }];
}

/**
 * What of the case the person can see, in one short text: when it is the same before and after, whatever else happened
 * to the case meanwhile is no reason to stop him.
 */
export function seenOf({ state, told, ctx }: Pick<Held, 'state' | 'told' | 'ctx'>): string {
  const entries = Object.values(state.entries)
    .flat()
    .filter((entry) => entry.visible || entry.by.kind === 'owner')
    .map((entry) => entry.seq);
  const notes = state.notes.filter((note) => note.visible).map((note) => note.seq);
  const papers = state.documents.map(({ digest, voided, signature }) => [digest, voided, signature !== null]);
  const seen = [state.state, state.round, entries.sort((a, b) => a - b), notes, papers, told.length];
  return ctx.digest(JSON.stringify(seen)).slice(0, 24);
}

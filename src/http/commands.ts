import type { FastifyInstance } from 'fastify';
import type {
  AcceptCommand,
  AnnotateCommand,
  DeclineCommand,
  GrabCommand,
  MoveCommand,
  ReassignCommand,
  TakeCommand,
} from '#case/context.ts';
import type { CaseState } from '#case/state.ts';
import { loads } from '#directory/deactivate.ts';
import { filesIn } from '#handling/files.ts';
import { inTurn } from '#handling/in-turn.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { strangeUploads } from './attachment-claims.ts';
import { viewCase } from './case-view.ts';
import { keyOf } from './cases.ts';
import { NOTHING_HIDDEN } from './confidential.ts';
import { type CommandBody, caseEndpoints } from './contract/case.ts';
import type { WireProblem } from './contract/common.ts';
import type { HttpDeps } from './deps.ts';
import { tellJournal } from './journal.ts';
import { loadCase, see, showFor } from './load.ts';
import { answer, mount, refused, type Said } from './mount.ts';
import type { Viewer } from './who.ts';

/** POST /cases/{id}/commands. */
export function mountCommands(app: FastifyInstance, deps: HttpDeps): void {
  const { handling } = deps;
  mount(app, deps, caseEndpoints.command, async ({ params, body, viewer, request }) => {
    const { id } = params;
    const match = readMatch(request.headers['if-match'], body, viewer);
    if (!match.ok) return refused(match.refusal);
    const prepared = await prepare(deps, viewer, id, body);
    if (prepared) return prepared;
    const order = async () =>
      handling.handle({
        tenant: viewer.tenant,
        actor: viewer.actor,
        caseId: id,
        command: body.type === 'grab' ? await grabbing(deps, viewer) : orderOf(body),
        ifMatch: match.value,
        idempotencyKey: keyOf(request.headers['idempotency-key']),
      });
    // Two that one person takes at once both count against what he may have.
    const said = await (body.type === 'grab' ? inTurn(deps.pool, viewer.tenant, order) : order());
    if (!said.ok) {
      // Who was asked too late is told so, also where the case is now none of his.
      if (said.refusal.code === 'dispatch.taken') return refused(said.refusal);
      // Whoever must not know of the case learns nothing from a refusal either.
      const seen = await loadCase(deps, viewer, id);
      if (!seen.ok) return refused(seen.refusal);
      if (said.refusal.code !== 'case.changedMeanwhile') return refused(said.refusal);
      const extra = await changesSince(deps, viewer, seen.value.state, match.value ?? 0);
      return refused(said.refusal, { extra, headers: { etag: `"${seen.value.state.seq}"` } });
    }
    const { state, repeated } = said.value;
    const seen = await see(deps, viewer, state);
    const show = seen.ok ? showFor(seen.value.sight) : 'masked';
    const pack = await handling.packs.version(viewer.tenant, state.pack, state.packVersion);
    return answer(200, viewCase(state, pack, show, seen.ok ? seen.value.hidden : NOTHING_HIDDEN), {
      etag: `"${state.seq}"`,
      ...(repeated ? { 'idempotency-replayed': 'true' } : {}),
    });
  });
}

/** The body as the engine's order: what was not said is absent. */
function orderOf(
  body: Exclude<CommandBody, { type: 'grab' }>,
): AcceptCommand | DeclineCommand | TakeCommand | ReassignCommand | AnnotateCommand | MoveCommand {
  if (body.type !== 'annotate') return body;
  const { type, text: words, correctionOf, visible } = body;
  return {
    type,
    text: words,
    ...(correctionOf === undefined ? {} : { correctionOf }),
    ...(visible === undefined ? {} : { visible }),
  };
}

/** What the engine must know of whoever takes a case that is on offer: his open cases, and his department. */
async function grabbing({ pool, directory }: HttpDeps, { tenant, actor }: Viewer): Promise<GrabCommand> {
  const { people, units } = await directory.snapshot(tenant);
  const unitId = people.find((one) => one.id === actor.personId)?.unitId;
  const load = (await loads(pool, tenant)).get(actor.personId ?? '') ?? 0;
  return { type: 'grab', load, unit: units.find((one) => one.id === unitId)?.code };
}

/**
 * What must be right before the order is given: a note may only be added to a case one can see, and files must be one's
 * own. Steps need no look beforehand, because their roles decide.
 */
export async function prepare(
  deps: HttpDeps,
  viewer: Viewer,
  id: string,
  body: CommandBody,
): Promise<Said | undefined> {
  const mayCarryFiles =
    body.type === 'take' && Object.values(body.values).some((value) => typeof value === 'object' && value !== null);
  if (body.type !== 'annotate' && !mayCarryFiles) return undefined;
  const seen = await loadCase(deps, viewer, id);
  if (!seen.ok) return refused(seen.refusal);
  if (body.type !== 'take') return undefined;
  const { state, pack } = seen.value;
  const files = filesIn(pack.procedures[state.procedure]?.steps[body.step]?.fields ?? {}, body.values);
  const fault = await strangeUploads(deps.pool, viewer, files);
  return fault ? refused(fault) : undefined;
}

/** The entry number in If-Match; undefined when the sender may do without. */
function readMatch(
  header: string | string[] | undefined,
  body: CommandBody,
  viewer: Viewer,
): Result<number | undefined> {
  // Whoever presses first has it, whatever he looked at.
  if (body.type === 'grab') return accept(undefined);
  const sent = typeof header === 'string' ? header.trim() : undefined;
  if (sent === '*' && viewer.by === 'key') return accept(undefined);
  if (sent === undefined || sent === '*') {
    if (body.type === 'annotate' || body.type === 'decline' || body.type === 'accept') return accept(undefined);
    return refuse(
      refusal(
        'case.withoutMatch',
        text(
          '请带上 If-Match（读取案件时的 ETag），以免覆盖别人刚做的改动',
          'Send If-Match with the ETag of the case you looked at, so that nobody’s change is overlooked',
        ),
      ),
    );
  }
  const number = /^(?:W\/)?"?(\d{1,9})"?$/.exec(sent)?.[1];
  if (number === undefined)
    return refuse(
      refusal('request.malformed', text('If-Match 的格式不对，例如 "12"', 'If-Match is malformed; write "12"'), {
        field: 'if-match',
      }),
    );
  return accept(Number(number));
}

async function changesSince(
  deps: HttpDeps,
  viewer: Viewer,
  state: CaseState,
  after: number,
): Promise<Pick<WireProblem, 'changes' | 'seq'>> {
  const seen = await see(deps, viewer, state);
  if (!seen.ok) return {};
  const entries = await tellJournal(deps, viewer.tenant, seen.value, after);
  return {
    seq: state.seq,
    changes: entries.map(({ seq, at, actor, sentence }) => ({
      seq,
      at,
      by: actor.name,
      byProgram: actor.kind === 'system',
      sentence,
    })),
  };
}

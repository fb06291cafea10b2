import type { FastifyInstance } from 'fastify';
import { allowedCommands } from '#case/allowed.ts';
import type { AllowedCommand } from '#case/context.ts';
import { text } from '#kernel/text.ts';
import type { StepSpec } from '#policy/language/procedure.ts';
import { viewCase } from './case-view.ts';
import { keyOf } from './cases.ts';
import { prepare } from './commands.ts';
import { type Awaiting, togetherEndpoints } from './contract/together.ts';
import type { HttpDeps } from './deps.ts';
import { see, showFor } from './load.ts';
import { answer, mount } from './mount.ts';
import { refusedRow, rowOf } from './order-rows.ts';
import type { Viewer } from './who.ts';
import { rowsWaiting } from './worklist.ts';

/** As many as one person reads through at a sitting. */
const MOST = 100;

/** Like cases that wait for one person, and one order for many of them: each gets its own entry and its own answer. */
export function mountTogether(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, togetherEndpoints.awaiting, async ({ viewer }) => answer(200, await awaiting(deps, viewer)));

  mount(app, deps, togetherEndpoints.orders, async ({ body, viewer, request }) => {
    const key = keyOf(request.headers['idempotency-key']);
    const rows = await Promise.all(
      body.orders.map(async ({ caseId, seen, step, values }) => {
        const fault = await prepare(deps, viewer, caseId, { type: 'take', step, values });
        if (fault && 'refusal' in fault) return refusedRow(caseId, fault.refusal);
        const said = await deps.handling.handle({
          tenant: viewer.tenant,
          actor: viewer.actor,
          caseId,
          command: { type: 'take', step, values },
          ifMatch: seen,
          idempotencyKey: key === undefined ? undefined : `${key}:${caseId}`,
        });
        if (said.ok) return rowOf(deps, viewer.tenant, caseId, said);
        // Whoever must not know of the case learns nothing from a refusal either.
        const file = await deps.handling.caseById(viewer.tenant, caseId);
        const sight = file && (await see(deps, viewer, file.state));
        return refusedRow(caseId, sight && !sight.ok ? sight.refusal : said.refusal);
      }),
    );
    return answer(200, { rows });
  });
}

/** A step whose words can be the same for many: nothing in it is signed, photographed or said of one person. */
const together = ({ fields, signs }: StepSpec): boolean =>
  signs === undefined &&
  Object.values(fields).every(
    ({ type, personal }) => !personal && type !== 'signature' && type !== 'attachments' && type !== 'confirmed',
  );

async function awaiting(deps: HttpDeps, viewer: Viewer): Promise<Awaiting> {
  const { handling } = deps;
  const rows = await rowsWaiting(deps, viewer, MOST + 1);
  const groups = new Map<string, Awaiting['groups'][number]>();
  for (const { id } of rows.slice(0, MOST)) {
    const file = await handling.caseById(viewer.tenant, id);
    const seen = file && (await see(deps, viewer, file.state));
    if (!seen?.ok) continue;
    const { state, pack, sight, hidden } = seen.value;
    const procedure = pack.procedures[state.procedure];
    const ctx = await handling.context(viewer.tenant, pack, viewer.actor);
    const steps = allowedCommands(state, ctx).filter((one) => {
      const spec = one.step === null ? undefined : procedure?.steps[one.step];
      // What can be done at any time is no decision that waits.
      return one.allowed && one.mine && spec !== undefined && !spec.from.includes('open') && together(spec);
    });
    if (!procedure || steps.length === 0) continue;
    const names = steps.map((one) => one.step).join(',');
    const key = [state.pack, state.packVersion, state.procedure, state.state, names].join(' ');
    const group = groups.get(key) ?? {
      pack: state.pack,
      version: state.packVersion,
      procedure: state.procedure,
      procedureTitle: procedure.title,
      state: state.state,
      stateTitle: procedure.states[state.state]?.title ?? text(state.state, state.state),
      steps: steps.map(bare),
      cases: [],
    };
    group.cases.push(viewCase(state, pack, showFor(sight), hidden));
    groups.set(key, group);
  }
  return { groups: [...groups.values()], more: rows.length > MOST };
}

/** What one case would begin its form with says nothing of the others. */
const bare = (step: AllowedCommand): AllowedCommand & { preset: Record<string, never> } => ({ ...step, preset: {} });

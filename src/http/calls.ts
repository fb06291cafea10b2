import type { FastifyInstance } from 'fastify';
import { residentsByContact } from '#directory/premises.ts';
import { phaseOf } from '#inbox/calls/call.ts';
import { callsOfCase, openCalls, settleCall, takeCall } from '#inbox/calls/store.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { drawsUp } from '#reports/authority.ts';
import { currentPacks } from './administration.ts';
import { standingOf, tellCall, tellCaller } from './at-the-telephone.ts';
import { callEndpoints } from './contract/call.ts';
import type { HttpDeps } from './deps.ts';
import { loadCase } from './load.ts';
import { answer, mount, refused } from './mount.ts';

const notYours = refusal(
  'role.notYours',
  text('来电由能登记案件的岗位接听处理', 'Calls are dealt with by those who register cases'),
);

/** Who calls, what became of it, and who must still be called back. */
export function mountCalls(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, time } = deps;

  mount(app, deps, callEndpoints.list, async ({ viewer }) => {
    const [{ clerk, onDuty }, packs] = await Promise.all([standingOf(deps, viewer), currentPacks(deps, viewer.tenant)]);
    const readsFigures = packs.some((pack) => drawsUp(pack, 'periodicSummary', viewer.actor));
    if (!clerk) return answer(200, { running: [], unsettled: [], missed: [], mayAnswer: false, readsFigures });
    const now = time.now();
    const calls = (await openCalls(pool, viewer.tenant, now)).map((call) => ({ call, phase: phaseOf(call, now) }));
    const { personId } = viewer.actor;
    const running = calls.filter(
      ({ call, phase }) => phase === 'ringing' || (phase === 'talking' && (!call.takenBy || call.takenBy === personId)),
    );
    const mine = running.filter(({ call }) => onDuty || call.takenBy === personId);
    const of = (wanted: string) =>
      calls.flatMap(({ call, phase }) =>
        phase === wanted && call.settledAt === null ? [tellCall(call, viewer, now)] : [],
      );
    return answer(200, {
      running: await Promise.all(mine.map(({ call }) => tellCaller(deps, viewer, call))),
      unsettled: of('answered'),
      missed: of('missed'),
      mayAnswer: true,
      readsFigures,
    });
  });

  mount(app, deps, callEndpoints.take, async ({ params, viewer }) => {
    const { personId } = viewer.actor;
    const { clerk } = await standingOf(deps, viewer);
    if (!clerk || personId === null) return refused(notYours);
    const taken = await takeCall(pool, viewer.tenant, params.id, { personId }, time.now());
    if (!taken.ok) return refused(taken.refusal);
    const { caller } = taken.value;
    const found = caller === null ? [] : await residentsByContact(pool, viewer.tenant, caller, time.now());
    const [only, ...others] = found;
    const sure = only && others.length === 0 ? only : null;
    return answer(200, {
      call: await tellCaller(deps, viewer, { ...taken.value, takenByName: viewer.actor.name }),
      phone: caller,
      name: sure?.name ?? null,
      place: sure && { premisesId: sure.premisesId, text: sure.place },
    });
  });

  mount(app, deps, callEndpoints.settle, async ({ params, body, viewer }) => {
    const { personId } = viewer.actor;
    const { clerk } = await standingOf(deps, viewer);
    if (!clerk || personId === null) return refused(notYours);
    if ('case' in body) {
      const seen = await loadCase(deps, viewer, body.case);
      if (!seen.ok) return refused(seen.refusal);
    }
    const outcome = 'case' in body ? { caseId: body.case } : body;
    const done = await settleCall(pool, viewer.tenant, params.id, outcome, { personId }, time.now());
    return done.ok ? answer(200, tellCall(done.value, viewer, time.now())) : refused(done.refusal);
  });

  mount(app, deps, callEndpoints.ofCase, async ({ params, viewer }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    // Whose voice it was is told by the number and the recording: neither is for whoever it complains of.
    const calls = seen.value.sight === 'case' ? await callsOfCase(pool, viewer.tenant, params.id) : [];
    return answer(200, { items: calls.map((call) => tellCall(call, viewer, time.now())) });
  });
}

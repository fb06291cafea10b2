import type { FastifyInstance } from 'fastify';
import { allowedCommands } from '#case/allowed.ts';
import { caseEndpoints } from './contract/case.ts';
import type { HttpDeps } from './deps.ts';
import { loadCase } from './load.ts';
import { wireValues } from './masking.ts';
import { answer, mount, refused } from './mount.ts';

/** GET /cases/{id}/allowed-commands. */
export function mountAllowed(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, caseEndpoints.allowed, async ({ params, viewer }) => {
    const seen = await loadCase(deps, viewer, params.id);
    if (!seen.ok) return refused(seen.refusal);
    const { state, pack } = seen.value;
    const target = await deps.handling.moveTarget(viewer.tenant, state);
    const ctx = { ...(await deps.handling.context(viewer.tenant, pack, viewer.actor)), target };
    const procedure = pack.procedures[state.procedure];
    const list = allowedCommands(state, ctx).map((command) => {
      const fields = command.step === null ? {} : (procedure?.steps[command.step]?.fields ?? {});
      // A masked value in a form would be sent back as if it were the true one.
      const personal = personalLike(fields, procedure?.intake.fields);
      const { values } = wireValues(command.preset, personal, 'without');
      const clear = wireValues(command.preset, fields, 'clear').values;
      const whole = Object.entries(values).filter(([name, value]) => sameJson(value, clear[name]));
      return { ...command, preset: Object.fromEntries(whole) };
    });
    return answer(200, list, { etag: `"${state.seq}"` });
  });
}

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

type Fields = Parameters<typeof wireValues>[1];

/** A step's field that corrects a personal field of the case is as personal as that one. */
function personalLike(fields: Fields, intake: Fields | undefined): Fields {
  const places = Object.values(intake ?? {}).filter((spec) => spec.personal);
  return Object.fromEntries(
    Object.entries(fields).map(([name, spec]) => [
      name,
      { ...spec, personal: spec.personal || places.some((own) => own.type === spec.type && spec.type === 'place') },
    ]),
  );
}

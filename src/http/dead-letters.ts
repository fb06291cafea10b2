import type { FastifyInstance } from 'fastify';
import { maskInText } from '#directory/mask.ts';
import { powerFault } from './administration.ts';
import { deadLetterEndpoints } from './contract/dead-letter.ts';
import type { HttpDeps } from './deps.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';

/** What waits for a person, another try, and that somebody has seen to it. */
export function mountDeadLetters(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, deadLetterEndpoints.list, async ({ viewer }) => {
    const fault = await powerFault(deps, viewer, 'deadLetters');
    if (fault) return refused(fault);
    const letters = await deps.deadLetters(viewer.tenant);
    return answer(200, {
      items: letters.map(({ channel, direction, again, key, sender, subject, receivedAt, size, whole, code, why }) => ({
        channel,
        direction,
        again,
        key,
        sender: maskInText(sender),
        subject: maskInText(subject),
        receivedAt: wire(receivedAt),
        size,
        whole,
        code,
        why,
      })),
    });
  });
  mount(app, deps, deadLetterEndpoints.again, async ({ body, viewer }) => {
    const fault = (await powerFault(deps, viewer, 'deadLetters')) ?? (await deps.tryLetterAgain(viewer.tenant, body));
    return fault ? refused(fault) : answer(202, null);
  });
  mount(app, deps, deadLetterEndpoints.settle, async ({ body, viewer }) => {
    const fault =
      (await powerFault(deps, viewer, 'deadLetters')) ??
      (await deps.settleLetter(viewer.tenant, body, { id: viewer.actor.personId, name: viewer.actor.name }));
    return fault ? refused(fault) : answer(204, null);
  });
}

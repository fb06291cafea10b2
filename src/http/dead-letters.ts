import type { FastifyInstance } from 'fastify';
import { maskInText } from '#directory/mask.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { deadLetterEndpoints } from './contract/dead-letter.ts';
import type { HttpDeps } from './deps.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';

/** Whoever takes matters in must also see what did not get in by itself. */
const MAY: readonly string[] = ['administrator', 'generalManager', 'caseOfficer', 'receptionist'];

const notYours = refusal(
  'role.notYours',
  text('来信由前台、客服专员和管理员查看', 'Mails are read by reception, case officers and the administrator'),
);

/** GET /dead-letters. */
export function mountDeadLetters(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, deadLetterEndpoints.list, async ({ viewer }) => {
    if (!viewer.actor.posts.some((post) => MAY.includes(post))) return refused(notYours);
    const letters = await deps.deadLetters(viewer.tenant);
    return answer(200, {
      items: letters.map(({ key, sender, subject, receivedAt, size, whole, code, why }) => ({
        key,
        sender,
        subject: maskInText(subject),
        receivedAt: wire(receivedAt),
        size,
        whole,
        code,
        why,
      })),
    });
  });
}

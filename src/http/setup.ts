import type { FastifyInstance } from 'fastify';
import { withTenant } from '#db/pool.ts';
import { begin } from '#directory/account/session.ts';
import { type Company, firstRun } from '#directory/first-run.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { type SetupBody, sessionEndpoints } from './contract/session.ts';
import type { HttpDeps } from './deps.ts';
import { originOf, welcome } from './entrance.ts';
import { answer, mount, refused } from './mount.ts';
import { tellSession } from './session-view.ts';
import { setupFault } from './setup-access.ts';

/** A code cannot be guessed at this pace, nor a password. */
const LIMIT = { max: 60, timeWindow: '1 minute' };

/** The first question: look around in a demo company, or set up one's own. It is answered once, for good. */
export function mountSetup(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, setup } = deps;

  mount(app, deps, sessionEndpoints.setup, async () =>
    answer(200, { state: setup.preparing() ? 'fresh' : (await firstRun(pool)).state, sandbox: deps.sandbox }),
  );

  mount(
    app,
    deps,
    sessionEndpoints.chooseSetup,
    async ({ body, request, reply }) => {
      const { companies } = await firstRun(pool);
      if (body.choice === 'demo' && companies.some((one) => one.demo) && !setup.preparing())
        return answer(201, await tellSession(deps, null));
      const fault = over(body, companies) ?? setupFault(request, body.code, setup.code);
      if (fault) return refused(fault);
      if (body.choice === 'demo') {
        const made = await setup.demo();
        return made.ok ? answer(201, await tellSession(deps, null)) : refused(made.refusal);
      }
      const made = await setup.own(body);
      if (!made.ok) return refused(made.refusal);
      const { tenant, personId } = made.value;
      const person = { personId, name: body.administrator.name.trim() };
      const begun = await withTenant(pool, tenant, (client) =>
        begin(client, tenant, person, originOf(request), 'setup'),
      );
      return welcome(deps, begun, request, reply);
    },
    LIMIT,
  );
}

/** Why the question is no longer open; whoever sends the answer for the own company twice is told apart later. */
function over({ choice }: SetupBody, companies: readonly Company[]): Refusal | undefined {
  if (companies.some((one) => one.demo) && choice === 'own')
    return refusal(
      'setup.done',
      text(
        '这里已经是演示：要建立自己的公司，请用 --data 另选一个空的数据目录启动',
        'This is a demo already: to set up your own company, start with --data and an empty folder',
      ),
    );
  if (companies.some((one) => !one.demo) && choice === 'demo')
    return refusal(
      'setup.done',
      text(
        '这里已有正式公司：要看演示，请加 --sandbox 并用 --data 另选一个空的数据目录启动',
        'A company was set up here already: for the demo, start with --sandbox and an empty folder for --data',
      ),
    );
  return undefined;
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sessionToken } from '#directory/account/actor.ts';
import { type Entrance, signIn } from '#directory/account/enter.ts';
import { pretendToVerify } from '#directory/account/password.ts';
import { sessionCookie, signOut } from '#directory/account/session.ts';
import { demoFaces, demoSignIn } from '#directory/demo/company.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { whichCompany } from '#directory/which-company.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { postTitle } from '#policy/tell/post-title.ts';
import { currentPacks } from './administration.ts';
import { type SignInBody, sessionEndpoints } from './contract/session.ts';
import type { HttpDeps } from './deps.ts';
import { letIn, originOf } from './entrance.ts';
import { answer, mount } from './mount.ts';
import { tellSession } from './session-view.ts';

/** Per address; a whole office may share one. Failures of one username are counted apart and more strictly. */
const ATTEMPTS = 60;

/** Signing in and out, who I am. */
export function mountSession(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, recogniser } = deps;
  // Playing through a demo means becoming somebody else all the time.
  const limit = { max: deps.sandbox ? 100_000 : ATTEMPTS, timeWindow: '1 minute' };

  mount(app, deps, sessionEndpoints.read, async ({ viewer, request }) =>
    answer(200, await tellSession(deps, viewer, request.host)),
  );

  mount(
    app,
    deps,
    sessionEndpoints.signIn,
    async ({ body, request, reply }) => letIn(deps, await enter(deps, body, request), request, reply),
    limit,
  );

  mount(app, deps, sessionEndpoints.signOut, async ({ request, reply }) => {
    await signOut(pool, sessionToken(request.headers.cookie));
    recogniser.forget();
    reply.header('set-cookie', sessionCookie('', request.protocol === 'https'));
    return answer(204, null);
  });

  mount(app, deps, sessionEndpoints.sandboxPeople, async () => {
    const faces = await demoFaces(pool, DEMO_TENANT);
    const packs = await currentPacks(deps, DEMO_TENANT);
    return answer(
      200,
      faces.map((face) => ({
        personId: face.personId,
        name: face.name,
        posts: face.posts.map((post) => postTitle(packs, post)),
        unit: face.unit.zh,
      })),
    );
  });
}

/** By password, or in a demo company by choosing who to be. */
async function enter(deps: HttpDeps, body: SignInBody, request: FastifyRequest): Promise<Result<Entrance>> {
  const { pool } = deps;
  if ('personId' in body) {
    const begun = await demoSignIn(pool, DEMO_TENANT, body.personId);
    return begun.ok ? accept({ entered: true, ...begun.value }) : begun;
  }
  const company = await whichCompany(pool, { host: request.host, named: body.tenant });
  if (company === null) {
    if (body.tenant === undefined)
      return refuse(
        refusal('signIn.company', text('请写明公司名称', 'Say which company you belong to'), { field: 'tenant' }),
      );
    // As slow as a wrong password, so that nobody can try out which companies there are.
    await pretendToVerify(body.password);
    return refuse(refusal('signIn.wrong', text('用户名或密码不正确', 'Wrong username or password')));
  }
  const { tenant } = company;
  return signIn(pool, tenant, body, originOf(request));
}

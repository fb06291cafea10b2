import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sessionToken } from '#directory/account/actor.ts';
import { accountOf } from '#directory/account/first-password.ts';
import { pretendToVerify } from '#directory/account/password.ts';
import { sessionCookie, signIn, signOut } from '#directory/account/session.ts';
import { demoFaces, demoSignIn } from '#directory/demo/company.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { firstRun } from '#directory/first-run.ts';
import { whichCompany } from '#directory/which-company.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { currentPacks, mayAdminister } from './administration.ts';
import { type SessionView, type SignInBody, sessionEndpoints } from './contract/session.ts';
import type { HttpDeps } from './deps.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';
import { postTitle } from './posts.ts';
import type { Viewer } from './who.ts';

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
    async ({ body, request, reply }) => {
      const begun = await enter(deps, body, request);
      if (!begun.ok) return refused(begun.refusal);
      return welcome(deps, begun.value, request, reply);
    },
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

/** Sends the cookie of a new session, and who is now signed in. */
export async function welcome(deps: HttpDeps, token: string, request: FastifyRequest, reply: FastifyReply) {
  const cookie = sessionCookie(token, request.protocol === 'https');
  reply.header('set-cookie', cookie);
  const viewer = await deps.recogniser.actorOf({ headers: { cookie: cookie.split(';')[0] } });
  return answer(201, await tellSession(deps, viewer));
}

/** The token of a new session: by password, or in a demo company by choosing who to be. */
async function enter(deps: HttpDeps, body: SignInBody, request: FastifyRequest): Promise<Result<string>> {
  const { pool } = deps;
  if ('personId' in body) {
    const begun = await demoSignIn(pool, DEMO_TENANT, body.personId);
    return begun.ok ? accept(begun.value.token) : begun;
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
  const device = request.headers['user-agent'] ?? '';
  const begun = await signIn(pool, tenant, body, { address: request.ip, device });
  return begun.ok ? accept(begun.value.token) : begun;
}

/** The first question of every page. */
export async function tellSession(deps: HttpDeps, viewer: Viewer | null, host?: string): Promise<SessionView> {
  const { companies, state } = await firstRun(deps.pool);
  const company = viewer
    ? companies.find((one) => one.tenant === viewer.tenant)
    : await whichCompany(deps.pool, { host });
  const packs = viewer ? (await deps.handling.packs.list(viewer.tenant)).filter((one) => one.current) : [];
  return {
    signedIn: viewer && (await tellPerson(deps, viewer)),
    company: company ?? null,
    setup: deps.setup.preparing() ? 'fresh' : state,
    sandbox: deps.sandbox,
    now: wire(deps.time.now()),
    packs: packs.map(({ pack, version }) => ({ pack, version })),
  };
}

async function tellPerson(deps: HttpDeps, viewer: Viewer): Promise<NonNullable<SessionView['signedIn']>> {
  const { actor, tenant } = viewer;
  const snapshot = await deps.directory.snapshot(tenant);
  const directory = await deps.directory.at(tenant, deps.time.now());
  const unitId = actor.personId === null ? null : (directory.person(actor.personId)?.unitId ?? null);
  const unit = snapshot.units.find((one) => one.id === unitId);
  const packs = await currentPacks(deps, tenant);
  return {
    person: { id: actor.personId ?? '', name: actor.name },
    posts: actor.posts.map((code) => ({ code, title: postTitle(packs, code) })),
    unit: unit ? { id: unit.id, code: unit.code, name: unit.name } : null,
    firstPassword: actor.personId !== null && ((await accountOf(deps.pool, tenant, actor.personId))?.first ?? false),
    administers: mayAdminister(viewer),
  };
}

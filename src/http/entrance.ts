import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { markOf } from '#directory/account/actor.ts';
import { MARK_COOKIE, type Origin } from '#directory/account/device.ts';
import { type Entrance, showFactor } from '#directory/account/enter.ts';
import { acceptInvitation, noInvitation, readInvitation } from '#directory/account/invitation.ts';
import { askPasskey, enterByPasskey, type Place } from '#directory/account/passkey.ts';
import { type CodeWay, contactFor, enterByCode, orderCode } from '#directory/account/sent-code.ts';
import { markCookie, sessionCookie } from '#directory/account/session.ts';
import { whichCompany } from '#directory/which-company.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { Result } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { accountEndpoints } from './contract/account.ts';
import type { StepView } from './contract/step.ts';
import type { HttpDeps } from './deps.ts';
import { wire } from './moment.ts';
import { answer, mount, refused, type Said } from './mount.ts';
import { baseUrl } from './owner-link.ts';
import { tellSession } from './session-view.ts';

/** Each step has limits of its own per account and address; this one only stops floods. */
const LIMIT = { max: 60, timeWindow: '1 minute' };

/** Ways in besides the password: second factors, codes that are sent, passkeys, invitations. */
export function mountEntrance(app: FastifyInstance, deps: HttpDeps): void {
  const { pool } = deps;

  mount(
    app,
    deps,
    accountEndpoints.secondFactor,
    async ({ body, request, reply }) =>
      letIn(deps, await showFactor(pool, deps.vault, body, originOf(request)), request, reply),
    LIMIT,
  );

  mount(
    app,
    deps,
    accountEndpoints.orderCode,
    async ({ body, request }) => {
      const fault = wayFault(deps, body.way);
      if (fault) return refused(fault);
      const company = await whichCompany(pool, { host: request.host, named: body.tenant });
      if (company === null) return refused(noCompany);
      const { tenant } = company;
      const found = await contactFor(pool, tenant, body.account, body.way);
      const { account: counted, way } = body;
      const wish = { purpose: 'signInCode' as const, way, counted, contact: null, ...found };
      const ordered = await orderCode(pool, tenant, wish, originOf(request));
      return ordered.ok ? tellOrdered(ordered.value, way) : refused(ordered.refusal);
    },
    LIMIT,
  );

  mount(
    app,
    deps,
    accountEndpoints.enterCode,
    async ({ body, request, reply }) => letIn(deps, await enterByCode(pool, body, originOf(request)), request, reply),
    LIMIT,
  );

  mount(
    app,
    deps,
    accountEndpoints.passkeyQuestion,
    async ({ body, request }) => {
      const company = await whichCompany(pool, { host: request.host, named: body.tenant });
      if (company === null) return refused(noCompany);
      return answer(201, await askPasskey(pool, company.tenant, placeOf(deps, request), Date.now()));
    },
    LIMIT,
  );

  mount(
    app,
    deps,
    accountEndpoints.enterPasskey,
    async ({ body, request, reply }) => {
      const { userHandle, ...response } = body.response.response;
      const shown = {
        ...body,
        response: {
          ...plainCredential(body.response),
          response: { ...response, ...(userHandle ? { userHandle } : {}) },
        },
      };
      const entered = await enterByPasskey(pool, shown, placeOf(deps, request), originOf(request));
      return letIn(deps, entered, request, reply);
    },
    LIMIT,
  );

  mount(
    app,
    deps,
    accountEndpoints.readInvitation,
    async ({ body }) => {
      const open = await readInvitation(pool, body.token);
      if (!open) return refused(noInvitation);
      const { name, username, expiresAt, tenant } = open;
      const company = (await deps.directory.snapshot(tenant)).name;
      return answer(200, { company, name, username, expiresAt: wire(expiresAt) });
    },
    LIMIT,
  );

  mount(
    app,
    deps,
    accountEndpoints.acceptInvitation,
    async ({ body, request, reply }) =>
      letIn(deps, await acceptInvitation(pool, body, originOf(request)), request, reply),
    LIMIT,
  );
}

/** Where a request comes from, as sessions and limits note it. */
export const originOf = (request: FastifyRequest): Origin => ({
  address: request.ip,
  device: request.headers['user-agent'] ?? '',
  mark: markOf(request.headers.cookie),
});

/** The address passkeys are bound to: as configured, else as the browser says. */
export function placeOf(deps: HttpDeps, request: FastifyRequest): Place {
  const { origin, hostname } = new URL(baseUrl(deps, request));
  return { host: hostname, origin };
}

/** Browsers leave out what they do not know; the library wants it absent, not null. */
export function plainCredential<
  R extends { authenticatorAttachment?: 'platform' | 'cross-platform' | null | undefined },
>({
  authenticatorAttachment,
  ...rest
}: R): Omit<R, 'authenticatorAttachment'> & { authenticatorAttachment?: 'platform' | 'cross-platform' } {
  return authenticatorAttachment ? { ...rest, authenticatorAttachment } : rest;
}

/** Why a code cannot be sent this way here; undefined when it can. */
export function wayFault(deps: HttpDeps, way: CodeWay): Refusal | undefined {
  if (deps.codeWays.includes(way)) return undefined;
  return refusal(
    'code.noWay',
    way === 'sms'
      ? text('本系统未接短信，验证码请改用邮箱', 'No SMS service is connected here; use e-mail')
      : text(
          '本系统未设置发信服务器，发不出验证码；请用密码登录，忘记密码请找本公司管理员',
          'No mail server is set, so no code can be sent; use your password, or ask your company’s administrator',
        ),
    { field: 'way' },
  );
}

/** Says that a code is on its way, to whoever asked. */
export const tellOrdered = ({ token, expiresAt }: { token: string; expiresAt: number }, way: CodeWay): Said =>
  answer(202, { step: token, ways: [way], expiresAt: wire(expiresAt) } satisfies StepView);

/** Lets somebody in with the cookies of a new session, or puts the second question. */
export async function letIn(
  deps: HttpDeps,
  entrance: Result<Entrance>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Said> {
  if (!entrance.ok) return refused(entrance.refusal);
  const entered = entrance.value;
  if (!entered.entered)
    return answer(202, {
      step: entered.step,
      ways: entered.ways,
      expiresAt: wire(entered.expiresAt),
    } satisfies StepView);
  return welcome(deps, entered, request, reply);
}

/** Sends the cookies of a new session, and who is now signed in. */
export async function welcome(
  deps: HttpDeps,
  { token, mark }: { token: string; mark: string },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Said> {
  const secure = request.protocol === 'https';
  const cookie = sessionCookie(token, secure);
  reply.header('set-cookie', mark === '' ? cookie : [cookie, markCookie(MARK_COOKIE, mark, secure)]);
  // What was believed of this browser a moment ago is over.
  deps.recogniser.forget();
  const viewer = await deps.recogniser.actorOf({ headers: { cookie: cookie.split(';')[0] } });
  return answer(201, await tellSession(deps, viewer));
}

const noCompany = refusal('signIn.company', text('请写明公司名称', 'Say which company you belong to'), {
  field: 'tenant',
});

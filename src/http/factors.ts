import type { FastifyInstance } from 'fastify';
import { withTenant } from '#db/pool.ts';
import { type AccountEventKind, noteEvent } from '#directory/account/account-event.ts';
import { giveBack, locked, type Subject, takeAttempt } from '#directory/account/guard.ts';
import { securityOf } from '#directory/account/own-account.ts';
import { addPasskey, askNewPasskey, passkeysOf, removePasskeys } from '#directory/account/passkey.ts';
import { rulesOf } from '#directory/account/rules.ts';
import { beginTotp, checkTotp, removeTotp, renewRecoveryCodes } from '#directory/account/totp.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { meOf, tellAccount } from './account.ts';
import { accountEndpoints } from './contract/account.ts';
import type { HttpDeps } from './deps.ts';
import { originOf, placeOf, plainCredential } from './entrance.ts';
import { answer, mount, refused } from './mount.ts';
import { proofFault } from './proof.ts';
import type { Viewer } from './who.ts';

const LIMIT = { max: 30, timeWindow: '1 minute' };

/** Authenticator app, recovery codes and passkeys of one's own account. */
export function mountFactors(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, vault } = deps;
  const companyOf = async (tenant: string): Promise<string> => (await deps.directory.snapshot(tenant)).name;

  mount(app, deps, accountEndpoints.beginTotp, async ({ viewer }) => {
    const personId = meOf(viewer);
    const { username, totp } = await securityOf(pool, viewer.tenant, personId);
    const fault = proofFault(viewer) ?? (totp ? enrolled : undefined) ?? (username === null ? noPassword : undefined);
    if (fault || username === null) return refused(fault ?? noPassword);
    const { tenant } = viewer;
    const who = { tenant, personId, company: await companyOf(tenant), username };
    return answer(201, await beginTotp(pool, vault, who, Date.now()));
  });

  mount(
    app,
    deps,
    accountEndpoints.confirmTotp,
    async ({ body, viewer }) => {
      const fault = proofFault(viewer);
      if (fault) return refused(fault);
      const { tenant } = viewer;
      const personId = meOf(viewer);
      const now = Date.now();
      const subject: Subject = `factor:${personId}`;
      const shut = await withTenant(pool, tenant, (client) => takeAttempt(client, tenant, [subject], now));
      if (shut) return refused(locked(shut, now));
      const codes = await withTenant(pool, tenant, async (client): Promise<Result<string[]>> => {
        const digits = body.code.replace(/\s/g, '');
        if (!(await checkTotp(client, vault, { tenant, personId, enrolling: true }, digits, now)))
          return refuse(wrongCode);
        await giveBack(client, tenant, subject);
        await noteEvent(client, tenant, { personId, kind: 'factorAdded' }, now);
        return accept(await renewRecoveryCodes(client, tenant, personId, now));
      });
      if (!codes.ok) return refused(codes.refusal);
      deps.recogniser.forget();
      return answer(200, { recoveryCodes: codes.value });
    },
    LIMIT,
  );

  mount(app, deps, accountEndpoints.removeTotp, async ({ viewer }) => {
    const personId = meOf(viewer);
    const keys = await passkeysOf(pool, viewer.tenant, personId);
    const fault = proofFault(viewer) ?? (keys.length === 0 ? await lastFactor(deps, viewer) : undefined);
    if (fault) return refused(fault);
    await withTenant(pool, viewer.tenant, async (client) => {
      await removeTotp(client, viewer.tenant, personId);
      await noteEvent(client, viewer.tenant, { personId, kind: 'factorRemoved' }, Date.now());
    });
    return tellAccount(deps, viewer);
  });

  mount(app, deps, accountEndpoints.renewRecovery, async ({ viewer }) => {
    const personId = meOf(viewer);
    const { totp } = await securityOf(pool, viewer.tenant, personId);
    const fault = proofFault(viewer) ?? (totp ? undefined : notEnrolled);
    if (fault) return refused(fault);
    const recoveryCodes = await withTenant(pool, viewer.tenant, async (client) => {
      const kind: AccountEventKind = 'recoveryRenewed';
      await noteEvent(client, viewer.tenant, { personId, kind }, Date.now());
      return renewRecoveryCodes(client, viewer.tenant, personId, Date.now());
    });
    return answer(201, { recoveryCodes });
  });

  mount(app, deps, accountEndpoints.newPasskeyQuestion, async ({ viewer, request }) => {
    const personId = meOf(viewer);
    const { username } = await securityOf(pool, viewer.tenant, personId);
    const fault = proofFault(viewer) ?? (username === null ? noPassword : undefined);
    if (fault || username === null) return refused(fault ?? noPassword);
    const { tenant, actor } = viewer;
    const who = { tenant, personId, name: actor.name, username, company: await companyOf(tenant) };
    return answer(201, await askNewPasskey(pool, who, placeOf(deps, request), Date.now()));
  });

  mount(
    app,
    deps,
    accountEndpoints.addPasskey,
    async ({ body, viewer, request }) => {
      const { tenant } = viewer;
      const { transports, ...rest } = body.response.response;
      const response = {
        ...plainCredential(body.response),
        response: { ...rest, ...(transports ? { transports } : {}) },
      };
      const who = { tenant, personId: meOf(viewer) };
      const kept = await addPasskey(pool, who, { ...body, response }, placeOf(deps, request), originOf(request));
      if (!kept.ok) return refused(kept.refusal);
      deps.recogniser.forget();
      return tellAccount(deps, viewer, 201);
    },
    LIMIT,
  );

  mount(app, deps, accountEndpoints.removePasskey, async ({ params, viewer }) => {
    const personId = meOf(viewer);
    const { tenant } = viewer;
    const keys = await passkeysOf(pool, tenant, personId);
    const { totp } = await securityOf(pool, tenant, personId);
    const last = !totp && keys.length === 1;
    const fault = proofFault(viewer) ?? (last ? await lastFactor(deps, viewer) : undefined);
    if (fault) return refused(fault);
    await withTenant(pool, tenant, async (client) => {
      const detail = keys.find((one) => one.id === params.key)?.label ?? '';
      if ((await removePasskeys(client, tenant, personId, params.key)) > 0)
        await noteEvent(client, tenant, { personId, kind: 'passkeyRemoved', detail }, Date.now());
    });
    return tellAccount(deps, viewer);
  });
}

/** Why the only second factor must stay: the company asks for one. */
async function lastFactor(deps: HttpDeps, viewer: Viewer): Promise<Refusal | undefined> {
  const { secondFactorPosts } = await rulesOf(deps.pool, viewer.tenant);
  return viewer.actor.posts.some((post) => secondFactorPosts.includes(post)) ? mustStay : undefined;
}

const mustStay = refusal(
  'account.factorRequired',
  text(
    '公司要求您的岗位有二次验证：请先添加另一种，再解除这一种',
    'Your post needs a second factor: add another before removing this one',
  ),
);
const enrolled = refusal('account.factorThere', text('已绑定验证器', 'An authenticator app is enrolled already'));
const notEnrolled = refusal('account.noFactor', text('还没有绑定验证器', 'No authenticator app is enrolled'));
const noPassword = refusal(
  'account.unknown',
  text('演示人员没有账号，不能绑定', 'People of the demo company have no account to secure'),
);
const wrongCode = refusal(
  'signIn.wrongCode',
  text('验证码不正确，请核对手机时间后重试', 'The code is not right; check the clock of your phone'),
  { field: 'code' },
);

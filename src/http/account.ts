import type { FastifyInstance } from 'fastify';
import { withTenant } from '#db/pool.ts';
import { eventsOf, markSeen, noteEvent } from '#directory/account/account-event.ts';
import { checkPassword } from '#directory/account/enter.ts';
import { proveContact, removeContact, securityOf } from '#directory/account/own-account.ts';
import { passkeysOf } from '#directory/account/passkey.ts';
import { rulesOf } from '#directory/account/rules.ts';
import { orderCode } from '#directory/account/sent-code.ts';
import { endSessions, markProved, sessionsOf } from '#directory/account/session.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { type AccountView, accountEndpoints } from './contract/account.ts';
import type { HttpDeps } from './deps.ts';
import { originOf, tellOrdered, wayFault } from './entrance.ts';
import { wire, wireOrNull } from './moment.ts';
import { answer, mount, refused, type Said } from './mount.ts';
import { proofFault } from './proof.ts';
import { tellEvent } from './session-view.ts';
import type { Viewer } from './who.ts';

const LIMIT = { max: 30, timeWindow: '1 minute' };
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** One's own account: where one is signed in, what secures it, what happened to it. */
export function mountAccount(app: FastifyInstance, deps: HttpDeps): void {
  const { pool } = deps;

  mount(app, deps, accountEndpoints.read, ({ viewer }) => tellAccount(deps, viewer));

  mount(
    app,
    deps,
    accountEndpoints.prove,
    async ({ body, viewer, request }) => {
      const { username } = await securityOf(pool, viewer.tenant, meOf(viewer));
      if (username === null || viewer.session === null) return refused(noPassword);
      const { tenant } = viewer;
      const attempt = { username, password: body.password };
      const proved = await checkPassword(pool, tenant, attempt, originOf(request));
      if (!proved.ok) return refused(proved.refusal.code === 'signIn.wrong' ? wrong : proved.refusal);
      await markProved(pool, tenant, viewer.session.id, Date.now());
      deps.recogniser.forget();
      return answer(204, null);
    },
    LIMIT,
  );

  mount(app, deps, accountEndpoints.seen, async ({ viewer }) => {
    await markSeen(pool, viewer.tenant, meOf(viewer), Date.now());
    return answer(204, null);
  });

  mount(
    app,
    deps,
    accountEndpoints.orderProof,
    async ({ body, viewer, request }) => {
      const fault = proofFault(viewer) ?? wayFault(deps, body.way) ?? contactFault(body.way, body.contact);
      if (fault) return refused(fault);
      const personId = meOf(viewer);
      const wish = {
        purpose: 'proveContact' as const,
        way: body.way,
        counted: personId,
        contact: body.contact.toLowerCase(),
        personId,
      };
      const ordered = await orderCode(pool, viewer.tenant, wish, originOf(request));
      return ordered.ok ? tellOrdered(ordered.value, body.way) : refused(ordered.refusal);
    },
    LIMIT,
  );

  mount(
    app,
    deps,
    accountEndpoints.proveContact,
    async ({ body, viewer }) => {
      const who = { tenant: viewer.tenant, personId: meOf(viewer) };
      const done = await proveContact(pool, who, body, Date.now());
      return done.ok ? tellAccount(deps, viewer) : refused(done.refusal);
    },
    LIMIT,
  );

  mount(app, deps, accountEndpoints.removeContact, async ({ params, viewer }) => {
    const fault = proofFault(viewer);
    if (fault) return refused(fault);
    await removeContact(pool, viewer.tenant, meOf(viewer), params.way);
    return tellAccount(deps, viewer);
  });

  const end = async (viewer: Viewer, which: { only?: string; except?: string | null }): Promise<Said> => {
    const personId = meOf(viewer);
    const ended = await withTenant(pool, viewer.tenant, async (client) => {
      const n = await endSessions(client, viewer.tenant, personId, which);
      if (n > 0) {
        const what = { personId, kind: 'sessionsEnded' as const, detail: String(n) };
        await noteEvent(client, viewer.tenant, what, Date.now());
      }
      return n;
    });
    if (ended === 0 && which.only !== undefined) return refused(noSession);
    deps.recogniser.forget();
    return tellAccount(deps, viewer);
  };
  mount(app, deps, accountEndpoints.endSession, ({ params, viewer }) => end(viewer, { only: params.id }));
  mount(app, deps, accountEndpoints.endOthers, ({ viewer }) => end(viewer, { except: viewer.session?.id ?? null }));
}

/** The person who is signed in; endpoints of one's own account are closed to keys. */
export function meOf({ actor }: Viewer): string {
  if (actor.personId === null) throw new Error('whoever is signed in has a person');
  return actor.personId;
}

/** One's own account as it stands now. */
export async function tellAccount(deps: HttpDeps, viewer: Viewer, status = 200): Promise<Said> {
  const { tenant, session } = viewer;
  const { pool } = deps;
  const personId = meOf(viewer);
  const [security, passkeys, sessions, events, rules] = await Promise.all([
    securityOf(pool, tenant, personId),
    passkeysOf(pool, tenant, personId),
    sessionsOf(pool, tenant, personId),
    eventsOf(pool, tenant, { personId, limit: 30 }),
    rulesOf(pool, tenant),
  ]);
  return answer(status, {
    ...security,
    contacts: security.contacts.map((one) => ({ ...one, provedAt: wire(one.provedAt) })),
    passkeys: passkeys.map((one) => ({ ...one, madeAt: wire(one.madeAt), usedAt: wireOrNull(one.usedAt) })),
    codeWays: [...deps.codeWays],
    factorRequired: viewer.actor.posts.some((post) => rules.secondFactorPosts.includes(post)),
    sessions: sessions.map((one) => ({
      ...one,
      current: one.id === session?.id,
      begunAt: wire(one.begunAt),
      seenAt: wire(one.seenAt),
      endsAt: wire(one.endsAt),
    })),
    events: events.map(tellEvent),
  } satisfies AccountView);
}

function contactFault(way: 'email' | 'sms', contact: string): Refusal | undefined {
  if (way === 'email' ? EMAIL.test(contact) : /^\+?\d{6,15}$/.test(contact)) return undefined;
  return refusal('field.wrongFormat', text('地址格式不对', 'This is not such an address'), { field: 'contact' });
}

const wrong = refusal('account.wrongPassword', text('密码不对', 'The password is wrong'), { field: 'password' });
const noPassword = refusal(
  'account.unknown',
  text('您的账号没有密码，请重新登录后再改', 'Your account has no password; sign in again first'),
);
const noSession = refusal('session.unknown', text('这台设备已经退出', 'This device is signed out already'));

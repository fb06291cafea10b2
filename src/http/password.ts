import type { FastifyInstance } from 'fastify';
import { withTenant } from '#db/pool.ts';
import { noteEvent } from '#directory/account/account-event.ts';
import { checkPassword } from '#directory/account/enter.ts';
import { accountOf } from '#directory/account/first-password.ts';
import { setPassword } from '#directory/account/login.ts';
import { begin } from '#directory/account/session.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { sessionEndpoints } from './contract/session.ts';
import type { HttpDeps } from './deps.ts';
import { originOf, welcome } from './entrance.ts';
import { mount, refused } from './mount.ts';
import { isFresh } from './proof.ts';

/** POST /session/password: one's own password. Every other place where he was signed in is signed out. */
export function mountPassword(app: FastifyInstance, deps: HttpDeps): void {
  const { pool } = deps;
  mount(
    app,
    deps,
    sessionEndpoints.password,
    async ({ body, viewer, request, reply }) => {
      const { tenant, actor, session } = viewer;
      const account =
        actor.personId === null || session === null ? null : await accountOf(pool, tenant, actor.personId);
      if (account === null || actor.personId === null || session === null) return refused(noAccount);
      const { username } = account;
      const origin = originOf(request);
      const fault = async (): Promise<Refusal | undefined> => {
        // A forgotten password is replaced by whoever has just shown that he reads the address, or holds the passkey.
        const otherwise = session.way === 'code' || session.way === 'passkey';
        if (body.current === undefined) return otherwise && isFresh(session) ? undefined : wrong;
        // The same door as signing in, so that guessing is slowed down the same way.
        const proved = await checkPassword(pool, tenant, { username, password: body.current }, origin);
        if (proved.ok) return undefined;
        return proved.refusal.code === 'signIn.wrong' ? wrong : proved.refusal;
      };
      if (body.password === body.current) return refused(same);
      if (body.password.toLowerCase().includes(username)) return refused(tooClose);
      const why = await fault();
      if (why) return refused(why);
      const person = { personId: actor.personId, name: actor.name };
      const begun = await withTenant(pool, tenant, async (client) => {
        const set = await setPassword(client, tenant, person.personId, body.password);
        if (!set.ok) return set.refusal;
        const { address, device = '' } = origin;
        await noteEvent(
          client,
          tenant,
          { personId: person.personId, kind: 'passwordSet', address, device },
          Date.now(),
        );
        return begin(client, tenant, person, origin, session.way);
      });
      return 'code' in begun ? refused(begun) : welcome(deps, begun, request, reply);
    },
    { max: 20, timeWindow: '1 minute' },
  );
}

const noAccount = refusal('account.unknown', text('您没有可改密码的账号', 'You have no account with a password'));
const wrong = refusal('account.wrongPassword', text('现在的密码不对', 'The present password is wrong'), {
  field: 'current',
});
const same = refusal('account.password', text('新密码须与现在的不同', 'The new password must differ'), {
  field: 'password',
});
const tooClose = refusal('account.password', text('密码不得包含用户名', 'The password must not contain the username'), {
  field: 'password',
});

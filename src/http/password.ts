import type { FastifyInstance } from 'fastify';
import { accountOf } from '#directory/account/first-password.ts';
import { setPassword } from '#directory/account/login.ts';
import { signIn, signOut } from '#directory/account/session.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { sessionEndpoints } from './contract/session.ts';
import type { HttpDeps } from './deps.ts';
import { mount, refused } from './mount.ts';
import { welcome } from './session.ts';

/** POST /session/password: one's own password. Every other place where he was signed in is signed out. */
export function mountPassword(app: FastifyInstance, deps: HttpDeps): void {
  const { pool } = deps;
  mount(
    app,
    deps,
    sessionEndpoints.password,
    async ({ body, viewer, request, reply }) => {
      const { tenant, actor, by } = viewer;
      const account = actor.personId === null || by === 'key' ? null : await accountOf(pool, tenant, actor.personId);
      if (account === null || actor.personId === null) return refused(noAccount);
      const { username } = account;
      if (body.password === body.current) return refused(same);
      if (body.password.toLowerCase().includes(username)) return refused(tooClose);
      const origin = { address: request.ip, device: request.headers['user-agent'] ?? '' };
      // The same door as signing in, so that guessing is slowed down the same way.
      const proved = await signIn(pool, tenant, { username, password: body.current }, origin);
      if (!proved.ok) return refused(proved.refusal.code === 'signIn.wrong' ? wrong : proved.refusal);
      const set = await setPassword(pool, tenant, actor.personId, body.password);
      if (!set.ok) {
        await signOut(pool, proved.value.token);
        return refused(set.refusal);
      }
      deps.recogniser.forget();
      const begun = await signIn(pool, tenant, { username, password: body.password }, origin);
      return begun.ok ? welcome(deps, begun.value.token, request, reply) : refused(begun.refusal);
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

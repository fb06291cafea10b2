import type { FastifyInstance } from 'fastify';
import type { ChannelDeps } from '../contract.ts';
import { type ConnectionStore, connectionOf } from './connections.ts';
import { keepMessages } from './store.ts';
import { sameSign } from './vendor-crypto.ts';

/** Where a service calls us. */
export const callbackPath = (tenant: string, kind: string, key: string): string => `/channels/${kind}/${tenant}/${key}`;

const LARGEST = 1024 * 1024;
// A service calls from few addresses, in storms of hundreds a second.
const LIMIT = { rateLimit: { max: 60_000, timeWindow: '1 minute' } };
const TENANT = /^[a-z0-9]{4,16}$/;

/**
 * The addresses that services call. A call is verified and kept with its jobs in one transaction, and only then answered:
 * within milliseconds, because what becomes of it is decided afterwards. Whoever does not know the address, or signs
 * wrongly, is answered 403 alike; when nothing can be kept the answer is 500, and the service calls again.
 */
export function registerCallbacks(
  app: FastifyInstance,
  deps: ConnectionStore & Pick<ChannelDeps, 'time'>,
  onFailure: ChannelDeps['onFailure'],
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) =>
      done(null, body),
    );
    scope.route<{ Params: { kind: string; tenant: string; key: string } }>({
      method: ['GET', 'POST'],
      url: '/channels/:kind/:tenant/:key',
      schema: { hide: true },
      config: LIMIT,
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const { kind, tenant, key } = request.params;
        const connection = TENANT.test(tenant) ? await connectionOf(deps, tenant, kind) : null;
        if (!connection?.active || !sameSign(key, connection.callbackKey))
          return reply.code(403).type('text/plain').send('');
        const { body } = request;
        const heard = connection.messenger.hear(
          {
            method: request.method,
            query: new URLSearchParams(request.url.split('?')[1] ?? ''),
            header: (name) => [request.headers[name] ?? []].flat()[0],
            body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
          },
          connection.settings,
          // Signatures bear the time of the world, also where a demo's clock was moved.
          Date.now(),
        );
        if (!heard.ok) {
          onFailure({ where: `channel.${kind}`, what: heard.refusal.code, cause: heard.refusal.message.en });
          return reply.code(403).type('text/plain').send('');
        }
        await keepMessages(deps.pool, tenant, kind, heard.value.incoming, deps.time.now());
        return reply.type(heard.value.answer.type).send(heard.value.answer.body);
      },
    });
  });
}

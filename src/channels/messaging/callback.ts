import type { FastifyInstance } from 'fastify';
import { MINUTE, SECOND } from '#kernel/instant.ts';
import type { Result } from '#kernel/result.ts';
import type { ChannelDeps } from '../contract.ts';
import { type Connection, type ConnectionStore, connectionOf } from './connections.ts';
import type { Keep } from './keep.ts';
import type { Call, Heard } from './messenger.ts';
import { noteHeard } from './store.ts';
import { sameSign } from './vendor-crypto.ts';

/** Where a service calls us. */
export const callbackPath = (tenant: string, kind: string, key: string): string => `/channels/${kind}/${tenant}/${key}`;

const LARGEST = 1024 * 1024;
// A service calls from few addresses, in storms of hundreds a second.
const LIMIT = { rateLimit: { max: 60_000, timeWindow: '1 minute' } };
// How long settings are remembered between calls.
const FRESH = 2 * SECOND;
const MOST_KEPT = 1_000;
const TENANT = /^[a-z0-9]{4,16}$/;

/**
 * The addresses that services call. A call is verified and kept with its jobs in one transaction, and only then answered:
 * within milliseconds, because what becomes of it is decided afterwards. Whoever does not know the address, or signs
 * wrongly, is answered 403 alike; when nothing can be kept the answer is 500, and the service calls again.
 */
export function registerCallbacks(
  app: FastifyInstance,
  deps: ConnectionStore & Pick<ChannelDeps, 'time'> & { keep: Keep },
  onFailure: ChannelDeps['onFailure'],
): void {
  const kept = new Map<string, { until: number; connection: Promise<Connection | null> }>();
  const known = (tenant: string, kind: string, fresh: boolean): Promise<Connection | null> => {
    const name = `${tenant} ${kind}`;
    const there = kept.get(name);
    if (!fresh && there && there.until > performance.now()) return there.connection;
    const connection = connectionOf(deps, tenant, kind);
    // Whoever guesses companies must not fill the memory.
    if (kept.size > MOST_KEPT) kept.clear();
    kept.set(name, { until: performance.now() + FRESH, connection });
    connection.catch(() => kept.delete(name));
    return connection;
  };
  const heardAt = new Map<string, number>();
  const noted = async (tenant: string, kind: string): Promise<void> => {
    const name = `${tenant} ${kind}`;
    if (performance.now() - (heardAt.get(name) ?? -MINUTE) < MINUTE) return;
    heardAt.set(name, performance.now());
    await noteHeard(deps.pool, tenant, kind, deps.time.now());
  };

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
        const { body } = request;
        const call: Call = {
          method: request.method,
          query: new URLSearchParams(request.url.split('?')[1] ?? ''),
          header: (name) => [request.headers[name] ?? []].flat()[0],
          body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
        };
        let heard: Result<Heard> | null = null;
        // What was changed a moment ago must not turn a good call away: a refusal is asked again with fresh settings.
        for (const fresh of [false, true]) {
          const connection = TENANT.test(tenant) ? await known(tenant, kind, fresh) : null;
          if (!connection?.active || !connection.messenger.hear || !sameSign(key, connection.callbackKey)) continue;
          // Signatures bear the time of the world, also where a demo's clock was moved.
          heard = connection.messenger.hear(call, connection.settings, Date.now());
          if (heard.ok) break;
        }
        if (heard === null) return reply.code(403).type('text/plain').send('');
        if (!heard.ok) {
          onFailure({ where: `channel.${kind}`, what: heard.refusal.code, cause: heard.refusal.message.en });
          return reply.code(403).type('text/plain').send('');
        }
        await deps.keep(tenant, kind, heard.value.incoming, deps.time.now());
        await noted(tenant, kind);
        return reply.type(heard.value.answer.type).send(heard.value.answer.body);
      },
    });
  });
}

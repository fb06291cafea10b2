import type { FastifyInstance } from 'fastify';
import { systemTime } from '#handling/time.ts';
import { secretOf } from '#inbox/calls/exchange.ts';
import type { ChannelDeps } from '../contract.ts';
import { readMessage } from './message.ts';
import { callReceiver } from './receive.ts';
import { isGenuine } from './signature.ts';

const LARGEST = 16 * 1024;
const LIMIT = { rateLimit: { max: 6_000, timeWindow: '1 minute' } };

/**
 * POST /telephone/v1/{company}/{exchange}: what an exchange says of its calls. Answered with 200 only once it is on
 * disk; anything but 200 means: send it again.
 */
export function registerTelephone(app: FastifyInstance, deps: Pick<ChannelDeps, 'pool' | 'time'>): void {
  const receive = callReceiver(deps);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The signature is over the bytes as they were sent.
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: LARGEST }, (_request, body, done) =>
      done(null, body),
    );
    scope.route<{ Params: { company: string; exchange: string } }>({
      method: 'POST',
      url: '/telephone/v1/:company/:exchange',
      config: LIMIT,
      schema: { hide: true },
      handler: async (request, reply) => {
        const { company: tenant, exchange } = request.params;
        const body = typeof request.body === 'string' ? request.body : '';
        const head = (name: string): string => String(request.headers[name] ?? '');
        const signed = {
          id: head('webhook-id'),
          timestamp: head('webhook-timestamp'),
          signature: head('webhook-signature'),
        };
        const secret = await secretOf(deps.pool, tenant, exchange);
        // An unknown exchange and a wrong signature are told apart by nobody.
        if (!secret || !isGenuine(signed, body, secret, systemTime.now()))
          return reply.code(401).send({
            code: 'call.badSignature',
            detail: '签名、时间或地址不对 / The signature, its time or the address is wrong',
          });
        const read = readMessage(body);
        if ('fault' in read) return reply.code(422).send({ code: 'call.unreadable', detail: read.fault });
        const { callId, fresh } = await receive({ tenant, exchangeId: exchange, said: read.said });
        return reply.code(200).send({ call: callId, repeated: !fresh });
      },
    });
  });
}

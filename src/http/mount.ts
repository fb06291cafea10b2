import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Refusal } from '#kernel/refusal.ts';
import type { Endpoint } from './contract/common.ts';
import type { HttpDeps } from './deps.ts';
import { type Refused, sendProblem } from './problem.ts';
import { crossSiteFault, dutyFault, notSignedIn, scopeFault, type Viewer } from './who.ts';

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/** A request that has been read, checked and whose sender is known. */
export interface Call<E extends Endpoint> {
  params: Out<E['params']>;
  query: Out<E['query']>;
  body: Out<E['body']>;
  /** Null only at endpoints that are open to everybody. */
  viewer: E extends { open: true } ? Viewer | null : Viewer;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** An answer; `raw` when the handler has taken the reply over (streams). */
export type Answer = { status: number; body: unknown; headers?: Record<string, string> } | { raw: true };
export type Said = Answer | Refused;

export const answer = (status: number, body: unknown, headers?: Record<string, string>): Answer =>
  headers ? { status, body, headers } : { status, body };
export const refused = (refusal: Refusal, rest: Omit<Refused, 'refusal'> = {}): Refused => ({ refusal, ...rest });

/** Limits on how often a route may be called from one address. */
export interface RouteLimit {
  max: number;
  timeWindow: string;
}

/** Binds an endpoint of the contract to its handler: recognition, scopes and same-origin come first. */
export function mount<const E extends Endpoint>(
  app: FastifyInstance,
  deps: HttpDeps,
  endpoint: E,
  handle: (call: Call<E>) => Promise<Said>,
  limit?: RouteLimit,
): void {
  const writes = endpoint.method !== 'GET';
  app.route({
    method: endpoint.method,
    url: endpoint.url,
    exposeHeadRoute: false,
    schema: schemaOf(endpoint),
    ...(limit ? { config: { rateLimit: limit } } : {}),
    handler: async (request, reply) => {
      const found = await deps.recogniser.actorOf(request);
      const viewer = found ?? null;
      if (writes && viewer?.by !== 'key') {
        const fault = crossSiteFault(request);
        if (fault) return sendProblem(request, reply, { refusal: fault });
      }
      if (viewer === null && !endpoint.open) return sendProblem(request, reply, { refusal: notSignedIn(request) });
      if (viewer !== null && !endpoint.open) {
        const fault = scopeFault(viewer, endpoint) ?? (endpoint.early ? undefined : dutyFault(viewer));
        if (fault) return sendProblem(request, reply, { refusal: fault });
      }
      // Fastify has validated all three by the endpoint's own schemas; the types only repeat that.
      const call = {
        params: request.params,
        query: request.query,
        body: request.body,
        viewer,
        request,
        reply,
      } as unknown as Call<E>;
      return send(request, reply, await handle(call));
    },
  });
}

function send(request: FastifyRequest, reply: FastifyReply, said: Said): FastifyReply {
  if ('refusal' in said) return sendProblem(request, reply, said);
  if ('raw' in said) return reply;
  for (const [name, value] of Object.entries(said.headers ?? {})) reply.header(name, value);
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-store');
  return reply.code(said.status).send(said.body ?? undefined);
}

/** Only what must be checked: answers are written as they are, their shape is proved by tests and the OpenAPI file. */
function schemaOf({ params, query, headers, body }: Endpoint): object {
  return {
    ...(params ? { params } : {}),
    ...(query ? { querystring: query } : {}),
    ...(headers ? { headers } : {}),
    ...(body ? { body } : {}),
  };
}

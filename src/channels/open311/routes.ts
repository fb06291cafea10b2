import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SignedIn } from '#directory/account/actor.ts';
import { apiKeyOf, type Scope } from '#directory/account/api-key.ts';
import type { Recogniser } from '#directory/account/recognise.ts';
import type { DirectoryCache } from '#directory/cache.ts';
import { telephoneOf } from '#directory/manage.ts';
import type { Packs } from '#handling/packs.ts';
import type { ChannelDeps } from '../contract.ts';
import { type Fault, type Format, list, type Node, sendFaults, sendNode } from './answers.ts';
import { attributeFields, attributesOf } from './attributes.ts';
import { isFault, type Jurisdiction, jurisdictionOf } from './jurisdiction.ts';
import { keepRequest, requestOfToken } from './kept.ts';
import { findRequests, readQuery } from './query.ts';
import { requestReceiver, type unknownService } from './receive.ts';
import { type Service, serviceOfCase, servicesOf } from './services.ts';
import { showRequest, w3 } from './show.ts';

/** What the routes stand on. */
export interface Open311RouteDeps extends Pick<ChannelDeps, 'pool' | 'time'> {
  handling: ChannelDeps['handling'] & { packs: Pick<Packs, 'version'> };
  directory: Pick<DirectoryCache, 'snapshot'>;
  recogniser: Recogniser;
  readonly sandbox: boolean;
  publicUrl: string;
}

const BASE = '/open311/v2';
const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2';
const LARGEST = 64 * 1024;
const LIMIT = { rateLimit: { max: 600, timeWindow: '1 minute' } };

const fault = (code: number, zh: string, en: string): Fault => ({ code, description: `${zh} / ${en}` });
const badKey = fault(403, 'api_key 缺失、无效或不够权限', 'api_key is missing, invalid or not made for this');
const noService = fault(400, '缺少 service_code', 'service_code was not provided');
const notFound = (what: string): Fault => fault(404, `没有 ${what}`, `${what} was not found`);
const badFormat = fault(400, '地址须以 .xml 或 .json 结尾', 'The address must end in .xml or .json');

interface Call {
  format: Format;
  /** The last part of the address without its format: a code, a number, a token. */
  name: string;
  sent: URLSearchParams;
  lang: 'zh' | 'en';
  request: FastifyRequest;
  reply: FastifyReply;
}

/**
 * GeoReport v2 for other programs, at /open311/v2, with its discovery. Reading needs no key and then shows only requests
 * that came this way, without their words; a key shows every request of the public services, still without personal data.
 */
export function registerOpen311(
  app: FastifyInstance,
  deps: Open311RouteDeps,
  onFailure: ChannelDeps['onFailure'],
): void {
  const { pool, time, handling } = deps;
  const receive = requestReceiver(deps);

  app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: LARGEST },
      (_request, body, done) => done(null, body),
    );
    scope.addHook('onRoute', (route) => {
      route.schema = { ...route.schema, hide: true };
      route.config = { ...route.config, ...LIMIT };
    });
    scope.setErrorHandler(async (error, request, reply) => {
      const status = statusOf(error);
      if (status >= 500) onFailure({ where: 'open311', what: request.routeOptions.url ?? '', cause: String(error) });
      const said =
        status >= 500
          ? fault(500, '系统出错，请稍后再试', 'Something went wrong; try again later')
          : fault(status, '请求无法读取', 'The request cannot be read');
      return sendFaults(reply, request.url.split('?')[0]?.endsWith('.json') ? 'json' : 'xml', [said]);
    });

    const on = (method: 'GET' | 'POST', url: string, answer: (call: Call) => Promise<FastifyReply>): void => {
      scope.route<{ Params: { file?: string } }>({
        method,
        url,
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          const path = request.params.file ?? url;
          const [, name = '', end] = /^(.*)\.(xml|json)$/.exec(path) ?? [];
          if (end !== 'xml' && end !== 'json') return sendFaults(reply, 'xml', [badFormat]);
          const query = request.url.split('?')[1] ?? '';
          const body = typeof request.body === 'string' ? request.body : '';
          const sent = new URLSearchParams(`${query}&${body}`);
          const lang = /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh';
          return answer({ format: end, name, sent, lang, request, reply });
        },
      });
    };
    const both = (
      path: string,
      answer: (call: Call) => Promise<FastifyReply>,
      method: 'GET' | 'POST' = 'GET',
    ): void => {
      for (const end of ['xml', 'json']) on(method, `${path}.${end}`, answer);
    };

    /** Answers within the jurisdiction that was named, or says that there is none. */
    const within =
      (answer: (call: Call, where: Jurisdiction) => Promise<FastifyReply>) =>
      async (call: Call): Promise<FastifyReply> => {
        const where = await jurisdictionOf(pool, call.sent.get('jurisdiction_id')?.trim() ?? '');
        return isFault(where) ? sendFaults(call.reply, call.format, [where]) : answer(call, where);
      };

    const keyOf = async ({ sent, request }: Call): Promise<SignedIn | null> => {
      const key = sent.get('api_key')?.trim() ?? '';
      const authorization = key === '' ? request.headers.authorization : `Bearer ${key}`;
      const viewer = await deps.recogniser.actorOf({ headers: { authorization } });
      return viewer?.by === 'key' ? viewer : null;
    };

    const show = async (call: Call, where: Jurisdiction, asked: URLSearchParams): Promise<Node[] | Fault[]> => {
      const query = readQuery(asked, time.now());
      if (Array.isArray(query)) return query;
      const key = await keyOf(call);
      if (call.sent.has('api_key') && key === null) return [badKey];
      const keyed = key !== null && fits(key, where, ['cases.read', 'read']);
      if (key !== null && !keyed) return [badKey];
      const services = await servicesOf(handling.packs, where.tenant);
      const found = await findRequests(pool, where, query, services, !keyed);
      const directory = await deps.directory.snapshot(where.tenant);
      return Promise.all(
        found.flatMap((one) => {
          const { pack, packVersion, matter } = one.state;
          const service = serviceOfCase(services, { pack, matter, category: one.category });
          if (!service) return [];
          return handling.packs
            .version(where.tenant, pack, packVersion)
            .then((version) => showRequest(one, { service, pack: version, directory, lang: call.lang, keyed }));
        }),
      );
    };

    const discover = async ({ format, reply, request, lang }: Call): Promise<FastifyReply> => {
      const where = await jurisdictionOf(pool, '');
      const tenant = isFault(where) ? null : where.tenant;
      const published = tenant === null ? [] : (await handling.packs.list(tenant)).filter(({ current }) => current);
      const changeset = w3(Math.max(0, ...published.map(({ publishedAt }) => publishedAt)));
      const telephone = tenant === null ? null : await telephoneOf(pool, tenant);
      const base = deps.publicUrl === '' ? `${request.protocol}://${request.host}` : deps.publicUrl;
      const words = WORDS[lang];
      return sendNode(reply, format, 200, 'discovery', {
        changeset,
        contact: telephone === null ? words.contact : `${words.contact} ${telephone}`,
        key_service: words.key,
        endpoints: list('endpoint', [
          {
            specification: SPECIFICATION,
            url: `${base}${BASE}`,
            changeset,
            type: deps.sandbox ? 'test' : 'production',
            formats: list('format', ['text/xml', 'application/json']),
          },
        ]),
      });
    };
    both('/open311/discovery', discover);
    both(`${BASE}/discovery`, discover);

    both(
      `${BASE}/services`,
      within(async ({ format, reply, lang }, { tenant }) => {
        const services = await servicesOf(handling.packs, tenant);
        const items = services.map((service) => ({
          service_code: service.code,
          service_name: service.name[lang],
          description: service.description[lang],
          metadata: fieldsOf(service).length > 0,
          type: 'realtime',
          keywords: service.keywords.join(','),
          group: service.group[lang],
        }));
        return sendNode(reply, format, 200, 'services', list('service', items));
      }),
    );

    on(
      'GET',
      `${BASE}/services/:file`,
      within(async ({ format, reply, name, lang }, { tenant }) => {
        const service = (await servicesOf(handling.packs, tenant)).find(({ code }) => code === name);
        if (!service) return sendFaults(reply, format, [notFound(`service_code ${name}`)]);
        const attributes = attributesOf(fieldsOf(service), service.pack, lang);
        return sendNode(reply, format, 200, 'service_definition', { service_code: service.code, attributes });
      }),
    );

    both(
      `${BASE}/requests`,
      within(async (call, where) => {
        const { format, reply, sent } = call;
        const found = await show(call, where, sent);
        return isFaults(found)
          ? sendFaults(reply, format, found)
          : sendNode(reply, format, 200, 'service_requests', list('request', found));
      }),
    );

    on(
      'GET',
      `${BASE}/requests/:file`,
      within(async (call, where) => {
        const { format, reply, name } = call;
        const found = await show(call, where, new URLSearchParams({ service_request_id: name.replaceAll(',', ' ') }));
        if (isFaults(found)) return sendFaults(reply, format, found);
        if (found.length === 0) return sendFaults(reply, format, [notFound(`service_request_id ${name}`)]);
        return sendNode(reply, format, 200, 'service_requests', list('request', found));
      }),
    );

    both(
      `${BASE}/requests`,
      within(async (call, where) => {
        const { format, reply, sent, request } = call;
        const key = await keyOf(call);
        if (!key || !fits(key, where, ['cases.register', 'write'])) return sendFaults(reply, format, [badKey]);
        const serviceCode = sent.get('service_code')?.trim() ?? '';
        if (serviceCode === '') return sendFaults(reply, format, [noService]);
        const services = await servicesOf(handling.packs, where.tenant);
        const service = services.find(({ code }) => code === serviceCode);
        if (!service) return sendFaults(reply, format, [notFound(`service_code ${serviceCode}`)]);
        const keyId = await keyIdOf(deps, sent.get('api_key') ?? '', request);
        sent.delete('api_key');
        const kept = await keepRequest(
          pool,
          { tenant: where.tenant, keyId, estateId: where.estate?.id ?? null, serviceCode, body: sent.toString() },
          time.now(),
        );
        try {
          const arrival = await receive(kept);
          if (!('number' in arrival)) return sendFaults(reply, format, [refusedAs(arrival.why)]);
          return sendNode(
            reply,
            format,
            201,
            'service_requests',
            list('request', [
              {
                service_request_id: arrival.number,
                service_notice: WORDS[call.lang].taken,
                account_id: sent.get('account_id'),
              },
            ]),
          );
        } catch (cause) {
          // It is kept, and will be a case as soon as one can be made: the token asks for its number.
          onFailure({
            where: 'open311',
            what: 'register',
            cause: cause instanceof Error ? cause.message : String(cause),
          });
          const waiting = {
            token: kept.token,
            service_notice: WORDS[call.lang].kept,
            account_id: sent.get('account_id'),
          };
          return sendNode(reply, format, 201, 'service_requests', list('request', [waiting]));
        }
      }),
      'POST',
    );

    on(
      'GET',
      `${BASE}/tokens/:file`,
      within(async ({ format, reply, name }, { tenant }) => {
        const kept = await requestOfToken(pool, tenant, name);
        if (!kept) return sendFaults(reply, format, [notFound(`token ${name}`)]);
        const arrival = await receive(kept);
        if (!('number' in arrival)) return sendFaults(reply, format, [refusedAs(arrival.why)]);
        const item = { service_request_id: arrival.number, token: kept.token };
        return sendNode(reply, format, 200, 'service_requests', list('request', [item]));
      }),
    );
  });
}

/** Whether a key was made for this, here: for the company, and for the estate where it is confined to one. */
const fits = (key: SignedIn, { tenant, estate }: Jurisdiction, scopes: readonly Scope[]): boolean =>
  key.tenant === tenant &&
  (key.estateId === null || key.estateId === estate?.id) &&
  [...scopes, 'admin' as const].some((scope) => key.scopes.includes(scope));

const fieldsOf = (service: Service): ReturnType<typeof attributeFields> =>
  attributeFields(service.procedure.intake.fields, service.category?.field);

const isFaults = (found: Node[] | Fault[]): found is Fault[] =>
  found.some((one) => typeof one === 'object' && one !== null && isFault(one));

const refusedAs = (why: ReturnType<typeof unknownService>): Fault => ({
  code: why.code === 'open311.unknownService' ? 404 : 400,
  description: `${why.message.zh} / ${why.message.en}`,
});

/** The key itself, by which two senders of the same words are told apart. */
async function keyIdOf({ pool }: Open311RouteDeps, sent: string, request: FastifyRequest): Promise<string> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const key = await apiKeyOf(pool, sent.trim() || bearer);
  if (!key) throw new Error('a key that was just recognised is gone');
  return key.keyId;
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

const WORDS = {
  zh: {
    contact: '请联系物业服务中心',
    key: '由公司的系统管理员签发：huiyin key create',
    taken: '已登记，请保存编号以便查询进展',
    kept: '已收下，稍后登记；请用 token 查询编号',
  },
  en: {
    contact: 'Please contact the service centre',
    key: 'Issued by the company’s administrator: huiyin key create',
    taken: 'Registered; keep the number to follow it',
    kept: 'Kept, to be registered shortly; ask for the number by the token',
  },
};

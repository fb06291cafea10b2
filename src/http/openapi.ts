import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Endpoint, problemSchema } from './contract/common.ts';
import { contract } from './contract/index.ts';

let made: Promise<object> | undefined;

/** The API as OpenAPI 3.1, made from the contract; computed once, when first asked for. */
export function openApi(): Promise<object> {
  made ??= make();
  return made;
}

const SECURITY = [{ session: [] }, { key: [] }];

async function make(): Promise<object> {
  const app = Fastify();
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '回音 Huiyin',
        description:
          '事事有回音，件件有着落。Refusals are application/problem+json (RFC 9457) with stable codes, in Chinese and English.',
        version: 'v1',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'huiyin_session' },
          key: { type: 'http', scheme: 'bearer', bearerFormat: 'hy_…' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  for (const resource of Object.values(contract))
    for (const [name, endpoint] of Object.entries<Endpoint>(resource)) outline(app, name, endpoint);
  await app.ready();
  const document = app.swagger();
  await app.close();
  // By name: in the order in which files happen to be read, the same description would not be the same text.
  if ('components' in document && document.components?.schemas)
    document.components.schemas = Object.fromEntries(
      Object.entries(document.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return document;
}

function outline(app: ReturnType<typeof Fastify>, name: string, endpoint: Endpoint): void {
  const { method, url, tag, summary, params, query, headers, body, answers, open } = endpoint;
  const response: { [status: string]: object } = {};
  for (const [status, schema] of Object.entries(answers))
    response[status] =
      schema === null
        ? z.null().meta({ description: 'No content' })
        : schema instanceof z.ZodType
          ? { description: summary.en, content: { 'application/json': { schema } } }
          : { description: summary.en, content: { [schema.binary]: { schema: z.string() } } };
  response['4xx'] = { description: 'Refused', content: { 'application/problem+json': { schema: problemSchema } } };
  app.route({
    method,
    url,
    schema: {
      tags: [tag],
      operationId: `${tag}_${name}`,
      summary: summary.zh,
      description: summary.en,
      ...(open ? {} : { security: SECURITY }),
      ...(params ? { params } : {}),
      ...(query ? { querystring: query } : {}),
      ...(headers ? { headers } : {}),
      ...(body ? { body } : {}),
      response,
    },
    handler: () => undefined,
  });
}

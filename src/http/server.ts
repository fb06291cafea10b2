import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { z } from 'zod';
import { mountAccount } from './account.ts';
import { mountAllowed } from './allowed.ts';
import { mountArchive } from './archive.ts';
import { mountAttachments } from './attachments.ts';
import { LARGEST_JSON, readJson } from './body.ts';
import { mountCalls } from './calls.ts';
import { mountCandidates } from './candidates.ts';
import { mountCases } from './cases.ts';
import { mountCommands } from './commands.ts';
import { mountConnections } from './connections.ts';
import { mountDeadLetters } from './dead-letters.ts';
import type { HttpDeps } from './deps.ts';
import { mountDirectory } from './directory.ts';
import { mountDisclosure } from './disclosure.ts';
import { mountDocuments } from './documents.ts';
import { mountDossier } from './dossier.ts';
import { mountEntrance } from './entrance.ts';
import { handleErrors } from './errors.ts';
import { mountEvents } from './events.ts';
import { mountExchanges } from './exchanges.ts';
import { mountFactors } from './factors.ts';
import { mountHealth } from './health.ts';
import { mountInbox } from './inbox.ts';
import { mountIncidents } from './incidents.ts';
import { check, InputFault } from './input.ts';
import { mountJournal } from './journal.ts';
import { mountKeys } from './keys.ts';
import { mountLists } from './lists.ts';
import { mountLooks } from './looks.ts';
import { mountMoves } from './moves.ts';
import { mountNoticeHistory } from './notice-history.ts';
import { mountNotices } from './notices.ts';
import { openApi } from './openapi.ts';
import { mountOutsidePage } from './outside-page.ts';
import { mountPackScope } from './pack-scope.ts';
import { mountPacks } from './packs.ts';
import { mountParticulars } from './particulars.ts';
import { mountPassword } from './password.ts';
import { mountPeople } from './people.ts';
import { mountPeopleAccount } from './people-account.ts';
import { mountPowers } from './powers.ts';
import { mountPremises } from './premises.ts';
import { mountProposals } from './proposals.ts';
import { mountReceipt } from './receipt.ts';
import { mountReports } from './reports.ts';
import { mountSandbox } from './sandbox.ts';
import { secure } from './security.ts';
import { mountSession } from './session.ts';
import { mountSetup } from './setup.ts';
import { mountShiftLists } from './shift-lists.ts';
import { mountStaffing } from './staffing.ts';
import { serveWeb } from './static.ts';
import { mountTogether } from './together.ts';
import { mountWebhooks } from './webhooks.ts';
import { mountWorklist } from './worklist.ts';

/** Every resource of the API; one more is one file and one line. */
const RESOURCES: ((app: FastifyInstance, deps: HttpDeps) => void)[] = [
  mountHealth,
  mountSession,
  mountEntrance,
  mountAccount,
  mountFactors,
  mountKeys,
  mountSetup,
  mountSandbox,
  mountCases,
  mountOutsidePage,
  mountCommands,
  mountJournal,
  mountAllowed,
  mountCandidates,
  mountDisclosure,
  mountDocuments,
  mountReceipt,
  mountDossier,
  mountWorklist,
  mountPacks,
  mountProposals,
  mountMoves,
  mountTogether,
  mountPackScope,
  mountAttachments,
  mountNotices,
  mountNoticeHistory,
  mountConnections,
  mountDeadLetters,
  mountEvents,
  mountDirectory,
  mountPeople,
  mountPowers,
  mountLooks,
  mountPeopleAccount,
  mountPremises,
  mountParticulars,
  mountLists,
  mountStaffing,
  mountShiftLists,
  mountPassword,
  mountReports,
  mountArchive,
  mountWebhooks,
  mountInbox,
  mountIncidents,
  mountCalls,
  mountExchanges,
];

/**
 * Builds the server: API, owner pages, staff application; with `serves` false only its health. It listens when the caller
 * says so.
 */
export async function createServer(
  deps: HttpDeps,
  ownerPages: (app: FastifyInstance) => Promise<void>,
  serves = true,
): Promise<FastifyInstance> {
  // Fastify's own type of a logger is wider than pino's.
  const loggerInstance: FastifyBaseLogger = deps.log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    bodyLimit: LARGEST_JSON,
    // A proxy on this machine may say who the caller is; nobody else may.
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 200 },
  });
  readBodies(app);
  app.setValidatorCompiler(({ schema }) => {
    if (!(schema instanceof z.ZodType)) throw new Error('Routes are checked by zod schemas only');
    return (data) => check(schema, data);
  });
  handleErrors(app, deps);
  secure(app);
  measure(app, deps);
  await app.register(compress, {
    threshold: 4_096,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    zlibOptions: { level: 4 },
  });
  await app.register(multipart, { throwFileSizeLimit: true });
  await app.register(rateLimit, { global: false });
  if (!serves) {
    mountHealth(app, deps);
    return app;
  }
  for (const mountResource of RESOURCES) mountResource(app, deps);
  app.get('/api/openapi.json', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send(await openApi()),
  );
  await app.register(ownerPages);
  await serveWeb(app, deps.webFolder);
  return app;
}

function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => {
    if (bytes.length === 0) return done(null, undefined);
    const read = readJson(bytes);
    return read.ok ? done(null, read.value) : done(new InputFault(read.refusal));
  });
}

/** Counts and times every answer; the log gets the route's pattern, never what was in the address or the body. */
function measure(app: FastifyInstance, deps: HttpDeps): void {
  const { http } = deps.metrics;
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    http.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    if (reply.statusCode >= 500)
      deps.log.warn({ method: request.method, route, status: reply.statusCode, request: request.id }, 'answered');
    else deps.log.debug({ method: request.method, route, status: reply.statusCode, ms: reply.elapsedTime }, 'answered');
    done();
  });
}

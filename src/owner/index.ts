import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { bindRoutes } from './bind/routes.ts';
import { caseRoutes } from './case/routes.ts';
import type { OwnerDeps } from './deps.ts';
import { fileRoutes } from './files.ts';
import { findRoutes } from './find/routes.ts';
import { sendNote } from './layout.ts';
import { outsideRoutes } from './outside/routes.ts';
import { privacyRoute } from './privacy.ts';
import { LARGEST_FILE, LARGEST_FORM } from './receive.ts';
import { reportRoutes } from './report/routes.ts';
import { visit } from './visit.ts';

export type { OwnerDeps } from './deps.ts';

/**
 * The pages for the person who asked: `/o` and `/o/d/<code>` to report, `/o/c/<token>` to follow, answer and sign, `/o/bind/<token>` to say where one lives, `/o/find` when the link
 * was lost, `/o/p`
 * about privacy. They stand in a scope of their own: whatever fails in it is said in words, on a page.
 */
export function registerOwnerPages(app: FastifyInstance, deps: OwnerDeps): void {
  app.register(async (scope) => {
    if (!scope.hasContentTypeParser('multipart/form-data'))
      await scope.register(multipart, { limits: { fileSize: LARGEST_FILE } });
    if (!scope.hasContentTypeParser('application/x-www-form-urlencoded')) await scope.register(formbody);
    scope.addHook('onRoute', (route) => {
      route.bodyLimit = LARGEST_FORM;
      // These routes belong to no contract: they are pages.
      route.schema = { ...route.schema, hide: true };
    });
    scope.setErrorHandler(async (error, request, reply) => {
      request.log.error({ err: error }, 'an owner page failed');
      const status =
        typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
      const look = await visit(deps, request, '');
      const large = status === 413;
      return sendNote(
        reply,
        status >= 400 ? status : 500,
        look,
        look.speak(large ? 'tooLargeTitle' : 'brokenTitle'),
        look.speak(large ? 'tooLargeText' : 'brokenText'),
      );
    });
    reportRoutes(scope, deps);
    caseRoutes(scope, deps);
    outsideRoutes(scope, deps);
    findRoutes(scope, deps);
    bindRoutes(scope, deps);
    fileRoutes(scope, deps);
    privacyRoute(scope, deps);
  });
}

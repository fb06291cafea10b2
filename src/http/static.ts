import { existsSync } from 'node:fs';
import { join } from 'node:path';
import serveStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { unknownRoute } from './errors.ts';
import { sendProblem } from './problem.ts';

const notBuilt = refusal(
  'service.webNotBuilt',
  text('员工界面还没有构建：请用 npm start 启动', 'The staff application has not been built: start with npm start'),
);

/** The staff application under `/`: files as they were built (brotli beside them), its page for every other address. */
export async function serveWeb(app: FastifyInstance, folder: string | null): Promise<void> {
  const built = folder !== null && existsSync(join(folder, 'index.html'));
  if (folder !== null && built)
    await app.register(serveStatic, {
      root: folder,
      prefix: '/',
      index: false,
      preCompressed: true,
      setHeaders: (response, path) => {
        // Built files carry a digest in their name; the page that names them does not.
        const lasting = /[\\/]assets[\\/]/.test(path);
        response.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  const page = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const wantsPage =
      /^(GET|HEAD)$/.test(request.method) && !/^\/(api|o)(\/|$)/.test(request.url) && !/\.\w+$/.test(request.url);
    if (!wantsPage) return sendProblem(request, reply, { refusal: unknownRoute });
    if (!built) return sendProblem(request, reply, { refusal: notBuilt });
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  };
  if (built) app.get('/', { schema: { hide: true } }, page);
  app.setNotFoundHandler(page);
}

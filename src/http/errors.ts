import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { FastifyError, FastifyInstance } from 'fastify';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import { LARGEST_JSON } from './body.ts';
import type { HttpDeps } from './deps.ts';
import { InputFault } from './input.ts';
import { sendProblem } from './problem.ts';

const tooLarge = refusal(
  'request.tooLarge',
  text(
    `内容超过 ${LARGEST_JSON / 1_048_576} MB；照片和文件请作为附件上传`,
    `The body is larger than ${LARGEST_JSON / 1_048_576} MB; send photos and files as attachments`,
  ),
);
const mediaType = refusal('request.mediaType', text('请以 application/json 发送', 'Send it as application/json'));
const malformed = refusal('request.malformed', text('请求的格式不对', 'The request is malformed'));
const tooMany = refusal('request.tooMany', text('尝试太频繁，请稍后再试', 'Too many attempts; try again later'));
const internal = refusal(
  'internal.error',
  text('系统出错，已记录；请稍后再试', 'Something went wrong and was recorded; try again later'),
);
const noRoute = refusal('route.unknown', text('没有这个地址', 'There is nothing at this address'));

/** Turns whatever went wrong into a problem with a stable code; only bugs are logged as errors, and never with their data. */
export function handleErrors(app: FastifyInstance, deps: HttpDeps): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const fault = faultOf(error);
    if (fault === tooLarge) await letPass(request.raw);
    if (fault) return sendProblem(request, reply, { refusal: fault });
    const route = request.routeOptions.url ?? '';
    deps.log.error(
      { route, method: request.method, request: request.id, name: error.name, code: error.code, stack: error.stack },
      'request failed',
    );
    return sendProblem(request, reply, { refusal: internal });
  });
}

// Milliseconds. A slow sender of something far too large is cut off after this.
const PATIENCE = 10_000;

/** Lets the rest of a body go by: a sender who is cut off in the middle never reads why. */
async function letPass(body: IncomingMessage): Promise<void> {
  body.resume();
  await finished(body, { writable: false, signal: AbortSignal.timeout(PATIENCE) }).catch(() => undefined);
}

/** What the sender can put right; undefined for a bug of ours. */
function faultOf(error: FastifyError): Refusal | undefined {
  const inner = error instanceof InputFault ? error : error.cause;
  if (inner instanceof InputFault) return inner.refusal;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || error.code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge;
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return mediaType;
  if (error.statusCode === 429) return tooMany;
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return malformed;
  return undefined;
}

export const unknownRoute = noRoute;

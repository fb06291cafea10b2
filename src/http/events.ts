import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { withTenant } from '#db/pool.ts';
import { type JournalEntry, placeOf } from '#journal/read.ts';
import { standingOf } from './at-the-telephone.ts';
import { noticeEndpoints } from './contract/notice.ts';
import type { HttpDeps } from './deps.ts';
import { loadCase } from './load.ts';
import { mount } from './mount.ts';
import type { Viewer } from './who.ts';

const HEARTBEAT = 15_000;
/** A reader that does not take what it is sent is cut off; it comes back and resumes. */
const MOST_WAITING = 1_000_000;
/** The entry itself is the mark: a running number would tell how much other companies do. */
const LAST = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})$/;

/** GET /events: what changes on the cases one may see, as it happens. */
export function mountEvents(app: FastifyInstance, deps: HttpDeps): void {
  const open = new Set<ServerResponse>();
  app.addHook('preClose', async () => {
    for (const stream of open) stream.end();
  });
  const beat = setInterval(() => {
    for (const stream of open) stream.write(':\n\n');
  }, HEARTBEAT).unref();
  app.addHook('onClose', async () => clearInterval(beat));

  mount(app, deps, noticeEndpoints.events, async ({ viewer, request, reply }) => {
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    stream.write('retry: 2000\n\n');
    open.add(stream);
    const sent = new Set<string>();
    // One batch after the other, so that a case's changes arrive in order.
    let last = Promise.resolve();
    const deliver = (entries: readonly JournalEntry[]): void => {
      last = last
        .then(async () => {
          // Whoever has signed out meanwhile hears no more.
          const still = await deps.recogniser.actorOf(request);
          if (still) await tell(deps, still, stream, entries, sent);
          else stream.end();
        })
        .catch((cause: unknown) => {
          deps.log.error({ cause: cause instanceof Error ? cause.message : String(cause) }, 'event stream');
          stream.end();
        });
    };
    const stop = deps.handling.subscribe(viewer.tenant, deliver);
    const rings = deps.handling.subscribeCalls(viewer.tenant, (callId) => {
      tellOfCall(deps, request, stream, callId).catch((cause: unknown) =>
        deps.log.error({ cause: cause instanceof Error ? cause.message : String(cause) }, 'event stream'),
      );
    });
    // A message that belongs to no case: whose bell it is on looks again.
    const house = deps.handling.subscribeHouse(viewer.tenant, (personId) => {
      if (personId === viewer.actor.personId && !stream.writableEnded) stream.write('event: notice\ndata: {}\n\n');
    });
    request.raw.on('close', () => {
      stop();
      rings();
      house();
      open.delete(stream);
    });
    const [, caseId, seq] = LAST.exec(String(request.headers['last-event-id'] ?? '')) ?? [];
    // Transactions finish out of order, so a few earlier entries are told again; hearing of a change twice does no harm.
    const place = caseId === undefined ? undefined : await placeIn(deps, viewer.tenant, caseId, Number(seq));
    if (place !== undefined) deliver(await deps.handling.entriesSince(viewer.tenant, place));
    return { raw: true };
  });
}

const placeIn = (deps: HttpDeps, tenant: string, caseId: string, seq: number): Promise<number | undefined> =>
  withTenant(deps.pool, tenant, (client) => placeOf(client, tenant, caseId, seq));

async function tell(
  deps: HttpDeps,
  viewer: Viewer,
  stream: ServerResponse,
  entries: readonly JournalEntry[],
  sent: Set<string>,
): Promise<void> {
  const fresh = entries.filter((entry) => !sent.has(`${entry.caseId}.${entry.seq}`));
  for (const entry of fresh) sent.add(`${entry.caseId}.${entry.seq}`);
  // Only the overlap of two deliveries has to be remembered.
  if (sent.size > 5_000) for (const key of [...sent].slice(0, 2_500)) sent.delete(key);
  for (const [caseId, own] of Map.groupBy(fresh, (entry) => entry.caseId)) {
    const seen = await loadCase(deps, viewer, caseId);
    if (!seen.ok || seen.value.sight === 'withoutAsker') continue;
    const { number } = seen.value.state;
    const seq = Math.max(...own.map((entry) => entry.seq));
    write(stream, 'case', `${caseId}.${seq}`, {
      caseId,
      number,
      seq,
      types: [...new Set(own.map((entry) => entry.type))],
    });
    for (const entry of own)
      if (entry.type === 'noticeIssued' && entry.data.to.personId === viewer.actor.personId)
        write(stream, 'notice', `${caseId}.${seq}`, { caseId, number, seq: entry.seq, notice: entry.data.notice });
  }
}

/** A telephone rings or is put down: whoever registers calls looks again. */
async function tellOfCall(
  deps: HttpDeps,
  request: FastifyRequest,
  stream: ServerResponse,
  callId: string,
): Promise<void> {
  const still = await deps.recogniser.actorOf(request);
  if (!still) stream.end();
  // Without a mark of its own: after an interruption the list is looked at anyway.
  else if ((await standingOf(deps, still)).clerk && !stream.writableEnded)
    stream.write(`event: call\ndata: ${JSON.stringify({ callId })}\n\n`);
}

function write(stream: ServerResponse, event: string, id: string, data: object): void {
  if (stream.writableEnded) return;
  stream.write(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
  if (stream.writableLength > MOST_WAITING) stream.destroy();
}

// Follows the page «协议描述» of DingTalk's developerpedia: a ticket from /v1.0/gateway/connections/open, a WebSocket to the
// endpoint it names, every push answered under its messageId; `ping` is answered with what it carried, after `disconnect`
// a new line is opened.
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { MINUTE, SECOND } from '#kernel/instant.ts';
import { jsonOf, parsed, recordIn, wordsIn } from '../messaging/answers.ts';
import type { Incoming, Line, Wire } from '../messaging/messenger.ts';
import { readEvent, readRobot } from './hear.ts';

const ROBOT = '/v1.0/im/bot/messages/get';
const SUBSCRIPTIONS = [
  { type: 'EVENT', topic: '*' },
  { type: 'CALLBACK', topic: ROBOT },
];
const FIRST_PAUSE = SECOND;
const LONGEST_PAUSE = MINUTE;
// The service pings every few seconds to minutes; a line that is silent this long is dead.
const SILENCE = 10 * MINUTE;
// A peer that is gone says no goodbye: so long after we left, a line counts as closed without.
const FAREWELL = 2 * SECOND;

const push = z.looseObject({
  type: z.string(),
  headers: z.looseObject({
    topic: z.string(),
    messageId: z.string(),
    eventType: z.string().optional(),
    eventBornTime: z.string().optional(),
  }),
  data: z.string().default('{}'),
});
type Push = z.infer<typeof push>;

/** Keeps a line open until it is stopped. What comes is kept before it is answered; what could not be kept comes again. */
export function openStream(
  wire: Wire,
  take: (incoming: Incoming[]) => Promise<void>,
  failed: (cause: string) => void,
): Line {
  const end = new AbortController();
  const run = async (): Promise<void> => {
    let pause = FIRST_PAUSE;
    while (!end.signal.aborted) {
      try {
        await oneLine(wire, take, end.signal);
        pause = FIRST_PAUSE;
      } catch (cause) {
        failed(cause instanceof Error ? cause.message : String(cause));
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
      await sleep(pause, undefined, { signal: end.signal }).catch(() => undefined);
    }
  };
  const done = run();
  return {
    async stop() {
      end.abort();
      await done;
    },
  };
}

/** One line from its ticket to its end. Rejects when it could not be opened. */
async function oneLine(wire: Wire, take: (incoming: Incoming[]) => Promise<void>, end: AbortSignal): Promise<void> {
  const { appKey = '', appSecret = '' } = wire.settings;
  const asked = await wire.fetch(`${wire.base}/v1.0/gateway/connections/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ clientId: appKey, clientSecret: appSecret, subscriptions: SUBSCRIPTIONS, ua: 'huiyin' }),
  });
  const opened = jsonOf(asked);
  const [endpoint, ticket] = [wordsIn(opened, 'endpoint'), wordsIn(opened, 'ticket')];
  if (endpoint === '' || ticket === '')
    throw new Error(`no line was opened: ${asked.status} ${wordsIn(opened, 'code')} ${wordsIn(opened, 'message')}`);
  const socket = wire.line(`${endpoint}?ticket=${encodeURIComponent(ticket)}`);
  const inHand = new Set<Promise<void>>();
  try {
    await new Promise<void>((done, fail) => {
      let open = false;
      let why = 'the line was not opened';
      const over = (): void => {
        clearTimeout(silence);
        clearTimeout(farewell);
        end.removeEventListener('abort', leave);
        socket.removeAllListeners('message').terminate();
        if (open || end.aborted) done();
        else fail(new Error(why));
      };
      let farewell: ReturnType<typeof setTimeout> | undefined;
      const leave = (): void => {
        socket.close();
        farewell ??= setTimeout(over, FAREWELL);
      };
      let silence = setTimeout(leave, SILENCE);
      socket.on('open', () => {
        open = true;
        // That the line stands is worth as much as a call.
        void take([]).catch(() => undefined);
      });
      socket.on('message', (data: Buffer) => {
        clearTimeout(silence);
        silence = setTimeout(leave, SILENCE);
        const work: Promise<void> = answer(data.toString(), socket, take, leave).finally(() => inHand.delete(work));
        inHand.add(work);
      });
      socket.on('error', (cause) => {
        why = cause.message;
      });
      socket.on('close', over);
      end.addEventListener('abort', leave);
      if (end.aborted) leave();
    });
  } finally {
    await Promise.all(inHand);
  }
}

async function answer(
  words: string,
  socket: WebSocket,
  take: (incoming: Incoming[]) => Promise<void>,
  leave: () => void,
): Promise<void> {
  const read = push.safeParse(parsed(words));
  if (!read.success) return;
  const { type, headers } = read.data;
  const say = (code: number, data: string, message = 'OK'): void => {
    if (socket.readyState !== WebSocket.OPEN) return;
    const ours = { contentType: 'application/json', messageId: headers.messageId };
    socket.send(JSON.stringify({ code, headers: ours, message, data }));
  };
  if (type === 'SYSTEM') {
    if (headers.topic === 'ping') say(200, read.data.data);
    if (headers.topic === 'disconnect') leave();
    return;
  }
  const told = toldBy(read.data);
  if (told === null) return say(404, '{}', 'unknown topic');
  try {
    await take(told);
    say(200, JSON.stringify(type === 'EVENT' ? { status: 'SUCCESS', message: '' } : { response: null }));
  } catch {
    if (type === 'EVENT') say(200, JSON.stringify({ status: 'LATER', message: 'not kept' }));
    else say(500, '{}', 'not kept');
  }
}

/** What a push tells; null when it is none of ours. */
function toldBy({ type, headers, data }: Push): Incoming[] | null {
  const read = parsed(data);
  if (type === 'CALLBACK') {
    const message = headers.topic === ROBOT ? readRobot(read) : null;
    return message && [message];
  }
  if (type !== 'EVENT') return null;
  // By the stream the names of an event begin with small letters.
  const capital = Object.fromEntries(
    Object.entries(recordIn(read)).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
  return readEvent({ ...capital, EventType: headers.eventType, TimeStamp: headers.eventBornTime });
}

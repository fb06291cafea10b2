import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** The answer to a push. */
export interface Ack {
  code: number;
  headers: { messageId?: string };
  data: string;
}
/** DingTalk's end of the stream: tickets, lines and what is pushed over them. */
export interface StreamEnd {
  ticket(clientId: unknown, topics: string[]): string;
  /** How many lines stand. */
  lines(): number;
  /** Pushes over the first line; resolves with the answer to it, null when none came within two seconds. */
  push(type: string, topic: string, data: object, more?: { [name: string]: string }): Promise<Ack | null>;
  cut(): void;
  /** From now on it says no goodbye when a line is left, like a machine that is gone. */
  fallSilent(): void;
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Opens it on a server: a WebSocket endpoint of its own (RFC 6455), whose tickets are good once. */
export function openStreamEnd(server: Server): StreamEnd {
  const tickets = new Set<string>();
  const sockets = new Set<Socket>();
  const waiting = new Map<string, (ack: Ack) => void>();
  let silent = false;
  server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
    const ticket = new URL(request.url ?? '/', 'http://here').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let rest = Buffer.alloc(0);
    socket.on('data', (part) => {
      rest = Buffer.concat([rest, part]);
      for (let frame = unframed(rest); frame; frame = unframed(rest)) {
        rest = rest.subarray(frame.length);
        if (frame.code === 8 && silent) continue;
        if (frame.code === 8) return socket.end();
        if (frame.code !== 1) continue;
        const ack = JSON.parse(frame.words) as Ack;
        waiting.get(ack.headers.messageId ?? '')?.(ack);
      }
    });
  });
  return {
    ticket(clientId, topics) {
      const ticket = topics.length > 0 ? `${String(clientId)}-${randomUUID()}` : '';
      tickets.add(ticket);
      return ticket;
    },
    lines: () => sockets.size,
    async push(type, topic, data, more = {}) {
      const [socket] = sockets;
      if (!socket) throw new Error('no line stands');
      const messageId = randomUUID();
      const headers = { topic, messageId, contentType: 'application/json', time: String(Date.now()), ...more };
      const answered = new Promise<Ack | null>((done) => {
        const late = setTimeout(() => done(null), 2_000);
        waiting.set(messageId, (ack) => {
          clearTimeout(late);
          done(ack);
        });
      });
      socket.write(framed(JSON.stringify({ specVersion: '1.0', type, headers, data: JSON.stringify(data) })));
      return answered;
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    fallSilent: () => {
      silent = true;
    },
  };
}

function framed(words: string): Buffer {
  const body = Buffer.from(words);
  if (body.length > 0xffff) throw new Error('too long for this counterpart');
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, body]);
}

/** One masked frame of a client; null until all of it is there. */
function unframed(bytes: Buffer): { code: number; words: string; length: number } | null {
  if (bytes.length < 2) return null;
  const short = bytes.readUInt8(1) & 0x7f;
  const at = short < 126 ? 2 : 4;
  if (bytes.length < at + 4) return null;
  const size = short < 126 ? short : bytes.readUInt16BE(2);
  if ((bytes.readUInt8(1) & 0x80) === 0) throw new Error('a client must mask');
  if (bytes.length < at + 4 + size) return null;
  const body = Buffer.from(bytes.subarray(at + 4, at + 4 + size));
  for (let i = 0; i < size; i += 1) body.writeUInt8(body.readUInt8(i) ^ bytes.readUInt8(at + (i % 4)), i);
  return { code: bytes.readUInt8(0) & 0x0f, words: body.toString('utf8'), length: at + 4 + size };
}

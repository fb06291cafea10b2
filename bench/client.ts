import { connect, type Socket } from 'node:net';

/** One answer: what the bench needs of it, unread otherwise. */
export interface Answered {
  status: number;
  head: string;
  body: Buffer;
}

/** A client with one connection kept open. It speaks just enough HTTP/1.1 to take next to nothing from the machine. */
export interface Client {
  send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answered>;
  close(): void;
}

const END = Buffer.from('\r\n\r\n');

/** Connects to a server on this machine. */
export function openClient(port: number): Client {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let waiting: { done(answer: Answered): void; fail(cause: Error): void } | undefined;
  let rest = Buffer.alloc(0);
  const lost = (cause: Error): void => waiting?.fail(cause);
  socket.on('error', lost);
  socket.on('close', () => lost(new Error('The server closed the connection')));
  socket.on('data', (part) => {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    const split = rest.indexOf(END);
    if (split < 0) return;
    const head = rest.toString('latin1', 0, split);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const end = split + END.length + length;
    if (rest.length < end) return;
    const body = rest.subarray(split + END.length, end);
    rest = rest.subarray(end);
    const answered = waiting;
    waiting = undefined;
    answered?.done({ status: Number(head.slice(9, 12)), head, body });
  });
  return {
    send: (method, path, headers, body = '') =>
      new Promise((done, fail) => {
        // Closed while nothing was asked: nobody else would tell.
        if (socket.destroyed) return fail(new Error('The connection is closed'));
        waiting = { done, fail };
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        const size =
          body === '' ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
        socket.write(`${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${lines.join('')}${size}\r\n${body}`);
      }),
    close() {
      socket.removeAllListeners('close');
      socket.destroy();
    },
  };
}

import { connect, type Socket } from 'node:net';
import { firstRun } from '#directory/first-run.ts';
import { systemTime } from '#handling/time.ts';
import { figuresOf } from '#inbox/calls/call.ts';
import { exchangesOf } from '#inbox/calls/exchange.ts';
import type { Said } from '#inbox/calls/hear.ts';
import { SECOND } from '#kernel/instant.ts';
import type { ChannelDeps, RunningChannel } from '../contract.ts';
import { packetsIn, saidBy } from './ami-events.ts';
import { callReceiver } from './receive.ts';

/** `ami://user:secret@host:5038/name of the exchange`; without a name the company's only one. */
export interface AmiAccess {
  host: string;
  port: number;
  user: string;
  secret: string;
  exchange: string;
}

/** Reads the setting. */
export function amiAccess(url: string): AmiAccess {
  const { hostname, port, username, password, pathname } = new URL(url);
  const plain = decodeURIComponent;
  return {
    host: hostname,
    port: Number(port || 5038),
    user: plain(username),
    secret: plain(password),
    exchange: plain(pathname.slice(1)),
  };
}

const AGAIN = 2 * SECOND;
const QUIET = 45 * SECOND;

/** Listens to the manager interface of an Asterisk, and comes back whenever the line breaks. */
export function watchAsterisk(deps: ChannelDeps, access: AmiAccess): RunningChannel {
  const receive = callReceiver(deps);
  const failed = (what: string, cause: unknown): void =>
    deps.onFailure({ where: 'telephone', what, cause: cause instanceof Error ? cause.message : String(cause) });
  let stopped = false;
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();

  /** Only calls to numbers of the exchange: what clerks dial themselves is no matter of owners. */
  const keep = async (said: Said): Promise<void> => {
    const { companies } = await firstRun(deps.pool);
    const tenant = (companies.find((company) => !company.demo) ?? companies[0])?.tenant;
    if (tenant === undefined) return;
    const all = await exchangesOf(deps.pool, tenant);
    const own = all.find(({ name }) => name === access.exchange) ?? (access.exchange === '' ? all[0] : undefined);
    if (own?.numbers.some(({ number }) => figuresOf(number) === figuresOf(said.dialled)))
      await receive({ tenant, exchangeId: own.id, said });
  };
  /** The exchange says nothing twice, so what could not be written is tried again here. */
  const insist = async (said: Said): Promise<void> => {
    for (;;)
      try {
        return await keep(said);
      } catch (cause) {
        failed('keep', cause);
        if (stopped) return;
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
      }
  };
  // A dialplan may hang up from another line than it began at: the numbers are those of the beginning.
  const begun = new Map<string, { caller: string | undefined; dialled: string | undefined }>();
  const hear = (said: Said): void => {
    const known = begun.get(said.call);
    if (said.kind !== 'ended' && !known) begun.set(said.call, { caller: said.caller, dialled: said.dialled });
    if (said.kind === 'ended') begun.delete(said.call);
    last = last.then(() => insist({ ...said, ...known }));
  };

  const open = (): void => {
    if (stopped) return;
    let arrived = '';
    let asked = false;
    const line = connect({ host: access.host, port: access.port });
    socket = line;
    line.setEncoding('utf8').setTimeout(QUIET);
    line.on('connect', () => send(line, { Action: 'Login', Username: access.user, Secret: access.secret }));
    line.on('timeout', () => {
      // Silence after a question: the other side is gone.
      if (asked) return line.destroy();
      asked = true;
      return send(line, { Action: 'Ping' });
    });
    line.on('data', (words: Buffer | string) => {
      const { packets, rest } = packetsIn(arrived + String(words));
      arrived = rest;
      asked = false;
      for (const packet of packets) {
        if (packet.Response === 'Error') failed('login', packet.Message ?? '');
        const said = saidBy(packet, systemTime.now());
        if (said) hear(said);
      }
    });
    line.on('error', (cause) => failed(access.host, cause));
    line.on('close', () => {
      if (!stopped) timer = setTimeout(open, AGAIN).unref();
    });
  };
  open();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      socket?.destroy();
      await last;
    },
  };
}

/** An order in the words of the interface. */
export const packetOf = (action: { [key: string]: string }): string =>
  `${Object.entries(action)
    .map(([key, value]) => `${key}: ${value}\r\n`)
    .join('')}\r\n`;

const send = (line: Socket, action: { [key: string]: string }): unknown => line.write(packetOf(action));

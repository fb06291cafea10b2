import { MINUTE, SECOND } from '#kernel/instant.ts';
import type { ChannelDeps, RunningChannel } from '../contract.ts';
import { messengers } from '../messengers.ts';
import { type ConnectionStore, connectionOf } from './connections.ts';
import type { Keep } from './keep.ts';
import type { Incoming, Line, Settings } from './messenger.ts';
import { noteHeard } from './store.ts';
import { wireOf } from './wire.ts';

const EVERY = 15 * SECOND;

/** The lines kept open to services that cannot call us. */
export interface Listeners extends RunningChannel {
  /** Opens and closes lines as the settings of all companies say now. */
  look(): Promise<void>;
}

/**
 * Keeps one line for each connection that asks for one, here and in every other process: the service shares its messages
 * out among them, and what comes twice is one row. Settings changed in another process count within seconds.
 */
export function openListeners(
  deps: ConnectionStore & Pick<ChannelDeps, 'time'> & { keep: Keep },
  onFailure: ChannelDeps['onFailure'],
): Listeners {
  const lines = new Map<string, { made: string; line: Line }>();
  const listening = messengers.filter(({ listen }) => listen !== undefined);

  const open = (tenant: string, kind: string, heard: { at: number }) => {
    return async (incoming: readonly Incoming[]): Promise<void> => {
      await deps.keep(tenant, kind, incoming, deps.time.now());
      if (performance.now() - heard.at < MINUTE) return;
      heard.at = performance.now();
      await noteHeard(deps.pool, tenant, kind, deps.time.now());
    };
  };
  const ending = new Set<Promise<void>>();
  // Nobody waits for the end of a line while another is opened: what comes twice is one row.
  const shut = (name: string): void => {
    const there = lines.get(name);
    lines.delete(name);
    if (!there) return;
    const done: Promise<void> = there.line.stop().finally(() => ending.delete(done));
    ending.add(done);
  };
  const made = (settings: Settings): string => JSON.stringify(Object.entries(settings).toSorted());

  const look = async (): Promise<void> => {
    const found = await deps.pool.query<{ tenant: string; kind: string }>(
      'select tenant_id as tenant, kind from huiyin.connections_in_use($1)',
      [listening.map(({ kind }) => kind)],
    );
    const used = new Map(found.rows.map((row) => [`${row.tenant} ${row.kind}`, row]));
    for (const name of lines.keys()) if (!used.has(name)) shut(name);
    for (const [name, { tenant, kind }] of used) {
      const connection = await connectionOf(deps, tenant, kind);
      if (!connection) continue;
      const wanted = made(connection.settings);
      if (lines.get(name)?.made === wanted) continue;
      shut(name);
      const wire = wireOf(deps, connection, deps.time.now);
      const failed = (cause: string): void => onFailure({ where: `channel.${kind}`, what: 'line', cause });
      const take = open(tenant, kind, { at: -MINUTE });
      const line = connection.messenger.listen?.(wire, take, failed) ?? null;
      if (line) lines.set(name, { made: wanted, line });
    }
  };
  let last = Promise.resolve();
  let stopped = false;
  const round = (): Promise<void> => {
    last = last.then(async () => {
      if (!stopped) await look();
    });
    return last;
  };
  const quietly = (): void =>
    void round().catch((cause: unknown) => {
      last = Promise.resolve();
      onFailure({ where: 'channels', what: 'lines', cause: cause instanceof Error ? cause.message : String(cause) });
    });
  quietly();
  const timer = setInterval(quietly, EVERY).unref();
  return {
    look: round,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await last.catch(() => undefined);
      for (const name of lines.keys()) shut(name);
      await Promise.all(ending);
    },
  };
}

import { firstRun } from '#directory/first-run.ts';
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
  const shut = async (name: string): Promise<void> => {
    const there = lines.get(name);
    lines.delete(name);
    await there?.line.stop();
  };
  const made = (settings: Settings): string => JSON.stringify(Object.entries(settings).toSorted());

  const look = async (): Promise<void> => {
    const { companies } = await firstRun(deps.pool);
    for (const { tenant } of companies)
      for (const { kind } of listening) {
        const name = `${tenant} ${kind}`;
        const connection = await connectionOf(deps, tenant, kind);
        const wanted = connection?.active === true ? made(connection.settings) : null;
        if (lines.get(name)?.made === wanted) continue;
        await shut(name);
        if (!connection || wanted === null) continue;
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
      await Promise.all([...lines.keys()].map(shut));
    },
  };
}

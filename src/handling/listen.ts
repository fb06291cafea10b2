import type { Pool, PoolClient } from 'pg';

export interface Listener {
  close(): void;
}

const AGAIN = 500;

/**
 * Listens on channels over one connection of the pool, and reconnects. `onReturn` is called whenever messages may have
 * been missed: at the first connection and after every interruption.
 */
export async function listen(
  pool: Pool,
  channels: Readonly<Record<string, (payload: string) => void>>,
  onReturn: () => void,
): Promise<Listener> {
  let current: PoolClient | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;
  const again = (): void => {
    if (!closed) retry = setTimeout(() => void open().catch(again), AGAIN).unref();
  };
  const open = async (): Promise<void> => {
    const client = await pool.connect();
    client.on('notification', ({ channel, payload }) => channels[channel]?.(payload ?? ''));
    client.on('error', () => {
      if (current !== client) return;
      current = undefined;
      client.release(true);
      again();
    });
    try {
      for (const channel of Object.keys(channels)) await client.query(`listen ${channel}`);
    } catch (cause) {
      client.release(true);
      throw cause;
    }
    if (closed) return client.release(true);
    current = client;
    onReturn();
  };
  await open();
  return {
    close() {
      closed = true;
      clearTimeout(retry);
      const client = current;
      current = undefined;
      client?.release(true);
    },
  };
}

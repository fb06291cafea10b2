import Fastify from 'fastify';
import { openPool } from '#db/pool.ts';
import { errorCode, Trouble } from '#db/trouble.ts';
import type { Context, Serving } from './context.ts';

// Long enough for a request in progress, short enough that stopping takes less than three seconds in all.
const PATIENCE = 1_500;

/** Opens the pool and serves HTTP. Throws Trouble when the port is taken or not allowed. */
export async function serve(context: Context): Promise<Serving> {
  const { config, log } = context;
  const pool = openPool(context.database.app);
  const app = Fastify({ loggerInstance: log, forceCloseConnections: 'idle' });
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await pool.query('select 1');
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
  const close = async (): Promise<void> => {
    const cut = setTimeout(() => app.server.closeAllConnections(), PATIENCE);
    await app.close();
    clearTimeout(cut);
    await pool.end();
  };
  try {
    const url = await app.listen({ port: config.port, host: config.host });
    return { url, close };
  } catch (cause) {
    await close();
    throw listenTrouble(cause, config.host, config.port);
  }
}

function listenTrouble(cause: unknown, host: string, port: number): unknown {
  switch (errorCode(cause)) {
    case 'EADDRINUSE':
      return new Trouble(
        'port.taken',
        `端口 ${port} 已被占用：请用 --port 换一个`,
        `Port ${port} is taken: choose another with --port`,
        cause,
      );
    case 'EACCES':
      return new Trouble(
        'port.forbidden',
        `没有使用端口 ${port} 的权限：请用 --port 换一个 1024 以上的`,
        `Not allowed to use port ${port}: choose one above 1024 with --port`,
        cause,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Trouble('host.unknown', `本机没有地址 ${host}`, `This machine has no address ${host}`, cause);
    default:
      return cause;
  }
}

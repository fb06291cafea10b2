import { resolve } from 'node:path';
import { errorCode, Trouble } from '#db/trouble.ts';
import { compose } from './compose.ts';
import type { Context, Serving } from './context.ts';
import { newSetupCode, onlyFromHere } from './first-choice.ts';

// Long enough for a request in progress, short enough that stopping takes less than three seconds in all.
const PATIENCE = 1_500;

/** Composes the program and serves it. Throws Trouble when the port is taken or not allowed. */
export async function serve({ config, database, log }: Context): Promise<Serving> {
  // Behind a public address a proxy lets others in, even when the program itself listens to this machine only.
  const setupCode = onlyFromHere(config.host) && config.publicUrl === undefined ? null : newSetupCode();
  const program = await compose({
    app: database.app,
    owner: database.owner,
    dataDir: resolve(config.data),
    log,
    sandbox: config.sandbox,
    role: config.role,
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
    setupCode,
    channels: config,
    webhookPrivate: config.webhookPrivate,
    packs: config.packs,
    packsDir: resolve(config.packsDir),
  });
  const { server } = program;
  const close = async (): Promise<void> => {
    const cut = setTimeout(() => server.server.closeAllConnections(), PATIENCE);
    await server.close();
    clearTimeout(cut);
    await program.close();
  };
  try {
    const url = await server.listen({ port: config.port, host: config.host });
    return { url, setupCode: program.fresh ? setupCode : null, close };
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

import pg, { type PoolConfig } from 'pg';
import type { Database } from './open.ts';
import { errorCode, errorMessage, Trouble } from './trouble.ts';

/** Opens a real server named by DATABASE_URL: version 15 or newer, UTF-8. */
export async function openServer(url: string, appUrl: string | undefined, dataDir: string): Promise<Database> {
  const owner = withOptions(url, '');
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const found = await client.query<{ version: number; encoding: string; name: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
              current_setting('server_version') as name`,
    );
    const server = found.rows[0];
    if (!server || server.version < 150_000) {
      throw new Trouble(
        'db.tooOld',
        `数据库服务器版本为 ${server?.name}，需要 PostgreSQL 15 以上`,
        `The database server is ${server?.name}; PostgreSQL 15 or newer is needed`,
      );
    }
    if (server.encoding !== 'UTF8') {
      throw new Trouble(
        'db.encoding',
        `数据库编码为 ${server.encoding}，需要 UTF8`,
        `The database is encoded in ${server.encoding}; UTF8 is needed`,
      );
    }
  } catch (cause) {
    if (cause instanceof Trouble) throw cause;
    const why = errorMessage(cause) || errorCode(cause) || '';
    throw new Trouble(
      'db.unreachable',
      `无法连接 DATABASE_URL 指定的数据库：${why}`,
      `Cannot connect to the database of DATABASE_URL: ${why}`,
      cause,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  const app = appUrl ? withOptions(appUrl, '') : withOptions(url, '-c role=huiyin_app');
  return { embedded: false, dataDir, owner, app, stop: () => Promise.resolve() };
}

/**
 * A connection string as pool settings. Session options inside the string would silently replace ours (and with them
 * the change into huiyin_app), so both are joined.
 */
export function withOptions(url: string, extra: string): PoolConfig {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch (cause) {
    throw new Trouble(
      'db.url',
      'DATABASE_URL 不是有效的地址（应形如 postgresql://用户:密码@主机/库名）',
      'DATABASE_URL is not a valid address (expected postgresql://user:password@host/database)',
      cause,
    );
  }
  const options = [parsed.searchParams.get('options') ?? '', extra].filter((o) => o !== '').join(' ');
  parsed.searchParams.delete('options');
  return options === '' ? { connectionString: parsed.href } : { connectionString: parsed.href, options };
}

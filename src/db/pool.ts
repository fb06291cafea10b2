import pg, { type CustomTypesConfig, type Pool, type PoolClient, type PoolConfig } from 'pg';

const { types } = pg;
const INT8 = 20;
const TIMESTAMPTZ = 1184;
const DATE = 1082;
const JSON_TYPE = 114;
const JSONB = 3802;
const builtinTimestamp = types.getTypeParser(TIMESTAMPTZ, 'text');

/** int8 as a number. Throws beyond 2^53: a silently rounded id or counter would be worse than a failed query. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a JavaScript number`);
  return value;
}

/** timestamptz as epoch milliseconds (an Instant); ±infinity stays ±Infinity. */
function parseInstant(text: string): number {
  // Our sessions run in UTC, so "2026-01-05 09:00:00.5+00" with a four-digit year is the normal case.
  if (text.endsWith('+00') && text[4] === '-') return Date.parse(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
  const value: unknown = builtinTimestamp(text);
  return value instanceof Date ? value.getTime() : Number(value);
}

const asText = (text: string): string => text;

function typesConfig(json: boolean): CustomTypesConfig {
  return {
    getTypeParser: (id, format) => {
      if (format === 'binary') return types.getTypeParser(id, 'binary');
      if (id === INT8) return parseInt8;
      if (id === TIMESTAMPTZ) return parseInstant;
      if (id === DATE) return asText;
      if (!json && (id === JSON_TYPE || id === JSONB)) return asText;
      return types.getTypeParser(id, 'text');
    },
  };
}

/** Parsers of every pool: int8 → number, timestamptz → epoch ms, date → 'YYYY-MM-DD', json → value. */
export const ourTypes = typesConfig(true);
/** The same, but json and jsonb stay text: for rows handed on to a client unread. Give it as a query's `types`. */
export const rawJsonTypes = typesConfig(false);

/** Opens a pool in UTC with our type parsers and `huiyin` first on the search path. Size 8: more gains nothing. */
export function openPool(config: PoolConfig, size = 8): Pool {
  const options = [config.options ?? '', '-c search_path=huiyin,public', '-c timezone=UTC'].join(' ').trim();
  const pool = new pg.Pool({
    application_name: 'huiyin',
    max: size,
    connectionTimeoutMillis: 10_000,
    ...config,
    options,
    types: ourTypes,
  });
  // A connection lost while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** A moment as a parameter for a timestamptz. */
export const toTimestamp = (instant: number): string => new Date(instant).toISOString();

/**
 * Runs `work` in one transaction that sees and writes only one tenant's rows (row-level security reads `app.tenant`).
 * Commits its answer; rolls back and rethrows when it throws. Opening takes one round trip.
 */
export async function withTenant<T>(
  pool: Pool,
  tenantId: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return transaction(pool, work, `; set local app.tenant = ${pg.escapeLiteral(tenantId)}`);
}

/** Runs `work` in one transaction. `afterBegin` is SQL sent together with `begin`. */
export async function transaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  afterBegin = '',
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`begin${afterBegin}`);
    const answer = await work(client);
    await client.query('commit');
    return answer;
  } catch (cause) {
    await client.query('rollback').catch((lost: unknown) => {
      broken = lost instanceof Error ? lost : new Error(String(lost));
    });
    throw cause;
  } finally {
    client.release(broken);
  }
}

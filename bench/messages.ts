import { fork } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import type { Pool } from 'pg';
import { callbackPath } from '#channels/messaging/callback.ts';
import { saveConnection } from '#channels/messaging/connections.ts';
import { wechat } from '#channels/wechat/index.ts';
import { openDatabase } from '#db/open.ts';
import { openPool } from '#db/pool.ts';
import { openVault } from '#directory/account/vault.ts';
import { DEMO_TENANT } from '#directory/demo/ids.ts';
import { killed, pause, start } from './intake.ts';
import type { Line } from './report.ts';
import { quantile } from './statistics.ts';

export interface MessagesPlan {
  dataDir: string;
  port: number;
  /** Messages a second, and for how long; 0: as fast as they are answered. */
  rate: number;
  seconds: number;
  kills: number;
}

interface Outcome {
  acknowledged: string[];
  refused: number[];
  retried: number;
  took: number[];
  ms: number;
}

const SETTINGS = {
  appId: 'wx2c2769f8efd9abc2',
  appSecret: 'secret',
  token: 'benchtoken',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  // Answers to owners go to a port where nobody listens.
  base: 'http://127.0.0.1:9',
};
const CLIENTS = 64;
const SENDERS = 100_000;

/**
 * Messages sealed and signed as WeChat sends them, to the address it calls, while the program is killed by force and
 * started again. Afterwards the database is asked: each acknowledged message is kept exactly once.
 */
export async function benchMessages({ dataDir, port, rate, seconds, kills }: MessagesPlan): Promise<Line[]> {
  rmSync(dataDir, { recursive: true, force: true });
  const where = ['--sandbox', '--data', dataDir];
  let server = await start(where, port);
  const path = await withDatabase(dataDir, async (pool) => {
    const wish = { settings: SETTINGS, active: true, by: 'bench' };
    await saveConnection({ pool, vault: openVault(dataDir) }, DEMO_TENANT, wechat, wish, Date.now());
    const found = await pool.query<{ key: string }>(
      `select callback_key as key from huiyin.channel_connection where kind = 'wechat'`,
    );
    return callbackPath(DEMO_TENANT, 'wechat', found.rows[0]?.key ?? '');
  });
  const result = `${dataDir}.json`;
  const { token, aesKey, appId } = SETTINGS;
  const told = [port, path, result, rate, seconds, CLIENTS, token, aesKey, appId, SENDERS].map(String);
  const load = fork(new URL('./messages-thread.ts', import.meta.url), told);
  const ended = new Promise<number | null>((done) => load.once('exit', done));
  let away = 0;
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      await pause((seconds * 1000) / (kills + 1));
      const at = performance.now();
      await killed(server);
      server = await start(where, port);
      away += performance.now() - at;
    }
    if ((await ended) !== 0) throw new Error('The load process failed');
    // The file was written by our own process.
    const said = JSON.parse(readFileSync(result, 'utf8')) as Outcome;
    const kept = await withDatabase(dataDir, (pool) =>
      pool.query<{ key: string }>(`select key from huiyin.message_in where kind = 'wechat'`),
    );
    const rows = new Set(kept.rows.map(({ key }) => key.slice('message:'.length)));
    const lost = said.acknowledged.filter((key) => !rows.has(key)).length;
    const perSecond = said.acknowledged.length / (said.ms / 1000);
    console.log(
      `${said.acknowledged.length} acknowledged, ${said.retried} repetitions, ${said.refused.length} refused; lost ${lost}; ` +
        `p50 ${quantile(said.took, 0.5).toFixed(0)} ms`,
    );
    return [
      {
        what: `WeChat messages, sealed, killed ${kills} times: lost`,
        median: `${lost}`,
        p99: '',
        limit: `${said.retried} repeated`,
        share: '',
        target: '0',
        met: lost === 0 && said.refused.length === 0 && rows.size === said.acknowledged.length,
      },
      {
        what: rate === 0 ? 'WeChat messages as fast as they are answered' : `WeChat messages at ${rate}/s`,
        median: `${perSecond.toFixed(0)}/s`,
        p99: `${quantile(said.took, 0.99).toFixed(0)} ms`,
        limit: `${(said.acknowledged.length / ((said.ms - away) / 1000)).toFixed(0)}/s while it served`,
        share: '',
        target: rate === 0 ? '500/s' : `${rate}/s`,
        met: perSecond >= (rate === 0 ? 500 : rate) * 0.99,
      },
    ];
  } finally {
    load.kill();
    await killed(server);
    rmSync(result, { force: true });
  }
}

async function withDatabase<T>(dataDir: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const database = await openDatabase({ dataDir, what: 'bench', create: false });
  const pool = openPool(database.owner, 1);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

import { type FetchMessageObject, ImapFlow } from 'imapflow';
import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { systemTime, type TimeSource } from '#handling/time.ts';
import { DAY, type Instant, SECOND } from '#kernel/instant.ts';
import type { Receive, RunningChannel } from '../contract.ts';
import { LARGEST_MAIL } from './refusals.ts';
import type { ImapAccess } from './settings.ts';
import type { RawMail } from './store.ts';

export interface Watch {
  pool: Pool;
  tenant: string;
  time: TimeSource;
  access: ImapAccess;
  receive: Receive<RawMail>;
  onFailure(cause: unknown): void;
  /** For servers that announce nothing: look at least this often. */
  pollEvery?: number;
}

const POLL = 60 * SECOND;
const FIRST_WAIT = SECOND;
const LONGEST_WAIT = 60 * SECOND;
const PATIENCE = SECOND;
const LONGEST_DELAY = 365 * DAY;
// At the first start only what somebody may still be waiting for is taken in.
const FRESH = 30 * DAY;

/** Reads a mailbox now and whenever something arrives. A lost connection is opened again after 1 to 60 seconds. */
export function watchMailbox(watch: Watch): RunningChannel {
  let stopped = false;
  let wake = (): void => undefined;
  let hangUp = (): void => undefined;
  const rest = (ms: number): Promise<void> =>
    new Promise((done) => {
      const timer = setTimeout(() => wake(), ms);
      wake = () => {
        clearTimeout(timer);
        done();
      };
      if (stopped) wake();
    });

  const once = async (onWell: () => void): Promise<void> => {
    const client = new ImapFlow({ ...watch.access.connection, logger: false, maxIdleTime: 4 * 60 * SECOND });
    // Without a listener a lost connection would end the process.
    client.on('error', () => undefined);
    client.on('close', () => wake());
    hangUp = () => client.close();
    let news = false;
    client.on('exists', () => {
      news = true;
      wake();
    });
    try {
      await client.connect();
      await client.mailboxOpen(watch.access.box);
      onWell();
      while (!stopped && client.usable) {
        news = false;
        await catchUp(client, watch, () => stopped);
        if (stopped || news) continue;
        // A server that hangs up in the middle of waiting is noticed at the next look.
        client.idle().catch(() => undefined);
        await rest(watch.pollEvery ?? POLL);
      }
      if (client.usable) await client.logout();
    } finally {
      client.close();
    }
  };

  const loop = async (): Promise<void> => {
    let wait = FIRST_WAIT;
    while (!stopped) {
      try {
        await once(() => {
          wait = FIRST_WAIT;
        });
      } catch (cause) {
        if (!stopped) watch.onFailure(cause);
      }
      if (stopped) return;
      await rest(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  };
  const running = loop();
  return {
    async stop() {
      stopped = true;
      wake();
      // A server that no longer answers must not hold up the end; what it was not told, it tells again next time.
      const patience = setTimeout(() => hangUp(), PATIENCE);
      await running;
      clearTimeout(patience);
    },
  };
}

async function catchUp(client: ImapFlow, watch: Watch, isStopped: () => boolean): Promise<void> {
  const { pool, tenant, access } = watch;
  const box = client.mailbox;
  if (!box) throw new Error('the mailbox is not open');
  const validity = Number(box.uidValidity);
  let last = await lastRead(pool, tenant, access.name, validity);
  if (last === null) {
    const since = new Date(systemTime.now() - FRESH);
    const unseen = (await client.search({ seen: false, since }, { uid: true })) || [];
    last = unseen.length > 0 ? Math.min(...unseen) - 1 : box.uidNext - 1;
    await setLastRead(pool, tenant, access.name, validity, last);
  }
  const found = (await client.search({ uid: `${last + 1}:*` }, { uid: true })) || [];
  // `n:*` names the last mail even when its number is below n.
  for (const uid of found.filter((one) => one > (last ?? 0)).sort((a, b) => a - b)) {
    if (isStopped()) return;
    const raw = await fetchRaw(client, uid, watch.time);
    if (raw) {
      const arrival = await watch.receive(raw);
      const flags = arrival.became === 'deadLetter' ? ['\\Seen', '\\Flagged'] : ['\\Seen'];
      await client.messageFlagsAdd(String(uid), flags, { uid: true });
    }
    await setLastRead(pool, tenant, access.name, validity, uid);
  }
}

/** A mail out of the box; of a huge one only the head. Null when somebody has deleted it meanwhile. */
async function fetchRaw(client: ImapFlow, uid: number, time: TimeSource): Promise<RawMail | null> {
  const about = await client.fetchOne(String(uid), { size: true, internalDate: true }, { uid: true });
  if (!about) return null;
  const size = about.size ?? 0;
  const receivedAt = arrivedAt(about, time);
  if (size > LARGEST_MAIL) {
    const head = await client.fetchOne(String(uid), { headers: true }, { uid: true });
    if (head === false || head.headers === undefined) return null;
    return { bytes: head.headers, size, whole: false, receivedAt };
  }
  const mail = await client.fetchOne(String(uid), { source: true }, { uid: true });
  if (mail === false || mail.source === undefined) return null;
  return { bytes: mail.source, size: mail.source.length, whole: true, receivedAt };
}

/** The moment of arrival on the company's clock, which in a demo is ahead of the mail server's. */
function arrivedAt({ internalDate }: FetchMessageObject, time: TimeSource): Instant {
  const at = internalDate === undefined ? Number.NaN : new Date(internalDate).getTime();
  const ago = Number.isFinite(at) ? Math.min(Math.max(0, systemTime.now() - at), LONGEST_DELAY) : 0;
  return time.now() - ago;
}

/** The last mail read; null when the box is new to us or its numbering has begun anew. */
async function lastRead(pool: Pool, tenant: string, box: string, validity: number): Promise<number | null> {
  const ask = 'select last_uid from huiyin.mail_box where tenant_id = $1 and box = $2 and uid_validity = $3';
  const found = await withTenant(pool, tenant, (client) =>
    client.query<{ last_uid: number }>(ask, [tenant, box, validity]),
  );
  return found.rows[0]?.last_uid ?? null;
}

async function setLastRead(pool: Pool, tenant: string, box: string, validity: number, last: number): Promise<void> {
  await withTenant(pool, tenant, (client) =>
    client.query(
      `insert into huiyin.mail_box (tenant_id, box, uid_validity, last_uid) values ($1, $2, $3, $4)
       on conflict (tenant_id, box) do update set uid_validity = $3, last_uid = $4`,
      [tenant, box, validity, last],
    ),
  );
}

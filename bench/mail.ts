import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openPool } from '#db/pool.ts';
import { startMailServers, whyNoMailServers } from '../test/support/mail-servers.ts';
import type { Line } from './report.ts';
import { startSite } from './site.ts';
import { median } from './statistics.ts';

export interface MailPlan {
  dataDir: string;
  port: number;
  mails: number;
}

// What the program may grow by between the first fifth of the storm and its last.
const GROWTH = 64;
const LOOK = 1_000;

/**
 * A box with thousands of mails waits on a real Dovecot when the program starts; it is drained over IMAP, a case and a
 * receipt by a real OpenSMTPD for each, while the memory of the program's process is looked at every second.
 */
export async function benchMail({ dataDir, port, mails }: MailPlan): Promise<Line[]> {
  const obstacle = whyNoMailServers();
  if (obstacle !== null) throw new Error(obstacle);
  const servers = await startMailServers({ from: port + 10, to: port + 60 });
  try {
    await servers.fill('cases', storm(mails));
    process.env.HUIYIN_IMAP_URL = servers.imapUrl('cases');
    process.env.HUIYIN_SMTP_URL = servers.smtpUrl;
    process.env.HUIYIN_MAIL_FROM = 'cases@wy.test';
    const site = await startSite(dataDir, port);
    const pool = openPool(site.database.owner, 1);
    const memory: number[] = [];
    let drained = 0;
    let cases = 0;
    const begun = performance.now();
    try {
      for (; drained < mails; ) {
        await new Promise((done) => setTimeout(done, LOOK));
        const found = await pool.query<{ settled: number; cases: number }>(
          `select count(*) filter (where status <> 'kept')::int as settled, count(*) filter (where status = 'case')::int as cases
           from huiyin.mail_message`,
        );
        const before = drained;
        drained = found.rows[0]?.settled ?? 0;
        cases = found.rows[0]?.cases ?? 0;
        memory.push(megabytes(site.pid));
        if (Math.floor((before / mails) * 10) < Math.floor((drained / mails) * 10))
          console.log(`${drained} of ${mails} drained, ${memory.at(-1)?.toFixed(0)} MB`);
      }
    } finally {
      await pool.end();
      await site.stop();
    }
    const seconds = (performance.now() - begun) / 1000;
    const fifth = Math.max(1, Math.floor(memory.length / 5));
    const early = median(memory.slice(fifth, 2 * fifth));
    const late = median(memory.slice(-fifth));
    return [
      {
        what: `mail storm of ${mails} over IMAP: memory in the last fifth beside the second`,
        median: `${late.toFixed(0)} MB`,
        p99: `${Math.max(...memory).toFixed(0)} MB at most`,
        limit: `${early.toFixed(0)} MB`,
        share: `${(late - early).toFixed(0)} MB`,
        target: `≤ ${GROWTH} MB more`,
        met: late - early <= GROWTH && cases === mails,
      },
      {
        what: `mails drained, ${cases} cases of ${mails}`,
        median: `${(mails / seconds).toFixed(0)}/s`,
        p99: '',
        limit: `${seconds.toFixed(0)} s`,
        share: '',
        target: 'all',
        met: cases === mails,
      },
    ];
  } finally {
    await servers.stop();
  }
}

/** Mails of different people; one in ten carries a file of 100 KB. */
function* storm(mails: number): Generator<string> {
  const file = randomBytes(75_000).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  const date = new Date().toUTCString();
  for (let n = 1; n <= mails; n += 1) {
    const head = `From: =?utf-8?B?5byg5LiJ?= <owner+${n}@home.test>\r\nTo: cases@wy.test\r\nDate: ${date}\r\nMessage-ID: <storm-${n}@home.test>\r\nSubject: Storm ${n}\r\nMIME-Version: 1.0\r\n`;
    const words = `Content-Type: text/plain; charset=utf-8\r\n\r\n锦绣花园3栋2单元502，电梯坏了，请尽快来修。第${n}封。\r\n`;
    yield n % 10 === 0
      ? `${head}Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n${words}\r\n--b\r\nContent-Type: application/octet-stream; name="a${n}.txt"\r\nContent-Disposition: attachment; filename="a${n}.txt"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file}\r\n--b--\r\n`
      : `${head}${words}`;
  }
}

/** What the process holds in memory. */
const megabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

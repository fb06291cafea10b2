import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A mail server of the test's own: OpenSMTPD delivers, Dovecot serves the boxes. No service of the machine is touched. */
export interface MailServers {
  smtpUrl: string;
  /** `imap://…` of one box; boxes come into being at the first delivery or sign-in. */
  imapUrl(box: string): string;
  /** Puts mails into a box as files, as an MTA would have, before anybody has signed in to it. */
  fill(box: string, mails: Iterable<string>): Promise<void>;
  stop(): Promise<void>;
}

const PACKAGES = ['opensmtpd', 'dovecot-imapd'];
const [SMTPD, DOVECOT] = ['/usr/sbin/smtpd', '/usr/sbin/dovecot'];
const NOBODY = 65_534;

/** Why the real servers cannot run here; null when they can. Fetches Debian's packages when it may. */
export function whyNoMailServers(): string | null {
  if (process.getuid?.() !== 0) return `mail servers need root and the Debian packages ${PACKAGES.join(', ')}`;
  const there = (): boolean => [SMTPD, DOVECOT].every((file) => runs('test', ['-x', file]));
  // RUNLEVEL=1 keeps Debian from starting what it installs.
  const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  if (!there()) runs('apt-get', ['install', '-y', '--no-install-recommends', ...PACKAGES], quiet);
  if (!there()) return `the Debian packages ${PACKAGES.join(', ')} are not installed`;
  // OpenSMTPD has its spool at a fixed place: it gets one of its own in a mount namespace.
  return runs('unshare', ['-m', 'true']) ? null : 'mail servers need the right to unshare mounts';
}

function runs(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', env, timeout: 240_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts both. Mail to wy.test, home.test and example.com is delivered to the box named by its local part, whatever follows a `+`;
 * whatever goes to gone.test is taken and then bounced.
 */
export async function startMailServers(ports: { from: number; to: number }): Promise<MailServers> {
  const root = await mkdtemp(path.join(tmpdir(), 'huiyin-mail-'));
  await chmod(root, 0o755);
  const [smtp, imap] = await freePorts(ports.from, ports.to);
  for (const folder of ['spool', 'run', 'dovecot', 'boxes']) await mkdir(path.join(root, folder));
  await chown(path.join(root, 'boxes'), NOBODY, NOBODY);
  await writeFile(path.join(root, 'smtpd.conf'), smtpdConf(root, smtp));
  await writeFile(path.join(root, 'dovecot.conf'), dovecotConf(root, imap));
  const own = `mount --bind ${root}/spool /var/spool && mount --bind ${root}/run /run && exec ${SMTPD} -d -f ${root}/smtpd.conf`;
  const servers = [
    spawn('unshare', ['-m', 'sh', '-c', own], { stdio: ['ignore', 'pipe', 'pipe'] }),
    spawn(DOVECOT, ['-F', '-c', `${root}/dovecot.conf`], { stdio: ['ignore', 'pipe', 'pipe'] }),
  ];
  let said = '';
  for (const server of servers)
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (part: Buffer) => {
        said += part.toString();
      });
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map(ended));
    await rm(root, { recursive: true, force: true });
  };
  try {
    for (const port of [smtp, imap]) await answers(port);
  } catch {
    await stop();
    throw new Error(`the mail servers did not start: ${said.slice(-2000)}`);
  }
  return {
    smtpUrl: `smtp://127.0.0.1:${smtp}`,
    imapUrl: (box) => `imap://${box}:secret@127.0.0.1:${imap}/INBOX`,
    async fill(box, mails) {
      const folders = ['cur', 'new', 'tmp'].map((name) => path.join(root, 'boxes', box, 'Maildir', name));
      for (const folder of folders) await mkdir(folder, { recursive: true });
      let n = 0;
      for (const mail of mails) {
        n += 1;
        await writeFile(path.join(folders[1] ?? '', `${1_700_000_000 + n}.M${n}.huiyin`), mail);
      }
      execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, path.join(root, 'boxes', box)]);
    },
    stop,
  };
}

const smtpdConf = (root: string, port: number): string => `
table people { "vmail" = "${NOBODY}:${NOBODY}:${root}/boxes" }
table names { "@" = "vmail" }
listen on 127.0.0.1 port ${port} hostname mx.test
action "box" maildir "${root}/boxes/%{rcpt.user:lowercase|strip}/Maildir" virtual <names> userbase <people>
action "bounced" mda "exit 67" virtual <names> userbase <people>
match from any for domain { "wy.test", "home.test", "example.com" } action "box"
match from any for domain "gone.test" action "bounced"
`;

const dovecotConf = (root: string, port: number): string => `
protocols = imap
listen = 127.0.0.1
base_dir = ${root}/dovecot
state_dir = ${root}/dovecot
log_path = /dev/stderr
ssl = no
disable_plaintext_auth = no
mail_location = maildir:~/Maildir
first_valid_uid = 1
last_valid_uid = 0
auth_mechanisms = plain login
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=${root}/boxes/%u
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
namespace inbox {
  inbox = yes
  separator = /
}
`;

async function freePorts(from: number, to: number): Promise<[number, number]> {
  const found: number[] = [];
  // Two runs at once begin at different places.
  const span = to - from + 1;
  for (let i = 0; i < span && found.length < 2; i += 1) {
    const port = from + ((process.pid + i) % span);
    if (await isFree(port)) found.push(port);
  }
  const [one, two] = found;
  if (one === undefined || two === undefined) throw new Error(`no free ports from ${from} to ${to}`);
  return [one, two];
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer().once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const greeted = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => done(true)).once('error', () => done(false));
      socket.setTimeout(1_000, () => done(false));
      socket.once('data', () => socket.destroy());
    });
    if (greeted) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`nobody answers on port ${port}`);
}

const ended = (server: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (server.exitCode !== null || server.signalCode !== null) return done();
    const hard = setTimeout(() => server.kill('SIGKILL'), 3_000);
    server.once('exit', () => {
      clearTimeout(hard);
      done();
    });
    server.kill('SIGTERM');
  });

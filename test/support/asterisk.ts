import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, isThere, telephones } from './sip-call.ts';

/** An Asterisk of the test's own with one trunk, one telephone (801) and one number. */
export interface Exchange {
  amiUrl: string;
  /** An owner calls the number; the telephone rings for six seconds, is picked up, and he hangs up after a second and a half. */
  call(): Promise<void>;
  stop(): Promise<void>;
}

export const NUMBER = '4008888666';
const MODULES = process.env.HUIYIN_TEST_ASTERISK_MODULES ?? '';
const PLACES = [MODULES, '/usr/lib/x86_64-linux-gnu/asterisk/modules', '/usr/lib/asterisk/modules'];
const modules = (): string | undefined => PLACES.find((place) => place !== '' && existsSync(place));
const [AMI, SIP, OWNER, CLERK, RTP] = [21_938, 21_960, 21_961, 21_962, 21_970];

/** Why no real exchange can run here; null when it can. Debian 12 has no package of Asterisk: it is used where it was installed. */
export function whyNoAsterisk(): string | null {
  for (const [program, version] of [
    ['asterisk', '-V'],
    ['sipp', '-v'],
  ] as const)
    if (!isThere(program, version))
      return `a real telephone exchange needs ${program} (packages asterisk and sip-tester)`;
  return modules() === undefined ? 'the modules of Asterisk are not where Debian puts them' : null;
}

/** Starts it and waits until it takes sign-ins. */
export async function startAsterisk(): Promise<Exchange> {
  const root = await mkdtemp(join(tmpdir(), 'huiyin-asterisk-'));
  for (const folder of ['run', 'log', 'lib', 'spool']) await mkdir(join(root, folder));
  const profile = await readFile(join(import.meta.dirname, '../../docs/telephone.md'), 'utf8');
  for (const [name, words] of Object.entries(files(root, profile))) await writeFile(join(root, name), words);
  const exchange = spawn('asterisk', ['-f', '-C', join(root, 'asterisk.conf')], { stdio: 'ignore' });
  // Its modules take their time; before that a call would be turned away.
  for (let tries = 0; !booted(root); tries += 1) {
    if (tries === 60) throw new Error('Asterisk did not start');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const phones = telephones(root, { exchange: SIP, owner: OWNER, clerk: CLERK, number: NUMBER });
  return {
    amiUrl: `ami://huiyin:${SECRET}@127.0.0.1:${AMI}/${encodeURIComponent('总机')}`,
    call: phones.call,
    async stop() {
      await phones.stop();
      exchange.kill('SIGKILL');
      await ended(exchange);
      await rm(root, { recursive: true, force: true });
    },
  };
}

const SECRET = 'huiyin-secret';

function booted(root: string): boolean {
  try {
    const ask = ['-C', join(root, 'asterisk.conf'), '-rx', 'core waitfullybooted'];
    return String(execFileSync('asterisk', ask, { timeout: 20_000 })).includes('fully booted');
  } catch {
    return false;
  }
}

/** The lines of docs/telephone.md are used as they stand there, with the names and ports of this test. */
function files(root: string, profile: string): { [name: string]: string } {
  const block = (name: string): string => {
    const found = new RegExp(`\`\`\`ini\\n; ${name}\\n([\\s\\S]*?)\`\`\``).exec(profile)?.[1];
    if (found === undefined) throw new Error(`docs/telephone.md has no lines for ${name}`);
    return found;
  };
  const endpoint = (name: string, context: string, port: number): string =>
    `[${name}]\ntype=endpoint\ncontext=${context}\ndisallow=all\nallow=ulaw\ndirect_media=no\naors=${name}\n` +
    `[${name}]\ntype=aor\ncontact=sip:${name}@127.0.0.1:${port}\n`;
  return {
    'asterisk.conf':
      `[directories]\nastetcdir => ${root}\nastmoddir => ${modules()}\nastvarlibdir => ${root}/lib\nastdbdir => ${root}/lib\n` +
      `astspooldir => ${root}/spool\nastrundir => ${root}/run\nastlogdir => ${root}/log\n`,
    'modules.conf':
      '[modules]\nautoload=yes\nnoload=chan_sip.so\nnoload=chan_iax2.so\nnoload=chan_unistim.so\nnoload=chan_skinny.so\nnoload=chan_mgcp.so\nnoload=chan_ooh323.so\n',
    'logger.conf': '',
    'rtp.conf': `[general]\nrtpstart=${RTP}\nrtpend=${RTP + 16}\n`,
    'manager.conf': block('manager.conf').replace('5038', String(AMI)).replace('change-me', SECRET),
    'extensions.conf': block('extensions.conf'),
    'pjsip.conf':
      `[udp]\ntype=transport\nprotocol=udp\nbind=127.0.0.1:${SIP}\n${endpoint('trunk', 'incoming', OWNER)}` +
      `${endpoint('801', 'internal', CLERK)}[trunk]\ntype=identify\nendpoint=trunk\nmatch=127.0.0.1\n`,
  };
}

import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '#db/process.ts';
import { isThere, telephones } from './sip-call.ts';

export const KAMAILIO_NUMBER = '4008888777';
// Media ports lie 28 above, and each telephone takes four of them.
const [SIP, OWNER, CLERK] = [21_900, 21_901, 21_911];

/** Why no call can be made through Kamailio here; null when one can. Fetches Debian's packages when it may. */
export function whyNoKamailio(): string | null {
  const missing = (): string[] => [
    ...(isThere('kamailio', '-v') ? [] : ['kamailio']),
    ...(isThere('sipp', '-v') ? [] : ['sip-tester']),
  ];
  const wanted = missing();
  if (wanted.length > 0 && process.getuid?.() === 0)
    try {
      // RUNLEVEL=1 keeps Debian from starting what it installs.
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
      const order = ['install', '-y', '--no-install-recommends', ...wanted];
      execFileSync('apt-get', order, { stdio: 'ignore', env, timeout: 120_000 });
    } catch {
      // What is missing is said below.
    }
  const still = missing();
  return still.length === 0 ? null : `a call through Kamailio needs the Debian packages ${still.join(', ')}`;
}

/** A Kamailio of the test's own, with the lines of docs/telephone.md; it tells an exchange's address of its calls. */
export async function startKamailio(told: { url: string; secret: string }): Promise<{
  call(): Promise<void>;
  stop(): Promise<void>;
}> {
  const root = await mkdtemp(join(tmpdir(), 'huiyin-kamailio-'));
  const profile = await readFile(join(import.meta.dirname, '../../docs/telephone.md'), 'utf8');
  const block = (name: string, lang: string): string => {
    const found = new RegExp(`\`\`\`${lang}\\n((?:#!/bin/sh\\n)?# ${name}[\\s\\S]*?)\`\`\``).exec(profile)?.[1];
    if (found === undefined) throw new Error(`docs/telephone.md has no lines for ${name}`);
    return found;
  };
  const [config, pidFile] = [join(root, 'kamailio.cfg'), join(root, 'pid')];
  const script = join(root, 'huiyin-call.sh');
  await writeFile(
    config,
    block('kamailio.cfg', 'cfg')
      .replace('0.0.0.0:5060', `127.0.0.1:${SIP}`)
      .replace('192.0.2.10:5060', `127.0.0.1:${CLERK}`)
      .replaceAll('/etc/kamailio/huiyin-call.sh', script),
  );
  await writeFile(script, block('huiyin-call.sh', 'sh'), { mode: 0o755 });
  await writeFile(join(root, 'huiyin-call.env'), `URL='${told.url}'\nSECRET='${told.secret}'\n`);
  // It goes to the background by itself once it takes calls.
  execFileSync('kamailio', ['-f', config, '-P', pidFile, '-Y', root, '-m', '16', '-M', '4'], { stdio: 'ignore' });
  const phones = telephones(root, { exchange: SIP, owner: OWNER, clerk: CLERK, number: KAMAILIO_NUMBER });
  return {
    call: phones.call,
    async stop() {
      await phones.stop();
      const pid = Number(await readFile(pidFile, 'utf8'));
      process.kill(pid, 'SIGTERM');
      await until(async () => !alive(pid), 10_000, 50);
      await rm(root, { recursive: true, force: true });
    },
  };
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

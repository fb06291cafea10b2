import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The system account the database runs as. PostgreSQL refuses to run as root, so root lends it another one. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const PREFERRED = ['huiyin', 'postgres', 'nobody'];

function accounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((f) => f.length >= 4)
    .map((f) => ({ name: f[0] ?? '', uid: Number(f[2]), gid: Number(f[3]) }));
}

/**
 * The account for a cluster kept in `clusterDir`: ourselves when we are not root; as root the owner of an existing
 * cluster, else the first of `huiyin`, `postgres`, `nobody` that the machine knows. Undefined: none is there.
 */
export function accountFor(clusterDir: string): Account | undefined {
  const uid = process.getuid?.() ?? -1;
  const known = accounts();
  if (uid !== 0) return { name: nameOf(known, uid), uid, gid: process.getgid?.() ?? -1 };
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { name: nameOf(known, owner.uid), uid: owner.uid, gid: owner.gid };
  return PREFERRED.map((name) => known.find((a) => a.name === name)).find((a) => a !== undefined);
}

const nameOf = (known: Account[], uid: number): string => known.find((a) => a.uid === uid)?.name ?? `uid ${uid}`;

/** True when `account` may pass through every folder above `path` and through `path` itself (when it exists). */
export function canReach(account: Account, path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    const s = statSync(at, { throwIfNoEntry: false });
    if (s) {
      const bit = s.uid === account.uid ? 0o100 : s.gid === account.gid ? 0o010 : 0o001;
      if (s.isDirectory() && (s.mode & bit) === 0) return false;
    }
    if (at === dirname(at)) return true;
  }
}

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The installation's own signature (Ed25519). It lies outside the database, so whoever rules the database cannot sign. */
export interface AnchorKey {
  /** First 16 hexadecimal digits of the public key's SHA-256. */
  id: string;
  sign(digest: Buffer): Buffer;
  verify(digest: Buffer, signature: Buffer): boolean;
}

const FILE = 'anchor.key';

/** Reads the key of a data folder, or makes it at the first run, readable by its owner alone. */
export function openAnchorKey(dataDir: string): AnchorKey {
  const path = join(dataDir, FILE);
  if (!existsSync(path)) {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    const half = `${path}.${process.pid}`;
    writeFileSync(half, pem, { mode: 0o600, flush: true });
    renameSync(half, path);
    writeFileSync(join(dataDir, 'anchor.pub'), createPublicKey(pem).export({ type: 'spki', format: 'pem' }));
  }
  return keyOf(createPrivateKey(readFileSync(path)));
}

/** True when a key was ever made here. */
export const hasAnchorKey = (dataDir: string): boolean => existsSync(join(dataDir, FILE));

function keyOf(secret: KeyObject): AnchorKey {
  const open = createPublicKey(secret);
  const id = hash('sha256', open.export({ type: 'spki', format: 'der' }), 'hex').slice(0, 16);
  return {
    id,
    sign: (digest) => sign(null, digest, secret),
    verify: (digest, signature) => verify(null, digest, open, signature),
  };
}

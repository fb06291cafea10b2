import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Enciphers what must be read again, so that a copy of the database alone gives nothing away. */
export interface Vault {
  /** `about` is bound to it: what was sealed for one person opens for no other. */
  seal(plain: Buffer, about: string): Buffer;
  /** Null when the key is another one or the bytes were changed. */
  open(sealed: Buffer, about: string): Buffer | null;
}

const FILE = 'account.key';
const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** Opens the vault of a data folder; its key is made at the first use and readable by its owner alone. */
export function openVault(dataDir: string): Vault {
  let kept: Buffer | undefined;
  const key = (): Buffer => {
    kept ??= readOrMake(join(dataDir, FILE));
    return kept;
  };
  return {
    seal(plain, about) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(CIPHER, key(), nonce, { authTagLength: TAG }).setAAD(Buffer.from(about));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, about) {
      if (sealed.length < NONCE + TAG) return null;
      const decipher = createDecipheriv(CIPHER, key(), sealed.subarray(0, NONCE), { authTagLength: TAG });
      decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(-TAG));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}

function readOrMake(path: string): Buffer {
  if (!existsSync(path)) {
    const half = `${path}.${process.pid}`;
    writeFileSync(half, randomBytes(32).toString('base64'), { mode: 0o600, flush: true });
    renameSync(half, path);
  }
  return Buffer.from(readFileSync(path, 'utf8'), 'base64');
}

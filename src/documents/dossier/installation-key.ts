import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnchorKey, openAnchorKey } from '#journal/anchor-key.ts';

/** The key that seals dossiers: the one that signs the journal's anchors, with its public half. Made at the first call. */
export function installationKey(dataDir: string): { key: AnchorKey; publicKey: KeyObject } {
  const key = openAnchorKey(dataDir);
  return { key, publicKey: createPublicKey(readFileSync(join(dataDir, 'anchor.pub'))) };
}

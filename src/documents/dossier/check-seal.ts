import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { z } from 'zod';
import type { Findings } from './findings.ts';
import { type DossierIndex, type DossierSeal, INDEX, indexSchema, SEAL, sealSchema } from './format.ts';
import type { Members } from './zip.ts';

/** Reads a JSON member against its schema; null when it is missing or not of that shape, which is then a finding. */
export function readMember<T>(members: Members, path: string, schema: z.ZodType<T>, found: Findings): T | null {
  const bytes = members.get(path);
  if (!bytes) {
    found.broken('member.missing', path, '文件缺失', 'The file is missing');
    return null;
  }
  try {
    const read = schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    if (read.success) return read.data;
  } catch {}
  found.broken('member.unreadable', path, '内容无法识别，已被改动', 'The content cannot be read: it was changed');
  return null;
}

/** Reads the index and checks its signature. `trusted` is the fingerprint the reader knows from elsewhere. */
export function checkSeal(
  members: Members,
  trusted: string | null,
  found: Findings,
): { index: DossierIndex | null; fingerprint: string | null } {
  const index = readMember(members, INDEX, indexSchema, found);
  const seal = readMember(members, SEAL, sealSchema, found);
  const read = seal && checkPublicKey(seal.publicKeyPem, SEAL, found);
  if (!read) return { index, fingerprint: null };
  const { key, fingerprint } = read;
  // The same key written in another way is still a changed file.
  if (
    key.export({ type: 'spki', format: 'pem' }) !== seal.publicKeyPem ||
    canonical(seal) !== Buffer.from(members.get(SEAL) ?? []).toString()
  )
    found.broken('seal.changed', SEAL, '签名文件被改动', 'The signature file was changed');
  if (!verify(null, members.get(INDEX) ?? new Uint8Array(), key, Buffer.from(seal.signature, 'hex')))
    found.broken(
      'seal.signature',
      INDEX,
      '签名不符：目录 index.json 或签名 index.sig.json 被改动',
      'The signature does not match: index.json or its signature index.sig.json was changed',
    );
  if (seal.keyId !== fingerprint)
    found.broken('seal.keyId', SEAL, '密钥编号与公钥不符', 'The key id does not belong to the public key');
  if (trusted === null)
    found.note(
      'seal.compare',
      SEAL,
      `请与公司公布的公钥指纹核对：${fingerprint}`,
      `Compare with the key fingerprint the company has published: ${fingerprint}`,
    );
  else if (trusted.toLowerCase().replaceAll(':', '') !== fingerprint)
    found.broken(
      'seal.stranger',
      SEAL,
      `封存密钥不是您信任的那一把（实为 ${fingerprint}）`,
      `It was sealed with another key than the one you trust (${fingerprint})`,
    );
  return { index, fingerprint };
}

/** Reads a public key of the dossier; null when it cannot be read, which is then a finding. */
export function checkPublicKey(
  pem: string,
  member: string,
  found: Findings,
): { key: KeyObject; fingerprint: string } | null {
  const key = publicKey(pem);
  if (key) return { key, fingerprint: fingerprintOf(key) };
  found.broken('seal.key', member, '公钥无法识别', 'The public key cannot be read');
  return null;
}

/** SHA-256 over the public key in SPKI DER form, lower-case hexadecimal. */
export const fingerprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');

function publicKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

const canonical = ({ keyId, signature, publicKeyPem }: DossierSeal): string =>
  `${JSON.stringify({ keyId, signature, publicKeyPem }, null, 2)}\n`;

/** The seal file for a signature. */
export const sealOf = (signature: Uint8Array, key: KeyObject): DossierSeal => ({
  keyId: fingerprintOf(key),
  signature: Buffer.from(signature).toString('hex'),
  publicKeyPem: key.export({ type: 'spki', format: 'pem' }).toString(),
});

import { z } from 'zod';
import { textSchema } from '#policy/language/text.ts';

/** Names of the fixed members. */
export const INDEX = 'index.json';
export const SEAL = 'index.sig.json';
export const JOURNAL = 'journal.jsonl';
export const ANCHORS = 'anchors.json';
export const GUIDES = { zh: '核验说明.md', en: 'VERIFY.md' };

export const FORMAT = 'huiyin-dossier/1';

const hex = z.string().regex(/^(?:[0-9a-f]{2})+$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** One line of journal.jsonl. `actor`, `data` and `personal` are the exact texts that were hashed. */
export const rowSchema = z.strictObject({
  seq: z.int().positive(),
  position: z.int(),
  type: z.string(),
  at: z.int(),
  actor: z.string(),
  data: z.string(),
  personal: z.string().nullable(),
  salt: hex,
  personalSalt: hex.nullable(),
  dataDigest: digest,
  personalDigest: digest.nullable(),
  prevHash: digest,
  hash: digest,
});
export type DossierRow = z.infer<typeof rowSchema>;

/** index.json: what the dossier is about and what lies in it. Every member but itself and its seal has a digest here. */
export const indexSchema = z.strictObject({
  format: z.literal(FORMAT),
  tenant: z.string(),
  case: z.strictObject({ id: z.string(), number: z.string() }),
  pack: z.strictObject({ id: z.string(), version: z.string() }),
  /** Clauses of the written procedure and the journal entries that carry them out. */
  clauses: z.array(z.strictObject({ clause: z.string(), entries: z.array(z.int()) })),
  journal: z.strictObject({ entries: z.int(), head: digest }),
  documents: z.array(
    z.strictObject({
      path: z.string(),
      form: z.string(),
      number: z.string(),
      title: textSchema,
      digest,
      sha256: digest,
    }),
  ),
  attachments: z.array(
    z.strictObject({
      path: z.string(),
      id: z.string(),
      name: z.string(),
      type: z.string(),
      size: z.int(),
      sha256: digest,
    }),
  ),
  members: z.array(z.strictObject({ path: z.string(), size: z.int(), sha256: digest })),
  /** Epoch milliseconds. */
  sealedAt: z.int(),
});
export type DossierIndex = z.infer<typeof indexSchema>;

/** index.sig.json: the Ed25519 signature over the bytes of index.json, and the key it was made with. */
export const sealSchema = z.strictObject({ keyId: z.string(), signature: hex, publicKeyPem: z.string() });
export type DossierSeal = z.infer<typeof sealSchema>;

/** One anchor of the journal and the proof that this case is among what it vouches for. */
const anchorSchema = z.strictObject({
  number: z.int(),
  at: z.int(),
  fromXid: z.int(),
  toXid: z.int(),
  cases: z.int(),
  entries: z.int(),
  root: digest,
  previous: digest,
  digest,
  keyId: z.string().min(8),
  signature: hex,
  /** How far the case had come. */
  head: z.strictObject({ seq: z.int().positive(), hash: digest }),
  path: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash: digest })),
});
export type DossierAnchor = z.infer<typeof anchorSchema>;

/** anchors.json. */
export const anchorsSchema = z.strictObject({ publicKeyPem: z.string(), anchors: z.array(anchorSchema) });
export type DossierAnchors = z.infer<typeof anchorsSchema>;

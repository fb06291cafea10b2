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

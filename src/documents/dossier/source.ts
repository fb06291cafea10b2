import type { KeyObject } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import type { DossierAnchors, DossierRow } from './format.ts';

/** A form as it was issued, printed. `digest` is the content's, as the journal has it. */
export interface DossierDocument {
  form: string;
  number: string;
  title: Text;
  digest: string;
  pdf: Uint8Array;
}

export interface DossierAttachment {
  id: string;
  name: string;
  type: string;
  sha256: string;
  bytes: Uint8Array;
}

/** Where a dossier's content comes from. */
export interface DossierSource {
  subject(caseId: string): Promise<{ tenant: string; number: string; pack: string; packVersion: string }>;
  /** Every entry of the case in order. */
  journal(caseId: string): Promise<DossierRow[]>;
  /** The signed anchors that cover the case, with the proof that they do. */
  anchors(caseId: string): Promise<DossierAnchors>;
  documents(caseId: string): Promise<DossierDocument[]>;
  attachments(caseId: string): Promise<DossierAttachment[]>;
  /** Signs with the installation's Ed25519 key. */
  sign(bytes: Uint8Array): Promise<{ signature: Uint8Array; publicKey: KeyObject }>;
  now(): Instant;
}

import type { DocumentSection } from '#case/event.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';

/** Which of the two languages a paper speaks. */
export type PaperLanguage = 'zh' | 'en' | 'both';

/** A signature as it is printed. Without `at` the box is left empty for a pen. */
export interface PrintedSignature {
  /** Whose signature belongs here, e.g. 业主签字. */
  label: Text;
  signer: string;
  /** glass, paper, electronic, witness, delivery (policy field `signature`); any other word is printed as it is. */
  method: string;
  at: Instant | null;
  /** Who saw it, where somebody had to. */
  witness?: string | null;
  /** The drawn signature: PNG, JPEG or WebP. */
  imagePng?: Uint8Array;
}

/** An attachment as the paper shows it. A picture's thumbnail is enough: 320 px print sharply at 36 mm. */
export interface PrintedAttachment {
  id: string;
  name: string;
  /** SHA-256 of the stored bytes, lower-case hexadecimal. */
  sha256: string;
  image?: Uint8Array;
}

/** Everything on one printed form. Every string in it may come from a stranger and is only ever treated as data. */
export interface DocumentModel {
  title: Text;
  number: string;
  company: string;
  estate?: string;
  sections: DocumentSection[];
  /** Looked up by the ids in the sections' rows; all of them are listed with their digests. */
  attachments?: PrintedAttachment[];
  signatures: PrintedSignature[];
  /** Digest of the form's content, 64 hexadecimal digits: what was signed. */
  digest: string;
  /** Address of the case's page, printed as a QR code. */
  qr?: string;
  issuedAt: Instant;
  /** A remark above the table, e.g. that the signature no longer holds. */
  remark?: Text;
  /** How many copies there are and who keeps this one. */
  copies?: string;
  lang: PaperLanguage;
  /** Size of the sheet; A4 when absent. A5 is for slips handed over a counter, 80 mm for the roll of a thermal printer there. */
  paper?: 'a4' | 'a5' | '80mm';
}

/** A label that hangs at a door. */
export interface DoorLabel {
  estate: string;
  /** Building and unit, e.g. 3栋2单元. */
  unit: string;
  /** Room, e.g. 1201; empty for a lobby or a lift. */
  room: string;
  /** Address that the code opens. */
  url: string;
  /** The estate's telephone. */
  telephone: string;
}

import type { Text } from '#kernel/text.ts';

/** Something seen while verifying. `broken` means the dossier is not what was sealed; `note` is for the reader to weigh. */
export interface Finding {
  severity: 'broken' | 'note';
  code: string;
  /** The file inside the archive, with `:line` in the journal; empty for the archive itself. */
  member: string;
  message: Text;
}

/** Everything found about one dossier. */
export interface DossierReport {
  /** True when nothing is broken. */
  sound: boolean;
  number: string | null;
  /** SHA-256 of the public key (SPKI, DER) that sealed it: to be compared with the one the company has published. */
  fingerprint: string | null;
  checked: { members: number; entries: number; anchors: number };
  findings: Finding[];
}

/** Collects findings. */
export class Findings {
  readonly list: Finding[] = [];

  broken(code: string, member: string, zh: string, en: string): void {
    this.list.push({ severity: 'broken', code, member, message: { zh, en } });
  }

  note(code: string, member: string, zh: string, en: string): void {
    this.list.push({ severity: 'note', code, member, message: { zh, en } });
  }
}

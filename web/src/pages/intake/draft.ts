import { newKey } from '../../api/client.ts';
import type { WireValues } from '../../api/contract.ts';
import { now } from '../../time/now.ts';

/** A half-written intake. It lies in this browser until the server has taken it. */
export interface Draft {
  /** When the form was opened: the call was received then. */
  openedAt: number;
  /** One wish, one key: sending it again registers nothing twice. */
  key: string;
  pack: string | null;
  matter: string | null;
  channel: string | null;
  values: WireValues;
}

const slot = (personId: string): string => `huiyin.intake.${personId}`;
const packSlot = (personId: string): string => `huiyin.intake.pack.${personId}`;

export const rememberPack = (personId: string, pack: string): void => localStorage.setItem(packSlot(personId), pack);

/** An empty one; it begins with the procedure this person used last. */
export const freshDraft = (personId: string): Draft => ({
  openedAt: now(),
  key: newKey(),
  pack: localStorage.getItem(packSlot(personId)),
  matter: null,
  channel: null,
  values: {},
});

/** What this person has not yet finished, if anything. */
export function keptDraft(personId: string): Draft | null {
  const kept: unknown = JSON.parse(localStorage.getItem(slot(personId)) ?? 'null');
  if (typeof kept !== 'object' || kept === null || !('key' in kept) || !('values' in kept)) return null;
  // What lies in the slot was written by keepDraft below.
  return { ...freshDraft(personId), ...(kept as Partial<Draft>) };
}

export const keepDraft = (personId: string, draft: Draft): void =>
  localStorage.setItem(slot(personId), JSON.stringify(draft));

export const dropDraft = (personId: string): void => localStorage.removeItem(slot(personId));

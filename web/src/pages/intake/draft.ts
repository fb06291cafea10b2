import type { Taking } from '../../api/calls.ts';
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
  /** When the paper arrived, as typed; null: when the form was opened. */
  arrivedAt: string | null;
  /** Who signed the same paper besides the first, one a line. */
  signers: string;
  /** The telephone call that it is about; null: none is known. */
  callId: string | null;
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
  arrivedAt: null,
  signers: '',
  callId: null,
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

const parkedSlot = (personId: string): string => `huiyin.intake.parked.${personId}`;

/** Drafts that were set aside for another call, the latest first. */
export function parkedDrafts(personId: string): Draft[] {
  const kept: unknown = JSON.parse(localStorage.getItem(parkedSlot(personId)) ?? '[]');
  // What lies in the slot was written by `park` below.
  return Array.isArray(kept) ? (kept as Draft[]) : [];
}

const park = (personId: string, drafts: readonly Draft[]): void =>
  localStorage.setItem(parkedSlot(personId), JSON.stringify(drafts));

/** Sets aside what is being written, if anything was, and takes up the draft given or else the one set aside last. */
export function changeDraft(personId: string, given?: Draft): Draft | null {
  const parked = parkedDrafts(personId);
  const next = given ?? parked.shift() ?? null;
  const present = keptDraft(personId);
  // A call sets aside on top; going on with another puts this one at the end, so that each has its turn.
  if (next && present && Object.keys(present.values).length > 0) parked[given ? 'unshift' : 'push'](present);
  park(personId, parked);
  if (next) keepDraft(personId, next);
  return next;
}

const NEWS = 'huiyin:intake';

/** Begins an intake from a call that was taken over; what was being written is set aside. */
export function startFromCall(personId: string, { call, phone, name, place }: Taking): void {
  const known = {
    ...(phone === null ? {} : { contactPhone: phone }),
    ...(name === null ? {} : { contactName: name }),
    ...(place === null ? {} : { place }),
  };
  const waiting = keptDraft(personId);
  // Taking the same call again goes on with what was written about it.
  if (waiting?.callId !== call.id) changeDraft(personId, { ...freshDraft(personId), values: known, callId: call.id });
  dispatchEvent(new Event(NEWS));
}

/** Hears that another draft was taken up; answers how to stop. */
export function onDraftChanged(heard: () => void): () => void {
  addEventListener(NEWS, heard);
  return () => removeEventListener(NEWS, heard);
}

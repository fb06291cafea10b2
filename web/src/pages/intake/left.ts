import type { Text } from '@room/kernel/text.ts';
import { ask, newKey } from '../../api/client.ts';
import type { CaseView, RegisterBody } from '../../api/contract.ts';
import { Problem, wordsOf } from '../../api/problem.ts';
import type { Signer } from './signers.ts';

/** A fellow signer who has no case yet. It lies in this browser until he has one, or somebody says he needs none. */
export interface LeftSigner extends Signer {
  /** One wish, one key: what was sent and not heard of is sent again under the same. */
  key: string;
  /** What all who signed have in common. */
  body: RegisterBody;
  /** The field in which it is asked where he lives; null: the procedure does not ask. */
  home: string | null;
  /** The case of whoever stands first. */
  lead: { id: string; number: string };
  /** Why he has none yet. */
  why: Text;
}

/** One who is about to be registered. */
export type NextSigner = Omit<LeftSigner, 'lead' | 'why'>;

const slot = (personId: string): string => `huiyin.intake.left.${personId}`;

/** Whom this person has still to register. */
export function keptLeft(personId: string): LeftSigner[] {
  const kept: unknown = JSON.parse(localStorage.getItem(slot(personId)) ?? '[]');
  // What lies in the slot was written by `keepLeft` below.
  return Array.isArray(kept) ? (kept as LeftSigner[]) : [];
}

export const keepLeft = (personId: string, left: readonly LeftSigner[]): void =>
  left.length === 0
    ? localStorage.removeItem(slot(personId))
    : localStorage.setItem(slot(personId), JSON.stringify(left));

/**
 * Registers the fellow signers one after the other, each with a case of his own joined to the first. Whoever is refused is left
 * with the reason, and the others go on; once the line is broken nobody further is tried.
 */
export async function registerSigners(
  lead: LeftSigner['lead'],
  signers: readonly NextSigner[],
): Promise<{ joint: CaseView[]; left: LeftSigner[] }> {
  const joint: CaseView[] = [];
  const left: LeftSigner[] = [];
  let broken: Text | null = null;
  for (const signer of signers) {
    if (broken) {
      left.push({ ...signer, lead, why: broken });
      continue;
    }
    try {
      joint.push(await ask<CaseView>('/cases', { method: 'POST', body: bodyOf(signer, lead.id), key: signer.key }));
    } catch (error) {
      const refused = error instanceof Problem;
      if (!refused) broken = wordsOf(error);
      // A refusal is final for what was sent: what is corrected is another wish.
      left.push({ ...signer, key: refused ? newKey() : signer.key, lead, why: whyOf(error) });
    }
  }
  return { joint, left };
}

const bodyOf = ({ name, phone, place, body, home }: NextSigner, joins: string): RegisterBody => ({
  ...body,
  joins,
  values: {
    ...body.values,
    contactName: name,
    contactPhone: phone,
    ...(place !== '' && home !== null ? { [home]: { premisesId: null, text: place } } : {}),
  },
});

function whyOf(error: unknown): Text {
  const faults = error instanceof Problem ? Object.values(error.byField) : [];
  const [first] = faults;
  return first === undefined
    ? wordsOf(error)
    : { zh: faults.map(({ zh }) => zh).join('；'), en: faults.map(({ en }) => en).join('; ') };
}

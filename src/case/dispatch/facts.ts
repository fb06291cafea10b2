import type { Instant } from '#kernel/instant.ts';
import type { PersonRef } from '../event.ts';

/** All that choosing looks at in one person, for one case at one moment. */
export interface CandidateFacts {
  person: PersonRef;
  /** Whether he holds the post that the step asks for. */
  holdsPost: boolean;
  /** Whether he belongs to the unit that the routing suggests; true where it suggests none. */
  inUnit: boolean;
  /** The head of the unit comes after its workers, where points are equal. */
  head: boolean;
  /** Skills and valid qualifications on the day. */
  skills: ReadonlySet<string>;
  inTerritory: boolean;
  /** End of the shift that runs now; null when he is not at work. */
  onShiftUntil: Instant | null;
  /** When he next begins; null when nothing is planned. */
  nextShift: Instant | null;
  /** End of the leave he is on. */
  awayUntil: Instant | null;
  /** The case concerns him, so he stands aside. */
  recused: boolean;
  /** He was given or offered it and said no. */
  declined: string | null;
  /** Cases in his hands. */
  load: number;
  near: 'building' | 'estate' | null;
  knows: 'case' | 'place' | null;
  /** When something was last given to him; null: never. */
  lastTurn: Instant | null;
}

import type { Instant } from '#kernel/instant.ts';
import { type Duty, duties } from './event.ts';
import type { CaseState, DutyOffer } from './state.ts';

/** Offers of a shift that nobody has accepted when the time for it is over, the earliest first. */
export function nextShiftOffer({
  offers,
}: Pick<CaseState, 'offers'>): { duty: Duty; offer: DutyOffer; at: Instant } | null {
  let best: { duty: Duty; offer: DutyOffer; at: Instant } | null = null;
  for (const duty of offers ? duties : []) {
    const offer = offers?.[duty];
    if (offer?.shift && !offer.shift.late && (best === null || offer.shift.until < best.at))
      best = { duty, offer, at: offer.shift.until };
  }
  return best;
}

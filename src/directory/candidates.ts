import { sayPresence } from '#case/dispatch/words.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Text } from '#kernel/text.ts';
import { directoryAt } from './directory.ts';
import type { Snapshot } from './snapshot.ts';
import { absenceAt, nextDuty, onShift } from './staffing/roster.ts';

/** Somebody who could take a duty on, with what speaks for or against it. */
export interface Candidate {
  personId: string;
  name: string;
  posts: readonly string[];
  onShift: boolean;
  /** Open cases he is assignee of. */
  load: number;
  /** The head of the unit is offered after its workers. */
  head: boolean;
  passedOver: boolean;
  reason: Text;
}

/** How to choose: the moment, people who must not take part, and present loads (see `loads`). */
export interface Choice {
  now: Instant;
  /** Person → why he is passed over, e.g. because the complaint is about him. */
  exclude?: ReadonlyMap<string, Text>;
  load?: ReadonlyMap<string, number>;
}

/**
 * People of a unit in the order they are suggested: on shift before off, workers before the head, the lightest load
 * first. Those passed over come last and say why, so that nobody wonders where they are. Empty for an unknown unit.
 */
export function candidates(snapshot: Snapshot, unitCode: string, choice: Choice): Candidate[] {
  const directory = directoryAt(snapshot, choice.now);
  const unit = snapshot.units.find((u) => u.code === unitCode);
  const found = directory.members(unitCode).map((person): Candidate => {
    const running = onShift(snapshot, person.id, choice.now);
    const away = absenceAt(snapshot.staffing, person.id, choice.now);
    const load = choice.load?.get(person.id) ?? 0;
    const against = choice.exclude?.get(person.id);
    return {
      personId: person.id,
      name: person.name,
      posts: person.posts,
      onShift: running !== null,
      load,
      head: unit !== undefined && person.posts.includes(unit.headPost),
      passedOver: against !== undefined,
      reason:
        against ??
        sayPresence({
          awayUntil: away?.to ?? null,
          onShiftUntil: running?.to ?? null,
          nextShift: nextDuty(snapshot, person.id, choice.now),
          load,
        }),
    };
  });
  return found.sort(
    (a, b) =>
      Number(a.passedOver) - Number(b.passedOver) ||
      Number(b.onShift) - Number(a.onShift) ||
      Number(a.head) - Number(b.head) ||
      a.load - b.load,
  );
}

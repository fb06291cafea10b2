import { formatLocal } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import { fill, type Text, text } from '#kernel/text.ts';
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

/** What is said of the person a complaint is about. */
export const complainedOf: Text = text('被投诉人，须回避', 'The complaint is about this person, who must stand aside');

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
        (away === null
          ? describeLoad(running?.to ?? null, nextDuty(snapshot, person.id, choice.now), load)
          : describeLeave(away.to, load)),
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

const describeLeave = (until: Instant, load: number): Text =>
  fill(text('休假至 {at}，在办 {load} 件', 'On leave until {at}, {load} open'), {
    at: formatLocal(until).slice(5),
    load,
  });

function describeLoad(endsAt: Instant | null, next: Instant | null, load: number): Text {
  if (endsAt !== null)
    return fill(text('当班至 {at}，在办 {load} 件', 'On shift until {at}, {load} open'), {
      at: formatLocal(endsAt).slice(11),
      load,
    });
  if (next !== null)
    return fill(text('不当班，{at} 上班，在办 {load} 件', 'Off shift until {at}, {load} open'), {
      at: formatLocal(next).slice(5),
      load,
    });
  return fill(text('未排班，在办 {load} 件', 'No shifts planned, {load} open'), { load });
}

import type { Pool } from 'pg';
import { type Place, searchPlaces } from '#directory/premises.ts';
import { roomIn } from './find-contact.ts';

const MOST = 60;

/** The room of the estate that a text names; null when it names none, or one that exists in several estates. */
export async function findRoom(
  pool: Pool,
  tenant: string,
  text: string,
): Promise<{ premisesId: string; text: string } | null> {
  const room = roomIn(text);
  if (!room) return null;
  const wanted = [room.building, ...(room.entrance === null ? [] : [room.entrance]), room.room];
  const found = (await searchPlaces(pool, tenant, wanted.join(' '), MOST)).filter(
    (place) => place.kind === 'room' && isIt(place, wanted),
  );
  const named = found.length > 1 ? found.filter((place) => text.includes(estateOf(place, room.building))) : found;
  const [one, ...more] = named;
  return one && more.length === 0 ? { premisesId: one.id, text: one.fullName } : null;
}

/** 101 must not be found in 1101, nor building 3 in building 13. */
function isIt(place: Place, wanted: readonly string[]): boolean {
  const parts = place.fullName.toUpperCase().match(/\d+|[A-Z]+/g) ?? [];
  if (wanted.length === 3) return wanted.every((part, i) => parts.at(i - 3) === part);
  return parts.at(-1) === wanted[1] && parts.slice(-3, -1).includes(wanted[0] ?? '');
}

const estateOf = (place: Place, building: string): string =>
  place.fullName.slice(0, place.fullName.toUpperCase().indexOf(building));

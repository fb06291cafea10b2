import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';

/** A regular estate: every building, entrance and floor alike. All bounds are inclusive. */
export interface Layout {
  buildings: { from: number; to: number };
  /** 0: rooms hang directly on the building. */
  entrances: number;
  floors: { from: number; to: number };
  roomsPerFloor: number;
}

/** Most rooms that are laid out in one go; a larger estate is done in parts. */
export const MOST_ROOMS = 10_000;

/** The lines one would have to type for such an estate: 3栋2单元101. Refuses with premises.layout or premises.tooMany. */
export function layOutLines(layout: Layout): Result<string[]> {
  const { buildings, entrances, floors, roomsPerFloor } = layout;
  const backwards = buildings.to < buildings.from ? 'buildings.to' : floors.to < floors.from ? 'floors.to' : undefined;
  if (backwards !== undefined)
    return refuse(
      refusal('premises.layout', text('“到”不能小于“从”', '“To” must not be smaller than “from”'), {
        field: `generate.${backwards}`,
      }),
    );
  const storeys = span(floors).filter((floor) => floor !== 0);
  const rooms = span(buildings).length * Math.max(1, entrances) * storeys.length * roomsPerFloor;
  if (rooms > MOST_ROOMS)
    return refuse(
      refusal(
        'premises.tooMany',
        text(`共 ${rooms} 间，一次最多 ${MOST_ROOMS} 间，请分批`, `${rooms} rooms; at most ${MOST_ROOMS} in one go`),
      ),
    );
  const ways = entrances === 0 ? [''] : span({ from: 1, to: entrances }).map((entrance) => `${entrance}单元`);
  return accept(
    span(buildings).flatMap((building) =>
      ways.flatMap((way) =>
        storeys.flatMap((floor) =>
          span({ from: 1, to: roomsPerFloor }).map(
            (room) => `${building}栋${way}${floor}${String(room).padStart(2, '0')}`,
          ),
        ),
      ),
    ),
  );
}

const span = ({ from, to }: { from: number; to: number }): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

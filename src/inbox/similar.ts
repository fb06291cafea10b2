import type { Pool } from 'pg';
import type { CaseState } from '#case/state.ts';
import { withTenant } from '#db/pool.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import { likeness, pairsOf, rarity } from './likeness.ts';

/** What is known of a matter that is about to be registered, or has just arrived. */
export interface Sought {
  words: string;
  premisesId: string | null;
  /** Not itself. */
  exceptCaseId?: string | undefined;
  /**
   * True for whoever is not of the house: rooms and floors count for their entrance, so that nobody learns by trying which household
   * has reported something.
   */
  roomless?: boolean;
}

/** How near an earlier matter lies to where this one is. */
export type Nearness = 'sameUnit' | 'sameRiser' | 'sameEntrance' | 'sameBuilding' | 'sameEstate' | 'elsewhere';

/** An earlier matter that may be about the same thing. */
export interface Similar {
  state: CaseState;
  nearness: Nearness;
  /** Likeness of the words, 0 to 1. */
  words: number;
  /** Words and place together, 0 to 1. */
  score: number;
}

/** Offered from here on, and from there on offered first. Nothing is ever joined by itself. */
const OFFER = 0.35;
export const LIKELY = 0.5;
const WORDS_AT_LEAST = 0.12;
const WINDOW = 14 * DAY;
const LOOKED_AT = 300;
const OFFERED = 5;
const MOST_PAIRS = 24;

const NEAR: Record<Nearness, number> = {
  sameUnit: 0.4,
  sameRiser: 0.3,
  sameEntrance: 0.25,
  sameBuilding: 0.15,
  sameEstate: 0.05,
  elsewhere: -0.3,
};

interface Row {
  state: CaseState;
  premises: string | null;
  way: string[] | null;
  name: string | null;
}

/**
 * Open matters of the last fortnight that may be about the same thing, likeliest first: the same unit, riser, entrance
 * or machine, and like words. Without a place only the words count; without words only what lies in the same unit.
 */
export async function findSimilar(pool: Pool, tenant: string, sought: Sought, now: Instant): Promise<Similar[]> {
  const pairs = pairsOf(sought.words);
  if (pairs.size === 0 && sought.premisesId === null) return [];
  const query = [...pairs.keys()]
    .slice(0, MOST_PAIRS)
    .map((pair) => `'${pair}'`)
    .join(' | ');
  const { here, rows } = await withTenant(pool, tenant, async (client) => {
    const own = await client.query<{ way: string[]; name: string }>(WAY, [tenant, sought.premisesId]);
    const found = await client.query<Row>(
      `with near as materialized (
         select c.id, c.state, c.premises_id as premises, c.received_at from huiyin.case_list c
         where c.open and c.received_at > huiyin.instant($2) and c.id is distinct from $5::uuid
           and ($3 = '' or c.premises_id = $4
             or exists (select from huiyin.case_search_list s where s.case_id = c.id and s.words @@ $3::tsquery))
         order by (c.premises_id is not distinct from $4) desc, c.received_at desc limit ${LOOKED_AT})
       select n.state, n.premises, w.way, w.name from near n
       left join lateral (${WAY.replaceAll('$2', 'n.premises')}) w on true`,
      [tenant, now - WINDOW, query, sought.premisesId, sought.exceptCaseId ?? null],
    );
    return { here: own.rows[0], rows: found.rows };
  });
  const texts = rows.map(({ state }) => pairsOf(wordsOf(state)));
  const weight = rarity([pairs, ...texts]);
  return rows
    .map((row, i): Similar => {
      const words = likeness(pairs, texts[i] ?? new Map(), weight);
      const spots = here && row.way ? [here, { way: row.way, name: row.name ?? '' }] : [];
      const [own, other] = sought.roomless ? spots.map(withoutRoom) : spots;
      const nearness = own && other ? nearnessOf(own, other, sought.roomless) : null;
      // A place that is not known says nothing for or against.
      const score = Math.min(1, Math.max(0, words + (nearness === null ? 0 : NEAR[nearness])));
      return { state: row.state, nearness: nearness ?? 'elsewhere', words, score };
    })
    .filter(({ score, words, nearness }) =>
      pairs.size === 0 ? nearness === 'sameUnit' : score >= OFFER && words >= WORDS_AT_LEAST,
    )
    .sort((a, b) => b.score - a.score)
    .slice(0, OFFERED);
}

/** What a matter is about, in the words of whoever reported it. */
export function wordsOf({ values }: CaseState): string {
  const { content, category } = values;
  return [content, category].flatMap((value) => (typeof value === 'string' ? value : [])).join('\n');
}

// The places from a room up to its estate, nearest first.
const WAY = `with recursive above as (
    select premises_id, parent_id, kind, name_zh, 0 as height from huiyin.premises
     where tenant_id = $1 and premises_id::text = $2
    union all
    select m.premises_id, m.parent_id, m.kind, m.name_zh, a.height + 1 from huiyin.premises m
      join above a on m.premises_id = a.parent_id where m.tenant_id = $1)
  select array_agg(kind || ':' || premises_id order by height) as way,
    (array_agg(name_zh order by height))[1] as name from above having count(*) > 0`;

interface Spot {
  way: readonly string[];
  name: string;
}

const ROOMLESS: { [kind: string]: Nearness } = {
  entrance: 'sameEntrance',
  building: 'sameBuilding',
  estate: 'sameEstate',
};
// A floor has so few rooms that it would tell almost the same.
const withoutRoom = ({ way, name }: Spot): Spot => ({
  way: way.filter((step) => !/^(?:room|floor):/.test(step)),
  name,
});

function nearnessOf(a: Spot, b: Spot, roomless = false): Nearness {
  const [nearest = ''] = a.way;
  if (nearest === b.way[0]) return !roomless ? 'sameUnit' : (ROOMLESS[nearest.split(':', 1)[0] ?? ''] ?? 'sameUnit');
  const shared = (kind: string): boolean => a.way.some((step) => step.startsWith(`${kind}:`) && b.way.includes(step));
  const isRoom = ({ way }: Spot): boolean => way[0]?.startsWith('room:') === true;
  if (shared('entrance'))
    return isRoom(a) && isRoom(b) && riserOf(a.name) !== '' && riserOf(a.name) === riserOf(b.name)
      ? 'sameRiser'
      : 'sameEntrance';
  if (shared('building')) return 'sameBuilding';
  return shared('estate') ? 'sameEstate' : 'elsewhere';
}

/** Rooms above one another hang on the same pipes: 302 and 502. */
export const riserOf = (room: string): string => /\d{1,2}(\d{2})$/.exec(room)?.[1] ?? '';

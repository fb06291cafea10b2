import type { SignedIn as Viewer } from '#directory/account/actor.ts';
import { liesIn } from '#directory/premises-below.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { Endpoint } from './contract/common.ts';
import type { HttpDeps } from './deps.ts';

/** What a key that is confined to an estate may call: single cases, their list, files and changes, and the procedures. */
const OPEN = /^\/api\/v1\/(cases(\/|$)|worklist$|attachments(\/|$)|events$|packs($|\/:pack\/:version$))/;

/** Why a key that is confined to an estate may not call this; undefined for everybody else. New endpoints are closed to it. */
export function siteFault({ estateId }: Viewer, { url }: Endpoint): Refusal | undefined {
  return estateId === null || OPEN.test(url) ? undefined : onlyThere;
}

/** Whether a case, by its field “place”, is the viewer's to know of: a key sees its own estate, everybody else all. */
export async function isThere(deps: HttpDeps, { tenant, estateId }: Viewer, place: unknown): Promise<boolean> {
  if (estateId === null) return true;
  const id = typeof place === 'object' && place !== null && 'premisesId' in place ? place.premisesId : null;
  return typeof id === 'string' && liesIn(deps.pool, tenant, id, estateId);
}

export const onlyThere = refusal(
  'key.site',
  text(
    '该密钥只限一个小区：只能登记和查看该小区的案件，地点须选该小区的房产',
    'This key is confined to one estate: it registers and reads the cases of that estate, whose place is one of its premises',
  ),
  { field: 'place' },
);

import { createHash } from 'node:crypto';
import { localDate } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { loadDirectory } from '../directory.ts';
import { assignPost } from '../manage.ts';
import { insertRows } from '../rows.ts';
import { type Db, within } from '../within.ts';
import { DEMO_TENANT, demoId } from './ids.ts';
import { people } from './organisation.ts';
import { type FurtherUnit, POSTS, STAND_INS, UNITS } from './posts.ts';

// Before any case of the demo, so that its past too finds them in office.
const SINCE = '2016-03-01';

/**
 * Gives the demo company what a pack needs and it has not: units the pack routes to, and holders for its posts. What is
 * there stays as it is, so the stories of other packs do not change. Doing it twice changes nothing.
 */
export async function staffDemo(db: Db, pack: CompiledPack, now: Instant): Promise<void> {
  await within(db, DEMO_TENANT, async (client) => {
    const since = localDate(now) < SINCE ? '1990-01-01' : SINCE;
    const give = (key: string, post: string, unit: string) =>
      assignPost(client, DEMO_TENANT, { personId: demoId('person', key), post, unit, from: since });
    const before = await loadDirectory(client, DEMO_TENANT, now);
    const routed = new Set(pack.routing.rows.map((row) => row.unit));
    for (const code of [...routed].filter((one) => before.unit(one) === undefined)) {
      const unit = UNITS[code] ?? unknownUnit(code);
      await insertRows(client, 'unit', DEMO_TENANT, [
        {
          unit_id: demoId('unit', code),
          code,
          parent_id: demoId('unit', 'company'),
          kind: 'department',
          name_zh: unit.zh,
          name_en: unit.en,
          head_post: unit.headPost,
          sort: 100,
        },
      ]);
      for (const [key, post] of unit.members) await give(key, post, code);
    }
    const after = await loadDirectory(client, DEMO_TENANT, now);
    const named = new Set(Object.values(pack.roles).flatMap((role) => ('post' in role ? role.post : [])));
    for (const post of [...named].filter((one) => after.holders(one).length === 0))
      for (const key of POSTS[post] ?? [standIn(post)]) await give(key, post, homeOf(key));
  });
}

const homeOf = (key: string): string => people.find((one) => one.key === key)?.unit ?? 'company';

/** The same person for the same post at every start. */
const standIn = (name: string): string =>
  STAND_INS[(createHash('sha256').update(name).digest()[0] ?? 0) % STAND_INS.length] ?? STAND_INS[0];

const unknownUnit = (code: string): FurtherUnit => ({
  zh: code,
  en: code,
  headPost: 'departmentHead',
  members: [[standIn(code), 'handler']],
});

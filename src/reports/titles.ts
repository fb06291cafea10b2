import type { Pool } from 'pg';
import { withTenant } from '#db/pool.ts';
import { statement } from '#db/statement.ts';
import type { Text } from '#kernel/text.ts';
import type { PackSpec } from '#policy/language/pack.ts';
import { flatten } from '#policy/language/taxonomy.ts';

/** Cases without a value are counted too, under this key. */
export const NONE = '';

const plainTitle = (key: string): Text => ({ zh: key, en: key });
// Cases that another case or the calendar opened came by no channel of the pack.
const innerChannels: { [key: string]: Text } = {
  linked: { zh: '关联事项', en: 'Linked case' },
  schedule: { zh: '定期工作', en: 'Calendar' },
};

export const channelTitle =
  (pack: PackSpec) =>
  (key: string): Text =>
    pack.channels[key]?.title ?? innerChannels[key] ?? plainTitle(key);

/** Titles of taxonomy paths of the intake's category field, every level named. */
export function categoryTitles(pack: PackSpec): (path: string) => Text {
  const titles = new Map<string, Text>();
  for (const taxonomy of Object.values(pack.taxonomies))
    for (const { path, term } of flatten(taxonomy.terms)) {
      const above = titles.get(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
      titles.set(
        path,
        above ? { zh: `${above.zh} / ${term.title.zh}`, en: `${above.en} / ${term.title.en}` } : term.title,
      );
    }
  return (path) => (path === NONE ? { zh: '未分类', en: 'Unclassified' } : (titles.get(path) ?? plainTitle(path)));
}

const readPlaces = statement<{ premises_id: string; key: string; name_zh: string; name_en: string }>(
  'reports.places',
  'select * from huiyin.report_places($1, $2::text[])',
);

/** For each of the premises the building or common place it is counted under. Rooms are never named. */
export async function countedPlaces(
  pool: Pool,
  tenant: string,
  premises: readonly string[],
): Promise<{ keyOf(premisesId: string | null): string; titleOf(key: string): Text }> {
  const rows = await withTenant(pool, tenant, (client) => readPlaces.run(client, [tenant, premises]));
  const keys = new Map(rows.map((row) => [row.premises_id, row.key]));
  const titles = new Map(rows.map((row) => [row.key, { zh: row.name_zh, en: row.name_en || row.name_zh }]));
  return {
    keyOf: (id) => (id === null ? NONE : (keys.get(id) ?? NONE)),
    titleOf: (key) => titles.get(key) ?? { zh: '未指明地点', en: 'No registered place' },
  };
}

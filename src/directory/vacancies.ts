import type { Directory } from '#case/context.ts';
import { localDate } from '#clock/civil.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { loadDirectory } from './directory.ts';
import { assignPost } from './manage.ts';
import { type Db, within } from './within.ts';

/** A role of a procedure that nobody in the company could act in. */
export interface Vacancy {
  role: string;
  title: { zh: string; en: string };
  posts: readonly string[];
}

/** Roles by post none of whose posts anybody holds. */
export function vacancies(pack: CompiledPack, directory: Pick<Directory, 'holders'>): Vacancy[] {
  return Object.entries(pack.roles).flatMap(([role, spec]) =>
    'post' in spec && spec.post.every((post) => directory.holders(post).length === 0)
      ? [{ role, title: { zh: spec.title.zh, en: spec.title.en }, posts: spec.post }]
      : [],
  );
}

/**
 * What stands against putting a pack in force in a company: `pack.postsVacant` with the roles nobody holds. Where one
 * person is the whole company so far, he takes them on until others are entered.
 */
export async function staffFor(db: Db, tenant: string, pack: CompiledPack, now: Instant): Promise<Refusal | undefined> {
  const vacant = vacancies(pack, await loadDirectory(db, tenant, now));
  if (vacant.length === 0) return undefined;
  const only = await onlyPerson(db, tenant);
  if (only === undefined) return postsVacant(pack, vacant);
  for (const post of new Set(vacant.flatMap(({ posts }) => posts)))
    await assignPost(db, tenant, { personId: only.personId, post, unit: only.unit, from: localDate(now) });
  return undefined;
}

const postsVacant = (pack: CompiledPack, vacant: readonly Vacancy[]): Refusal =>
  refusal(
    'pack.postsVacant',
    text(
      `${pack.title.zh}：还没有人担任 ${vacant.map(({ title, posts }) => `${title.zh}（${posts.join('/')}）`).join('、')}；请先在“人员”中指定，再启用`,
      `${pack.title.en}: nobody yet holds ${vacant.map(({ title, posts }) => `${title.en} (${posts.join('/')})`).join(', ')}; name them under People, then put it in force`,
    ),
  );

async function onlyPerson(db: Db, tenant: string): Promise<{ personId: string; unit: string } | undefined> {
  return within(db, tenant, async (client) => {
    const found = await client.query<{ personId: string; unit: string }>(
      `select p.person_id as "personId", u.code as unit from huiyin.person p
         join huiyin.unit u on u.tenant_id = p.tenant_id and u.unit_id = p.unit_id
        where p.tenant_id = $1 and p.left_at is null and not p.automaton limit 2`,
      [tenant],
    );
    return found.rows.length === 1 ? found.rows[0] : undefined;
  });
}

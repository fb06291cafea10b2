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
 * What stands against putting a pack in force in a company: `pack.premisesUnknown` with the codes in its routing that name
 * nothing, `pack.postsVacant` with the roles nobody holds. Where one person is the whole company so far, he takes them on
 * until others are entered.
 */
export async function staffFor(db: Db, tenant: string, pack: CompiledPack, now: Instant): Promise<Refusal | undefined> {
  const unknown = await premisesUnknown(db, tenant, pack);
  if (unknown.length > 0) return noSuchPremises(pack, unknown);
  const vacant = vacancies(pack, await loadDirectory(db, tenant, now));
  if (vacant.length === 0) return undefined;
  const only = await onlyPerson(db, tenant);
  if (only === undefined) return postsVacant(pack, vacant);
  for (const post of new Set(vacant.flatMap(({ posts }) => posts)))
    await assignPost(db, tenant, { personId: only.personId, post, unit: only.unit, from: localDate(now) });
  return undefined;
}

/** Codes in the routing of a pack that no premises of the company bear: such a row would never be the one. */
async function premisesUnknown(db: Db, tenant: string, pack: CompiledPack): Promise<string[]> {
  const named = [...new Set(pack.routing.rows.flatMap(({ premises }) => premises ?? []))];
  if (named.length === 0) return [];
  return within(db, tenant, async (client) => {
    const found = await client.query<{ code: string }>(
      `select c as code from unnest($2::text[]) as c
        where not exists (select from huiyin.premises p where p.tenant_id = $1 and p.code = c)`,
      [tenant, named],
    );
    return found.rows.map(({ code }) => code);
  });
}

const noSuchPremises = (pack: CompiledPack, codes: readonly string[]): Refusal =>
  refusal(
    'pack.premisesUnknown',
    text(
      `${pack.title.zh}：分派表写到的房产编号 ${codes.join('、')} 不存在；请先在“房产”中建立，或改正编号`,
      `${pack.title.en}: its routing names premises that are not there: ${codes.join(', ')}; enter them under Premises, or correct the codes`,
    ),
  );

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

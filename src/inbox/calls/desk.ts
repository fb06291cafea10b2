import type { Pool } from 'pg';
import type { Directory, Person } from '#case/context.ts';
import type { DirectoryCache } from '#directory/cache.ts';
import { onShift } from '#directory/staffing/roster.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { exchangesOf } from './exchange.ts';

/** What the question who answers calls is asked of. */
export interface DeskDeps {
  pool: Pool;
  directory: Pick<DirectoryCache, 'at' | 'snapshot'>;
  packs: {
    list(tenant: string): Promise<readonly { pack: string; version: string; current: boolean }[]>;
    version(tenant: string, pack: string, version: string): Promise<CompiledPack>;
  };
}

/** Posts that may register what somebody calls about, in any procedure in force. */
async function postsAtTelephone({ packs }: DeskDeps, tenant: string): Promise<Set<string>> {
  const posts = new Set<string>();
  for (const { pack, version, current } of await packs.list(tenant)) {
    if (!current) continue;
    const { roles, procedures } = await packs.version(tenant, pack, version);
    for (const { internal, intake } of Object.values(procedures))
      for (const role of internal ? [] : intake.by) {
        const spec = roles[role];
        if (spec && 'post' in spec) for (const post of spec.post) posts.add(post);
      }
  }
  return posts;
}

/** People at the telephones: those with an extension, or, where nobody who works here has one, all who may register. */
export async function peopleAtTelephone(deps: DeskDeps, tenant: string, now: Instant): Promise<Set<string>> {
  const { holders, person } = await deps.directory.at(tenant, now);
  const seated = (await exchangesOf(deps.pool, tenant))
    .flatMap(({ extensions }) => extensions)
    .filter(({ personId }) => person(personId)?.active);
  if (seated.length > 0) return new Set(seated.map(({ personId }) => personId));
  return new Set([...(await postsAtTelephone(deps, tenant))].flatMap((post) => holders(post).map(({ id }) => id)));
}

/** Those of them who are on shift, or all: a telephone outside everybody's hours must still be seen by somebody. */
export async function onDutyAtTelephone(
  deps: DeskDeps,
  tenant: string,
  now: Instant,
  people?: Set<string>,
): Promise<Set<string>> {
  people ??= await peopleAtTelephone(deps, tenant, now);
  const snapshot = await deps.directory.snapshot(tenant);
  const here = [...people].filter((id) => onShift(snapshot, id, now));
  return here.length > 0 ? new Set(here) : people;
}

/** Whether any of them is on shift. */
export async function anybodyHere(
  { directory }: Pick<DeskDeps, 'directory'>,
  tenant: string,
  people: ReadonlySet<string>,
  now: Instant,
): Promise<boolean> {
  const snapshot = await directory.snapshot(tenant);
  return [...people].some((id) => onShift(snapshot, id, now) !== null);
}

/**
 * Who hears at a rung that a caller was not called back: on the first the desk, on the second its heads, on each further
 * one theirs. Nobody once everybody above has heard.
 */
export function rungOf(
  desk: ReadonlySet<string>,
  level: number,
  directory: Pick<Directory, 'person' | 'superior'>,
): Person[] {
  let rung: Person[] = [...desk].flatMap((id) => directory.person(id) ?? []).filter(({ active }) => active);
  const told = new Set(rung.map(({ id }) => id));
  for (let at = 1; at < level; at += 1) {
    const above = new Map<string, Person>();
    for (const { id } of rung) {
      // A head who sits at the desk himself has heard already; it is for his own superior then.
      let next = directory.superior(id);
      for (
        const seen = new Set([id]);
        next && told.has(next.id) && !seen.has(next.id);
        next = directory.superior(next.id)
      )
        seen.add(next.id);
      if (next && !told.has(next.id)) above.set(next.id, next);
    }
    rung = [...above.values()];
    for (const { id } of rung) told.add(id);
  }
  return rung;
}

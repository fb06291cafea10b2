import { POWERS, type Power, postsWith } from '#directory/post-powers.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import { postTitle } from '#policy/tell/post-title.ts';
import type { HttpDeps } from './deps.ts';
import type { Post } from './posts.ts';
import type { Viewer } from './who.ts';

/** Whether one of his posts has the power. */
export const holdsPower = async ({ pool }: HttpDeps, { tenant, actor }: Viewer, power: Power): Promise<boolean> => {
  const given = await postsWith(pool, tenant, power);
  return given.some(({ post }) => actor.posts.includes(post));
};

/** Whether somebody may change the organisation; a key needs the scope admin too. */
export const mayAdminister = async (deps: HttpDeps, viewer: Viewer): Promise<boolean> =>
  (viewer.by === 'session' || viewer.scopes.includes('admin')) && holdsPower(deps, viewer, 'organisation');

/** Why the viewer may not change the organisation, naming who may; undefined when he may. */
export async function administrationFault(deps: HttpDeps, viewer: Viewer): Promise<Refusal | undefined> {
  if (await mayAdminister(deps, viewer)) return undefined;
  if (await holdsPower(deps, viewer, 'organisation'))
    return refusal('key.scope', text('该密钥没有“admin”权限', 'This key was not made for “admin”'));
  return notHisPost(deps, viewer, 'organisation');
}

/** Why the viewer may not do what belongs to no case, naming who may; undefined when one of his posts has the power. */
export async function powerFault(deps: HttpDeps, viewer: Viewer, power: Power): Promise<Refusal | undefined> {
  return (await holdsPower(deps, viewer, power)) ? undefined : notHisPost(deps, viewer, power);
}

async function notHisPost(deps: HttpDeps, viewer: Viewer, power: Power): Promise<Refusal> {
  const { holders } = await deps.directory.at(viewer.tenant, deps.time.now());
  const packs = await currentPacks(deps, viewer.tenant);
  const parts = (await postsWith(deps.pool, viewer.tenant, power)).map(({ post }) => {
    const title = postTitle(packs, post);
    const names = holders(post).map((person) => person.name);
    return names.length === 0 ? title : text(`${title.zh}（${names.join('、')}）`, `${title.en} (${names.join(', ')})`);
  });
  const who = text(parts.map((part) => part.zh).join('、'), parts.map((part) => part.en).join(', '));
  const { zh, en } = POWERS[power].title;
  return refusal('role.notYours', text(`“${zh}”由${who.zh}办理`, `“${en}” is for: ${who.en}`), { who });
}

/** The procedures a company works by now. */
export async function currentPacks(deps: HttpDeps, tenant: string): Promise<CompiledPack[]> {
  const list = await deps.handling.packs.list(tenant);
  return Promise.all(
    list.filter((one) => one.current).map(({ pack, version }) => deps.handling.packs.version(tenant, pack, version)),
  );
}

/** Every post that can be given: those the procedures name, those that lead units, and the administrator's. */
export async function postsOf(deps: HttpDeps, tenant: string): Promise<Post[]> {
  const packs = await currentPacks(deps, tenant);
  const { units } = await deps.directory.snapshot(tenant);
  const codes = new Set([
    ...packs.flatMap((pack) => Object.values(pack.roles)).flatMap((role) => ('post' in role ? role.post : [])),
    ...units.map((unit) => unit.headPost),
    ...Object.values(POWERS).flatMap(({ posts }) => [...posts]),
  ]);
  return [...codes].map((code): Post => ({ code, title: postTitle(packs, code) }));
}

export const unknownPost = (post: string): Refusal =>
  refusal('person.post', text(`没有“${post}”这个岗位`, `There is no post “${post}”`), { field: 'posts' });

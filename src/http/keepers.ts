import { postsWith } from '#directory/post-powers.ts';
import { type Refusal, refusal } from '#kernel/refusal.ts';
import { type Text, text } from '#kernel/text.ts';
import { postTitle } from '#policy/tell/post-title.ts';
import { currentPacks, powerFault } from './administration.ts';
import type { HttpDeps } from './deps.ts';
import type { Viewer } from './who.ts';

/** Who answers for the procedures, by post and name; all but one person where his own work is in question. */
export async function keepersOf(deps: HttpDeps, tenant: string, but: string | null): Promise<Text> {
  const { holders } = await deps.directory.at(tenant, deps.time.now());
  const packs = await currentPacks(deps, tenant);
  const parts = (await postsWith(deps.pool, tenant, 'procedures')).map(({ post }) => {
    const title = postTitle(packs, post);
    const names = holders(post).flatMap((person) => (person.id === but ? [] : [person.name]));
    return names.length === 0 ? title : text(`${title.zh}（${names.join('、')}）`, `${title.en} (${names.join(', ')})`);
  });
  return text(parts.map((part) => part.zh).join('、'), parts.map((part) => part.en).join(', '));
}

/** Why the viewer may not approve versions, naming who may; undefined when he may. A key is nobody in person. */
export async function reviewFault(deps: HttpDeps, viewer: Viewer): Promise<Refusal | undefined> {
  const fault = await powerFault(deps, viewer, 'procedures');
  if (fault || viewer.by === 'session') return fault;
  const who = await keepersOf(deps, viewer.tenant, null);
  return refusal(
    'role.inPerson',
    text('复核须由本人登录后作出，不能用密钥', 'A person signs in to decide; a key cannot'),
    {
      who,
    },
  );
}

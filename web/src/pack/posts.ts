import type { Text } from '@room/kernel/text.ts';
import { text } from '@room/kernel/text.ts';
import type { PackSpec } from '../api/contract.ts';
import type { Say } from '../words/lang.tsx';

/** Posts of the organisation that no procedure needs to name. */
const ORGANISATION: { [post: string]: Text } = {
  administrator: text('系统管理员', 'Administrator'),
  departmentHead: text('部门主管', 'Head of department'),
};

/** What a post is called: by the role that means this post first and fewest others, else as the organisation says. */
export function postTitle(packs: readonly PackSpec[], post: string, say: Say): string {
  const roles = packs
    .flatMap((pack) => Object.values(pack.roles))
    .flatMap((role) => ('post' in role && role.post[0] === post ? [role] : []))
    .sort((a, b) => a.post.length - b.post.length);
  const title = roles[0]?.title ?? ORGANISATION[post];
  return title ? say(title) : post;
}

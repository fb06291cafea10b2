import { type Text, text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';

/** A post of the organisation. */
export interface Post {
  code: string;
  title: Text;
}

/** Posts that no procedure needs to name. */
const ORGANISATION: { [post: string]: Text } = {
  administrator: text('系统管理员', 'Administrator'),
  departmentHead: text('部门主管', 'Head of department'),
  dataProtectionOfficer: text('个人信息保护负责人', 'Data protection officer'),
  receptionist: text('前台', 'Reception'),
  caseOfficer: text('客服专员', 'Case officer'),
  generalManager: text('总经理', 'General manager'),
};

/** What a post is called: by the role that means this post first and fewest others, else as the organisation says. */
export function postTitle(packs: readonly CompiledPack[], post: string): Text {
  const [role] = packs
    .flatMap((pack) => Object.values(pack.roles))
    .flatMap((spec) => ('post' in spec && spec.post[0] === post ? [spec] : []))
    .sort((a, b) => a.post.length - b.post.length);
  return role?.title ?? ORGANISATION[post] ?? text(post, post);
}

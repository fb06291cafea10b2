import { type Text, text } from '#kernel/text.ts';
import type { PackSpec } from '../language/pack.ts';

/** Posts that no procedure needs to name by a role of their own. */
const ORGANISATION: { [post: string]: Text } = {
  administrator: text('系统管理员', 'Administrator'),
  departmentHead: text('部门主管', 'Head of department'),
  unitHead: text('部门负责人', 'Head of unit'),
  dataProtectionOfficer: text('个人信息保护负责人', 'Data protection officer'),
  receptionist: text('前台', 'Reception'),
  caseOfficer: text('客服专员', 'Case officer'),
  generalManager: text('总经理', 'General manager'),
  handler: text('部门经办人', 'Handler'),
  technician: text('维修工', 'Technician'),
  guard: text('秩序维护员', 'Guard'),
  cleaner: text('保洁员', 'Cleaner'),
  salesperson: text('业务员', 'Salesperson'),
  projectLeader: text('项目负责人', 'Project leader'),
  practitioner: text('执业人员', 'Practitioner'),
  canteenWorker: text('食堂工作人员', 'Canteen worker'),
};

/** What a post is called: by the role that means it alone, else as the organisation says, else by a role that means it first. */
export function postTitle(packs: readonly Pick<PackSpec, 'roles'>[], post: string): Text {
  const [role] = packs
    .flatMap((pack) => Object.values(pack.roles))
    .flatMap((spec) => ('post' in spec && spec.post[0] === post ? [spec] : []))
    .sort((a, b) => a.post.length - b.post.length);
  const alone = role?.post.length === 1 ? role.title : undefined;
  return alone ?? ORGANISATION[post] ?? role?.title ?? text(post, post);
}

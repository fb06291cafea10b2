import type { Actor, Directory, Person } from '#case/context.ts';

/** A small property company for the stories: one person for each part, all invented. */
const staff: Person[] = [
  person('wang', '王敏', 'service', 'receptionist'),
  person('li', '李婷', 'service', 'caseOfficer'),
  person('service-head', '何静', 'service', 'departmentHead'),
  person('b', '赵园', 'gardening', 'handler'),
  person('gardening-head', '孙绿', 'gardening', 'departmentHead'),
  person('chen', '陈工', 'engineering', 'handler'),
  person('engineering-head', '吴师傅', 'engineering', 'departmentHead'),
  person('zhou', '周经理', 'office', 'propertyManager'),
  person('quality', '郑品', 'office', 'qualityManager'),
  person('archivist', '冯档', 'office', 'archivist'),
  person('general', '高总', 'office', 'generalManager'),
  { ...person('gone', '已离职', 'service', 'handler'), active: false },
];

const superiors: { [id: string]: string } = {
  wang: 'service-head',
  li: 'service-head',
  'service-head': 'zhou',
  b: 'gardening-head',
  chen: 'engineering-head',
  'gardening-head': 'zhou',
  'engineering-head': 'zhou',
  zhou: 'general',
  quality: 'general',
  archivist: 'zhou',
};

const units = [
  ['service', '客户服务中心'],
  ['gardening', '绿化部'],
  ['engineering', '工程部'],
  ['security', '秩序部'],
  ['cleaning', '环境部'],
  ['office', '项目办公室'],
] as const;

/** One person of a story. */
export function person(id: string, name: string, unitId: string, ...posts: string[]): Person {
  return { id, name, unitId, posts, active: true };
}

/** A company for stories: its people, who stands above whom, and its units by code. */
export interface Organisation {
  directory: Directory;
  /** A member of staff as the one who acts. */
  actor(id: string): Actor;
}

/** Puts a company together: who stands above each person, whose territory a place is, to which estates a pack is limited. */
export function organisation(
  people: readonly Person[],
  superiors: { [id: string]: string },
  unitNames: readonly (readonly [string, string])[],
  where: {
    territories?: { [premisesId: string]: string[] };
    scopes?: { [pack: string]: { [premisesId: string]: string } };
  } = {},
): Organisation {
  const list = unitNames.map(([code, name]) => ({ id: code, code, name }));
  const byId = new Map(people.map((one) => [one.id, one]));
  const posts = new Set(people.flatMap((one) => one.posts));
  const byPost = new Map(
    [...posts].map((post) => [post, people.filter((one) => one.active && one.posts.includes(post))]),
  );
  return {
    directory: {
      person: (id) => byId.get(id),
      holders: (post) => byPost.get(post) ?? [],
      superior: (id) => byId.get(superiors[id] ?? ''),
      unit: (code) => list.find((unit) => unit.code === code),
      members: (code) => people.filter((one) => one.unitId === code),
      near: (post, premisesId) =>
        people.filter(
          (one) => one.active && one.posts.includes(post) && where.territories?.[premisesId]?.includes(one.id),
        ),
      outOfScope: (pack, premisesId) => {
        const estates = where.scopes?.[pack];
        return estates && !(premisesId in estates) ? Object.values(estates) : null;
      },
      standsInFor: () => [],
      authority: () => undefined,
    },
    actor(id) {
      const one = people.find((item) => item.id === id);
      if (!one) throw new Error(`No such person in the stories: ${id}`);
      return { kind: 'staff', personId: one.id, name: one.name, posts: one.posts };
    },
  };
}

export const propertyCompany = organisation(staff, superiors, units);
export const { directory, actor } = propertyCompany;

export const owner: Actor = { kind: 'owner', personId: null, name: '业主A', posts: [] };
export const clockwork: Actor = { kind: 'system', personId: null, name: '', posts: [] };

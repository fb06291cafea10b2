import { organisation, person } from '../../test/support/organisation.ts';

const people = [
  person('mei', '梅内勤', 'general', 'officeClerk'),
  person('qian', '钱专员', 'general', 'complaintOfficer'),
  person('song', '宋经理', 'general', 'departmentManager'),
  person('deputy', '潘副总', 'office', 'deputyGeneralManager'),
  person('general', '高总', 'office', 'generalManager'),
  person('luo', '罗工', 'engineering', 'handler'),
  person('engineering-head', '吴主任', 'engineering', 'unitHead'),
  person('design-head', '石设计', 'design', 'unitHead'),
  person('sales-head', '邵销售', 'sales', 'salesManager', 'unitHead'),
];

const superiors = {
  mei: 'song',
  qian: 'song',
  song: 'deputy',
  deputy: 'general',
  luo: 'engineering-head',
  'engineering-head': 'deputy',
  'design-head': 'deputy',
  'sales-head': 'deputy',
};

const units = [
  ['general', '综合部'],
  ['service', '客户投诉服务中心'],
  ['engineering', '工程部'],
  ['design', '设计部'],
  ['sales', '销售部'],
  ['office', '公司领导'],
] as const;

/** The developer's company in which the stories of this pack play; without the people given, if any. */
export const companyWithout = (...ids: string[]): ReturnType<typeof organisation> =>
  organisation(
    people.filter((one) => !ids.includes(one.id)),
    superiors,
    units,
  );

export const company = companyWithout();

import { organisation, person } from '../../test/support/organisation.ts';

/** The logistics centre of a party school in which the stories of this pack play: one person for each part, all invented. */
export const company = organisation(
  [
    person('clerk', '林客服', 'service', 'serviceClerk'),
    person('clerk2', '许客服', 'service', 'serviceClerk'),
    person('service-head', '罗主任', 'service', 'serviceHead'),
    person('lift', '邓技师', 'engineering', 'handler'),
    person('engineer', '田师傅', 'engineering', 'handler'),
    person('engineering-head', '韦主管', 'engineering', 'departmentHead'),
    person('cleaner', '苗组长', 'environment', 'handler'),
    person('environment-head', '叶主管', 'environment', 'departmentHead'),
    person('guard', '石队长', 'security', 'handler'),
    person('accountant', '钱会计', 'finance', 'handler'),
    person('leader', '康处长', 'office', 'supervisingLeader'),
    person('director', '方主任', 'office', 'logisticsDirector'),
    { ...person('gone', '已离职', 'service', 'serviceClerk'), active: false },
  ],
  {
    clerk: 'service-head',
    clerk2: 'service-head',
    'service-head': 'leader',
    lift: 'engineering-head',
    engineer: 'engineering-head',
    'engineering-head': 'leader',
    cleaner: 'environment-head',
    'environment-head': 'leader',
    guard: 'leader',
    accountant: 'leader',
    leader: 'director',
  },
  [
    ['service', '客服中心'],
    ['engineering', '工程维修部'],
    ['environment', '环境绿化部'],
    ['security', '安全保卫部'],
    ['finance', '财务室'],
    ['office', '后勤管理处'],
  ],
);
export const { actor } = company;

import { organisation, person } from '../../test/support/organisation.ts';

const people = [
  person('tang', '唐前台', 'service', 'receptionist'),
  person('xu', '许专员', 'service', 'informationOfficer'),
  person('service-head', '何主任', 'service', 'departmentHead'),
  person('guard', '雷保安', 'security', 'guard'),
  person('security-head', '关队长', 'security', 'departmentHead', 'emergencyTeam'),
  person('cleaner', '柳保洁', 'environment', 'cleaner', 'handler'),
  person('environment-head', '苗主任', 'environment', 'departmentHead'),
  person('chen', '陈工', 'engineering', 'technician', 'handler'),
  person('wu', '武工', 'engineering', 'technician', 'handler', 'emergencyTeam'),
  person('engineering-head', '吴主任', 'engineering', 'departmentHead'),
  person('quality', '郑品', 'office', 'qualityManager'),
  person('head', '周经理', 'office', 'propertyHead'),
];

const superiors = {
  tang: 'service-head',
  xu: 'service-head',
  'service-head': 'head',
  guard: 'security-head',
  'security-head': 'head',
  cleaner: 'environment-head',
  'environment-head': 'head',
  chen: 'engineering-head',
  wu: 'engineering-head',
  'engineering-head': 'head',
  quality: 'head',
};

const units = [
  ['service', '客户服务中心'],
  ['engineering', '工程部'],
  ['environment', '环境部'],
  ['security', '秩序部'],
  ['office', '项目办公室'],
] as const;

/** The property company in which the stories of this pack play. */
export const company = organisation(people, superiors, units);

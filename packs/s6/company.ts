import { organisation, person } from '../../test/support/organisation.ts';

const people = [
  person('qian', '钱接待', 'serviceCentre', 'receptionist'),
  person('sun', '孙接待', 'serviceCentre', 'receptionist'),
  person('director', '丁主任', 'siteOffice', 'siteDirector'),
  person('mo', '莫班长', 'repairTeam', 'repairSupervisor'),
  person('tech', '田师傅', 'repairTeam', 'technician'),
  person('east', '区管员', 'siteOffice', 'areaOfficer'),
  person('service', '傅经理', 'customerService', 'customerServiceManager'),
  person('engineer', '龚经理', 'engineering', 'engineeringManager'),
  person('general', '宗总', 'supervisionCentre', 'generalManager'),
  person('office', '综合员', 'generalDepartment', 'generalDepartment'),
];
const superiors = {
  qian: 'director',
  sun: 'director',
  mo: 'director',
  tech: 'mo',
  east: 'director',
  director: 'service',
  service: 'general',
  engineer: 'general',
};
const units = [
  ['serviceCentre', '管理处客户服务中心'],
  ['siteOffice', '管理处'],
  ['repairTeam', '管理处工程维修组'],
  ['customerService', '公司客户服务部'],
  ['engineering', '公司工程维修部'],
  ['supervisionCentre', '公司投诉处理监督中心'],
  ['generalDepartment', '公司综合部'],
] as const;

/** The company in which the stories of this pack play: a site office and the company behind it, all invented. */
export const company = organisation(people, superiors, units);

/** The same with two area officers, each bound to the rooms of his own area. */
export const twoAreas = organisation(
  [...people, person('west', '西区管', 'siteOffice', 'areaOfficer')],
  superiors,
  units,
  {
    territories: { 'room-east': ['east'], 'room-west': ['west'] },
  },
);

/** Who of the demo company takes on the posts that further procedures name, and the units they route to. */

/** Post → people by key. */
export const POSTS: { readonly [post: string]: readonly string[] } = {
  officeClerk: ['zhouxiaoyan', 'liyifan'],
  complaintOfficer: ['chenlijuan', 'zhaominghui'],
  departmentManager: ['tanghuimin'],
  deputyGeneralManager: ['shenyulan'],
  unitHead: ['qianweimin', 'sunguoqing'],
  salesManager: ['fangjing'],
  siteDirector: ['linzhiyuan'],
  repairSupervisor: ['hanzhigang'],
  technician: ['luoyong', 'xiejun'],
  areaOfficer: ['zhaominghui', 'chenlijuan'],
  customerServiceManager: ['tanghuimin'],
  engineeringManager: ['qianweimin'],
  serviceClerk: ['zhouxiaoyan', 'liyifan'],
  serviceHead: ['tanghuimin'],
  supervisingLeader: ['shenyulan'],
  logisticsDirector: ['linzhiyuan'],
  companyManager: ['heguodong'],
  companyDirector: ['heguodong'],
  director: ['heguodong'],
  principal: ['heguodong'],
  projectManager: ['linzhiyuan'],
  projectLeader: ['linzhiyuan'],
  propertyHead: ['linzhiyuan'],
  generalDepartment: ['tanghuimin'],
  handlingOfficer: ['chenlijuan', 'zhaominghui'],
  intakeAgent: ['zhouxiaoyan', 'wangmengting', 'liyifan'],
  dispatcher: ['wangmengting', 'liyifan'],
  analyst: ['fangjing'],
  knowledgeManager: ['luwenbo'],
  informationOfficer: ['luwenbo'],
  riskOfficer: ['fangjing'],
  legalOfficer: ['shenyulan'],
  letterboxOpener: ['luwenbo', 'fangjing'],
  accountAdministrator: ['xukai'],
  accountant: ['yuguifen'],
  salesperson: ['liyifan', 'wangmengting'],
  seniorAppraiser: ['qianweimin', 'sunguoqing', 'hanzhigang'],
  practitioner: ['hanzhigang', 'luoyong'],
  canteenManager: ['caohongmei'],
  canteenWorker: ['panaiying', 'yuguifen'],
  hygieneLeader: ['caohongmei'],
  hygieneGroup: ['panaiying'],
  safetyHead: ['gaofeng'],
  safetyGroup: ['machao', 'pengliang'],
  emergencyTeam: ['gaofeng', 'machao'],
  liftSkill: ['hanzhigang', 'luoyong'],
  electricSkill: ['xiejun', 'luoyong'],
  waterSkill: ['luoyong', 'dongqiang'],
  serviceSkill: ['chenlijuan'],
  orderSkill: ['machao', 'pengliang'],
  environmentSkill: ['yuguifen', 'panaiying'],
};

/** Who stands in for a post this list does not know, by turns. */
export const STAND_INS = ['linzhiyuan', 'tanghuimin', 'chenlijuan', 'qianweimin', 'fangjing', 'shenyulan'] as const;

export interface FurtherUnit {
  zh: string;
  en: string;
  headPost: string;
  /** Person and the post held there. */
  members: readonly (readonly [string, string])[];
}

/** Unit code → what it is and who is in it, besides the unit they belong to. */
export const UNITS: { readonly [code: string]: FurtherUnit } = {
  repairTeam: {
    zh: '工程维修组',
    en: 'Repair team',
    headPost: 'repairSupervisor',
    members: [
      ['luoyong', 'technician'],
      ['xiejun', 'technician'],
      ['hanzhigang', 'repairSupervisor'],
    ],
  },
  customerService: {
    zh: '公司客户服务部',
    en: 'Customer service department',
    headPost: 'customerServiceManager',
    members: [['tanghuimin', 'customerServiceManager']],
  },
  siteOffice: {
    zh: '管理处',
    en: 'Site office',
    headPost: 'siteDirector',
    members: [
      ['zhaominghui', 'areaOfficer'],
      ['linzhiyuan', 'siteDirector'],
    ],
  },
  serviceCentre: {
    zh: '管理处客户服务中心',
    en: 'Site service centre',
    headPost: 'customerServiceManager',
    members: [['zhouxiaoyan', 'receptionist']],
  },
  environment: {
    zh: '环境部',
    en: 'Environment',
    headPost: 'departmentHead',
    members: [
      ['caohongmei', 'departmentHead'],
      ['yuguifen', 'handler'],
    ],
  },
  finance: {
    zh: '财务部',
    en: 'Finance',
    headPost: 'departmentHead',
    members: [['tanghuimin', 'departmentHead']],
  },
  sales: { zh: '销售部', en: 'Sales', headPost: 'salesManager', members: [['fangjing', 'salesManager']] },
  appraisal: {
    zh: '评估部',
    en: 'Appraisal',
    headPost: 'seniorAppraiser',
    members: [
      // Of those qualified, whoever signed the disputed report stands aside: one alone could never be designated.
      ['qianweimin', 'seniorAppraiser'],
      ['sunguoqing', 'seniorAppraiser'],
      ['hanzhigang', 'seniorAppraiser'],
      ['hanzhigang', 'practitioner'],
    ],
  },
  hygiene: {
    zh: '卫生组',
    en: 'Hygiene group',
    headPost: 'hygieneLeader',
    members: [
      ['caohongmei', 'hygieneLeader'],
      ['panaiying', 'hygieneGroup'],
    ],
  },
  safety: {
    zh: '安全组',
    en: 'Safety group',
    headPost: 'safetyHead',
    members: [
      ['gaofeng', 'safetyHead'],
      ['machao', 'safetyGroup'],
    ],
  },
  design: {
    zh: '设计部',
    en: 'Design',
    headPost: 'unitHead',
    members: [
      ['qianweimin', 'unitHead'],
      ['luoyong', 'handler'],
    ],
  },
};

import { organisation, person } from '../../test/support/organisation.ts';

/** A small appraisal company: every post of the procedure, three qualified appraisers, all invented. */
export const company = organisation(
  [
    person('sales', '钱业务', 'service', 'salesperson'),
    person('leader', '孙项目', 'appraisal', 'projectLeader'),
    person('signer', '李签字', 'appraisal', 'practitioner', 'seniorAppraiser'),
    person('practitioner', '吴执业', 'appraisal', 'practitioner'),
    person('senior', '周高评', 'appraisal', 'seniorAppraiser'),
    person('senior2', '郑高评', 'appraisal', 'seniorAppraiser'),
    person('accountant', '冯会计', 'office', 'accountant'),
    person('manager', '陈经理', 'office', 'companyManager'),
    person('director', '董事长', 'office', 'director'),
    { ...person('gone', '已离职', 'appraisal', 'seniorAppraiser'), active: false },
  ],
  {
    sales: 'manager',
    leader: 'manager',
    signer: 'leader',
    practitioner: 'leader',
    senior: 'manager',
    senior2: 'manager',
    accountant: 'manager',
    manager: 'director',
  },
  [
    ['service', '业务部'],
    ['appraisal', '鉴定评估部'],
    ['office', '公司办公室'],
  ],
);

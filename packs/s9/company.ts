import { organisation, person } from '../../test/support/organisation.ts';

/** The property company in which the stories of this pack play: skills are posts, so that who can do what is on record; all invented. */
export const company = organisation(
  [
    person('agent', '梁接线', 'service', 'intakeAgent'),
    person('officer', '胡专员', 'service', 'caseOfficer'),
    person('dispatcher', '魏调度', 'service', 'dispatcher'),
    person('lift', '姚电梯', 'engineering', 'handlingOfficer', 'liftSkill'),
    person('water', '董水暖', 'engineering', 'handlingOfficer', 'waterSkill'),
    person('electrician', '汪电工', 'engineering', 'handlingOfficer', 'electricSkill'),
    person('engineering-head', '杜主管', 'engineering', 'departmentHead'),
    person('order', '夏秩序', 'security', 'handlingOfficer', 'orderSkill'),
    person('cleaner', '姜保洁', 'environment', 'handlingOfficer', 'environmentSkill'),
    person('relations', '谭客服', 'service', 'handlingOfficer', 'serviceSkill'),
    person('manager', '曹经理', 'office', 'projectManager'),
    person('director', '严总监', 'company', 'companyDirector'),
    person('analyst', '贺分析', 'company', 'analyst'),
    person('librarian', '龚知识', 'company', 'knowledgeManager'),
    person('risk', '常风险', 'company', 'riskOfficer'),
    person('legal', '侯法务', 'company', 'legalOfficer'),
  ],
  {
    agent: 'dispatcher',
    officer: 'dispatcher',
    dispatcher: 'manager',
    lift: 'engineering-head',
    water: 'engineering-head',
    electrician: 'engineering-head',
    'engineering-head': 'manager',
    order: 'manager',
    cleaner: 'manager',
    relations: 'manager',
    manager: 'director',
    analyst: 'director',
    librarian: 'director',
    risk: 'director',
    legal: 'director',
  },
  [
    ['service', '客户服务部'],
    ['engineering', '工程部'],
    ['security', '秩序部'],
    ['environment', '环境部'],
    ['office', '项目办公室'],
    ['company', '公司总部'],
  ],
);
export const { actor } = company;

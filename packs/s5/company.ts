import { organisation, person } from '../../test/support/organisation.ts';

/** A college with its two groups, its canteen and its authorities within the house, all invented. */
export const company = organisation(
  [
    person('group', '柳老师', 'hygiene', 'hygieneGroup'),
    person('group-leader', '白组长', 'hygiene', 'hygieneLeader'),
    person('safety', '黄主任', 'safety', 'safetyGroup'),
    person('head', '马副校长', 'safety', 'safetyHead'),
    person('opener', '戚老师', 'office', 'letterboxOpener'),
    person('canteen', '谢经理', 'canteen', 'canteenManager'),
    person('cook', '邹师傅', 'canteen', 'canteenWorker'),
    person('principal', '章校长', 'office', 'principal'),
    person('it', '云老师', 'office', 'accountAdministrator'),
  ],
  {
    group: 'group-leader',
    'group-leader': 'principal',
    safety: 'head',
    head: 'principal',
    opener: 'group-leader',
    canteen: 'group-leader',
    cook: 'canteen',
    it: 'principal',
  },
  [
    ['hygiene', '食品卫生管理小组'],
    ['safety', '食品卫生安全工作领导小组'],
    ['canteen', '食堂'],
    ['office', '学校办公室'],
  ],
);

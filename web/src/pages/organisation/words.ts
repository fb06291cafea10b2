import { text } from '@room/kernel/text.ts';

export const w = {
  title: text('资质、额度与片区', 'Qualifications, limits, territories'),
  why: text(
    '公司的技能目录、证书到期提醒、岗位额度和片区。某个人的在他自己的页面登记。',
    'The company’s list of skills, warnings of certificates, limits of posts and territories. What concerns one person is on his page.',
  ),
  people: text('全部人员', 'All people'),
  retire: text('停用', 'Retire'),
  retireThis: text('停用“{name}”', 'Retire “{name}”'),
  save: text('保存', 'Save'),
  add: text('添加', 'Add'),
  nameZh: text('名称', 'Name'),
  nameEn: text('英文名称（可不填）', 'Name in English (may be empty)'),

  expiry: text('证书到期提醒', 'Warnings of certificates that end'),
  expiryWhy: text(
    '到期前按下面的天数提醒本人和他的上级，每次只提醒一遍；到期次日起不再派需要此证的活。',
    'So many days before, the holder and his superior are told, once each time; from the day after the last one he is given no work that needs it.',
  ),
  isDefault: text('默认', 'default'),
  days: text('提前几天（0 为到期当天，用逗号隔开）', 'Days before (0: the last day; by commas)'),
  daysFault: text(
    '请填 1 到 6 个 0–365 的整数，如 30, 7, 0',
    'Write one to six whole numbers from 0 to 365, such as 30, 7, 0',
  ),
  atTime: text('几点提醒', 'At what time'),
  timeFault: text('请填时间，如 09:00', 'Write a time such as 09:00'),
  saved: text('已保存', 'Saved'),
  soon: text('快到期与已过期的证书', 'Certificates about to end, and ended'),
  soonNone: text('60 天内没有证书到期', 'No certificate ends within 60 days'),
  left: text('{date} 到期，还剩 {n} 天', 'ends on {date}, {n} days left'),
  over: text('{date} 已过期', 'ended on {date}'),

  skills: text('技能与资质目录', 'Skills and qualifications'),
  skillsWhy: text(
    '资质凭证书，过期即不算；技能不需要证书。派单条件里用代码引用。',
    'A qualification counts by its certificate; a skill needs none. Conditions of dispatch refer to the code.',
  ),
  skillsNone: text('目录还是空的', 'The list is empty'),
  skill: text('技能', 'Skill'),
  qualification: text('资质（凭证书）', 'Qualification (by certificate)'),
  kind: text('类别', 'Kind'),
  code: text('代码（制度里用的名字）', 'Code (as procedures name it)'),
  codeHint: text('英文字母开头，如 liftLicence', 'Letters and digits, such as liftLicence'),
  codeFault: text(
    '请用小写字母开头的字母和数字，如 liftLicence',
    'Letters and digits, beginning with a small letter, such as liftLicence',
  ),
  codeTaken: text('这个代码已经用于“{name}”，请换一个', 'This code is that of “{name}”: choose another'),
  addSkill: text('添加技能或资质', 'Add a skill or qualification'),

  limits: text('岗位额度', 'Limits of posts'),
  limitsWhy: text(
    '担任岗位的人在额度内自己定，超过的由上级批。',
    'Whoever holds the post decides up to this sum; more goes to the superior.',
  ),
  post: text('岗位', 'Post'),
  addLimit: text('给岗位定额度', 'Set a limit of a post'),

  territories: text('片区', 'Territories'),
  territoriesWhy: text(
    '哪个班组负责哪些小区或楼栋；派单时先找片区里的人。',
    'Which crew works where; dispatch asks the people of the territory first.',
  ),
  territoriesNone: text('还没有划片区', 'There is no territory'),
  addTerritory: text('添加片区', 'Add a territory'),
  editThis: text('修改“{name}”', 'Change “{name}”'),
  edit: text('修改', 'Change'),
  places: text('包含的小区、楼栋或单元', 'Estates, buildings or entrances in it'),
  placesNone: text('请至少加一处', 'Add at least one place'),
  placeFind: text('输入小区或楼栋，如 锦绣花园3栋', 'Type an estate or building, such as 锦绣花园3栋'),
  takeOut: text('移除{name}', 'Take out {name}'),
  crews: text('负责的班组', 'Crews'),
  crewsNone: text('请至少勾一个班组', 'Tick at least one crew'),
  placeCount: text('{n} 处', '{n} place(s)'),
};

/** The demo company: who works there, as what, and when. Every name is invented. */

export interface DemoUnit {
  code: string;
  parent: string | null;
  kind: 'company' | 'siteOffice' | 'department' | 'crew';
  zh: string;
  en: string;
  headPost: string;
}

export const COMPANY = { zh: '和顺物业服务有限公司', en: 'Heshun Property Services Co., Ltd.' };

export const units: readonly DemoUnit[] = [
  { code: 'company', parent: null, kind: 'company', zh: COMPANY.zh, en: COMPANY.en, headPost: 'generalManager' },
  {
    code: 'jinxiu',
    parent: 'company',
    kind: 'siteOffice',
    zh: '锦绣花园项目部',
    en: 'Jinxiu Garden site office',
    headPost: 'propertyManager',
  },
  {
    code: 'yunxi',
    parent: 'company',
    kind: 'siteOffice',
    zh: '云溪里项目部',
    en: 'Yunxi Lane site office',
    headPost: 'propertyManager',
  },
  {
    code: 'quality',
    parent: 'company',
    kind: 'department',
    zh: '品质管理部',
    en: 'Quality',
    headPost: 'qualityManager',
  },
  {
    code: 'service',
    parent: 'company',
    kind: 'department',
    zh: '客户服务中心',
    en: 'Customer service centre',
    headPost: 'departmentHead',
  },
  {
    code: 'gardening',
    parent: 'company',
    kind: 'department',
    zh: '绿化部',
    en: 'Gardening',
    headPost: 'departmentHead',
  },
  {
    code: 'engineering',
    parent: 'company',
    kind: 'department',
    zh: '工程部',
    en: 'Engineering',
    headPost: 'departmentHead',
  },
  { code: 'security', parent: 'company', kind: 'department', zh: '秩序部', en: 'Security', headPost: 'departmentHead' },
  { code: 'cleaning', parent: 'company', kind: 'department', zh: '环境部', en: 'Cleaning', headPost: 'departmentHead' },
  {
    code: 'engineeringNight',
    parent: 'engineering',
    kind: 'crew',
    zh: '工程部夜班组',
    en: 'Engineering, night crew',
    headPost: 'departmentHead',
  },
];

/** Weekdays 1–7 and minutes after midnight; an end before the begin lies on the next day. */
export interface DemoShift {
  days: readonly number[];
  from: number;
  to: number;
}
const office: DemoShift = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 18 * 60 };
const early: DemoShift = { days: [1, 2, 3, 4, 5, 6, 7], from: 8 * 60, to: 16 * 60 };
const late: DemoShift = { days: [1, 2, 3, 4, 5, 6, 7], from: 16 * 60, to: 24 * 60 };
const night: DemoShift = { days: [1, 2, 3, 4, 5, 6, 7], from: 20 * 60, to: 8 * 60 };
const day: DemoShift = { days: [1, 2, 3, 4, 5, 6, 7], from: 8 * 60, to: 20 * 60 };
const field: DemoShift = { days: [1, 2, 3, 4, 5, 6], from: 7 * 60 + 30, to: 17 * 60 };
const weekend: DemoShift = { days: [3, 4, 5, 6, 7], from: 7 * 60 + 30, to: 17 * 60 };

export interface DemoPerson {
  /** Username, and the name stories call the person by. */
  key: string;
  name: string;
  unit: string;
  posts: readonly string[];
  shifts: readonly DemoShift[];
}

const person = (
  key: string,
  name: string,
  unit: string,
  posts: readonly string[],
  ...shifts: DemoShift[]
): DemoPerson => ({
  key,
  name,
  unit,
  posts,
  shifts,
});

export const people: readonly DemoPerson[] = [
  person('heguodong', '何国栋', 'company', ['generalManager'], office),
  person('linzhiyuan', '林志远', 'jinxiu', ['propertyManager'], office),
  person('shenyulan', '沈玉兰', 'yunxi', ['propertyManager'], office),
  person('fangjing', '方静', 'quality', ['qualityManager'], office),
  person('luwenbo', '陆文博', 'quality', ['archivist'], office),
  person('xukai', '徐凯', 'company', ['administrator'], office),
  person('tanghuimin', '唐慧敏', 'service', ['departmentHead'], office),
  person('zhouxiaoyan', '周晓燕', 'service', ['receptionist'], early),
  person('wangmengting', '王梦婷', 'service', ['receptionist'], late),
  person('liyifan', '李一凡', 'service', ['receptionist'], early),
  person('chenlijuan', '陈丽娟', 'service', ['caseOfficer'], office),
  person('zhaominghui', '赵明辉', 'service', ['caseOfficer'], weekend),
  person('sunguoqing', '孙国庆', 'gardening', ['departmentHead'], field),
  person('wujianping', '吴建平', 'gardening', ['handler'], field),
  person('zhengxiulian', '郑秀莲', 'gardening', ['handler'], weekend),
  person('fengdahai', '冯大海', 'gardening', ['handler'], field),
  person('qianweimin', '钱卫民', 'engineering', ['departmentHead'], field),
  person('hanzhigang', '韩志刚', 'engineering', ['handler'], day),
  person('luoyong', '罗勇', 'engineering', ['handler'], field),
  person('xiejun', '谢军', 'engineering', ['handler'], weekend),
  person('dongqiang', '董强', 'engineeringNight', ['handler'], night),
  person('gaofeng', '高峰', 'security', ['departmentHead'], field),
  person('machao', '马超群', 'security', ['handler'], day),
  person('dengbin', '邓斌', 'security', ['handler'], night),
  person('pengliang', '彭亮', 'security', ['handler'], day),
  person('caohongmei', '曹红梅', 'cleaning', ['departmentHead'], field),
  person('yuguifen', '余桂芬', 'cleaning', ['handler'], field),
  person('panaiying', '潘爱英', 'cleaning', ['handler'], weekend),
];

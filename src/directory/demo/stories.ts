import type { Values } from '#case/event.ts';

// Data only: longer than other files because a list of stories is read best in one piece.

/** Who acts: a demo employee by key, whoever holds a duty on the case, or the person who asked. */
export type Doer = 'owner' | 'officer' | 'assignee' | string;

/** One act: day and time (day 0 = the day the story begins), who, which step, what is entered. */
export interface Act {
  day: number;
  at: string;
  by: Doer;
  step: string;
  /** `completeBy` may be `+3`: that many days after the act. `signature` is completed when it is played. */
  values?: Values;
}

/** One case of the demo: how it came in, and everything done about it up to now. */
export interface Story {
  /** How many days ago it began. */
  daysAgo: number;
  at: string;
  channel: string;
  by: Doer;
  /** Room whose owner asks, and where it is about (default: the room). */
  room: string;
  place?: string;
  content: string;
  category?: string;
  complainedOf?: string;
  acts: readonly Act[];
}

const act = (day: number, at: string, by: Doer, step: string, values: Values = {}): Act => ({
  day,
  at,
  by,
  step,
  values,
});

const contacted = (day: number, at: string): Act =>
  act(day, at, 'officer', 'contact', {
    how: 'phone',
    spokenWith: '本人',
    contentConfirmed: true,
    procedureExplained: true,
  });
const classified = (day: number, at: string, category: string): Act =>
  act(day, at, 'officer', 'classify', { category });
const dispatched = (day: number, at: string, unit: string, assignee: string): Act =>
  act(day, at, 'officer', 'dispatch', { unit, assignee });
const inspected = (day: number, at: string, findings: string, cause: string): Act =>
  act(day, at, 'assignee', 'inspect', { findings, cause, noEvidenceReason: '现场情况已当面向业主说明，未另拍照' });
const planned = (day: number, at: string, completeBy: string, ...measures: string[]): Act =>
  act(day, at, 'assignee', 'plan', { measures, completeBy });
const done = (day: number, at: string, measure: string, note: string): Act =>
  act(day, at, 'assignee', 'doMeasure', { measure, note });
const told = (day: number, at: string, handling: string, improvement: string): Act =>
  act(day, at, 'officer', 'notifyResult', { handling, improvement, how: 'phone' });
const signed = (day: number, at: string): Act => act(day, at, 'owner', 'sign', { signature: { method: 'electronic' } });

export const stories: readonly Story[] = [
  {
    daysAgo: 12,
    at: '09:20',
    channel: 'phone',
    by: 'zhouxiaoyan',
    room: 'JX-3-2-502',
    place: 'JX-GB1',
    content: '中心绿化带的草长得很高，有几片已经枯黄，孩子玩耍时被虫咬，希望尽快修剪。',
    category: 'environment/greening',
    acts: [
      contacted(0, '10:05'),
      dispatched(0, '10:20', 'gardening', 'wujianping'),
      act(0, '10:45', 'assignee', 'accept'),
      inspected(1, '09:10', '中心绿化带约 120 平方米草坪超高，东侧两片枯黄，有虫蛀。', '养护间隔过长'),
      planned(1, '11:00', '+3', '修剪草坪', '补种并施肥'),
      done(2, '16:00', '修剪草坪', '全部修剪，清运草屑两车'),
      done(3, '15:30', '补种并施肥', '补种 40 平方米，施复合肥'),
      act(3, '16:00', 'assignee', 'complete', { outcome: '草坪已修剪，枯黄处已补种施肥，并做了除虫。' }),
      told(4, '10:00', '草坪已全部修剪，枯黄处补种施肥，除虫一次。', '绿化养护由每月一次改为每月两次。'),
      act(4, '19:30', 'owner', 'satisfied', { rating: 'satisfied', comment: '处理得很快，谢谢。' }),
      signed(4, '19:34'),
      act(6, '10:00', 'luwenbo', 'archive'),
    ],
  },
  {
    daysAgo: 11,
    at: '18:40',
    channel: 'doorCode',
    by: 'owner',
    room: 'JX-2-1-1102',
    place: 'JX-2-1',
    content: '2 栋 1 单元电梯运行时有异响，昨天在 9 楼停了两分钟才开门。',
    acts: [
      contacted(1, '09:10'),
      classified(1, '09:15', 'facility/lift'),
      dispatched(1, '09:20', 'engineering', 'hanzhigang'),
      act(1, '09:40', 'assignee', 'accept'),
      inspected(1, '14:00', '门机皮带磨损，平层感应偶发失灵；已停梯贴告示。', '门机皮带到期未换'),
      planned(1, '16:00', '+5', '联系维保单位更换门机皮带', '校准平层感应', '连续试运行一天'),
      act(2, '10:00', 'linzhiyuan', 'approvePlan', { opinion: '同意，期间安排人员在大堂协助老人。' }),
      done(3, '17:00', '联系维保单位更换门机皮带', '维保单位已更换'),
      done(4, '11:00', '校准平层感应', '校准后平层误差 3 毫米'),
      act(4, '11:30', 'assignee', 'reportProgress', { progress: '配件已换好，正在试运行，预计明天恢复。' }),
      done(5, '17:00', '连续试运行一天', '无异常'),
      act(5, '17:30', 'assignee', 'complete', { outcome: '更换门机皮带并校准，试运行正常，已恢复使用。' }),
      told(6, '09:30', '更换了门机皮带，校准了平层感应，试运行一天正常。', '门机皮带列入年度更换清单。'),
      act(7, '20:10', 'owner', 'satisfied', { rating: 'acceptable', comment: '希望以后早点发现。' }),
      signed(7, '20:12'),
    ],
  },
  {
    daysAgo: 9,
    at: '21:15',
    channel: 'phone',
    by: 'wangmengting',
    room: 'YX-1-2-802',
    place: 'YX-GATE',
    content: '晚上回家时门岗没有人，有推销人员跟着进了单元。',
    category: 'safety/patrol',
    acts: [
      contacted(1, '10:30'),
      dispatched(1, '10:40', 'security', 'machao'),
      act(1, '11:00', 'assignee', 'accept'),
      inspected(
        1,
        '15:00',
        '当晚 21 时门岗交接班空岗 12 分钟，监控可见两名外来人员进入。',
        '交接班没有到位再离岗的要求',
      ),
      planned(2, '09:00', '+3', '交接班改为当面签到', '门岗加装人脸识别提示牌'),
      done(3, '09:30', '交接班改为当面签到', '当班起执行'),
      done(4, '14:00', '门岗加装人脸识别提示牌', '已装两块'),
      act(4, '15:00', 'assignee', 'complete', { outcome: '门岗交接班当面签到，补装提示牌，对当班人员批评教育。' }),
      told(5, '10:00', '已改为当面交接，空岗人员已批评教育。', '秩序部每晚抽查一次交接班。'),
      act(5, '20:00', 'owner', 'dissatisfied', { reason: '昨晚十点我回来门岗又没有人。' }),
      act(6, '09:30', 'assignee', 'explain', {
        handling: '已到场说明并调看录像：当晚巡逻员离岗送水，已纠正，并请业主查看新的排班。',
        improvement: '门岗固定一人，巡逻由另一人负责。',
      }),
      act(7, '12:00', 'owner', 'satisfied', { rating: 'satisfied' }),
    ],
  },
  {
    daysAgo: 8,
    at: '11:05',
    channel: 'counter',
    by: 'liyifan',
    room: 'JX-5-1-301',
    content: '楼上装修午休时间还在打孔，跟前台说过两次没有用。',
    category: 'environment/noise',
    acts: [
      contacted(0, '11:30'),
      dispatched(0, '14:10', 'cleaning', 'yuguifen'),
      act(0, '14:30', 'assignee', 'accept'),
      inspected(1, '13:00', '12:40 到场，楼上正在打孔，已当场要求停工。', '装修人不清楚施工时间'),
      planned(1, '14:00', '+2', '向装修人发出书面提醒', '午休时间每日巡查'),
      done(1, '16:00', '向装修人发出书面提醒', '业主与施工队均已签收'),
      done(3, '13:00', '午休时间每日巡查', '连续两日无施工'),
      act(3, '14:00', 'assignee', 'complete', { outcome: '已书面提醒并巡查两日，未再发生。' }),
      told(3, '15:00', '已书面提醒装修人，午休时间巡查两日无施工。', '装修许可证上加印施工时间。'),
      act(4, '13:10', 'owner', 'dissatisfied', { reason: '今天中午又开始打孔了。' }),
      act(4, '17:00', 'officer', 'review', { reason: '核实午休施工是否再次发生' }),
      inspected(5, '12:50', '12:45 到场，确有施工，已停工并暂扣装修许可。', '换了施工队'),
      planned(5, '15:00', '+5', '暂停装修三日', '门岗核对施工人员进出时间'),
      done(5, '16:00', '暂停装修三日', '已张贴停工通知'),
    ],
  },
  {
    daysAgo: 7,
    at: '08:10',
    channel: 'phone',
    by: 'zhouxiaoyan',
    room: 'YX-2-1-1201',
    place: 'YX-PARK',
    content: '地下车库 B 区顶部漏水，滴到车上，地面积水。',
    category: 'facility/water',
    acts: [
      contacted(0, '09:00'),
      dispatched(0, '09:10', 'engineering', 'xiejun'),
      act(0, '11:00', 'assignee', 'accept'),
      inspected(2, '10:30', '伸缩缝止水带老化，雨后渗水，积水约 8 平方米。', '止水带老化'),
      planned(2, '15:00', '+3', '清理积水并放置警示', '更换伸缩缝止水带'),
      done(2, '17:00', '清理积水并放置警示', '已清理'),
      done(5, '15:00', '更换伸缩缝止水带', '更换 14 米'),
      act(5, '16:30', 'assignee', 'complete', { outcome: '更换伸缩缝止水带 14 米，试水两小时不漏。' }),
    ],
  },
  {
    daysAgo: 6,
    at: '19:50',
    channel: 'web',
    by: 'owner',
    room: 'JX-1-1-601',
    place: 'JX-1-1',
    content: '一单元楼道 5 到 7 层的灯都不亮，老人晚上下楼危险。',
    acts: [
      contacted(1, '08:40'),
      classified(1, '08:45', 'facility/lighting'),
      dispatched(1, '08:50', 'engineering', 'luoyong'),
      act(1, '09:00', 'assignee', 'accept'),
      inspected(1, '09:40', '5–7 层声控开关损坏 3 个，灯泡 2 个。', '开关老化'),
      planned(1, '10:00', '+1', '更换声控开关和灯泡'),
      done(1, '15:00', '更换声控开关和灯泡', '已更换并试亮'),
      act(1, '15:10', 'assignee', 'complete', { outcome: '三个开关、两个灯泡已更换，试亮正常。' }),
      told(2, '09:30', '开关和灯泡已全部更换。', '楼道照明改为每周巡查。'),
    ],
  },
  {
    daysAgo: 5,
    at: '17:25',
    channel: 'doorCode',
    by: 'owner',
    room: 'YX-3-2-402',
    place: 'YX-PARK',
    content: '我的车位被别人占了，打电话没有人挪车。',
    acts: [
      contacted(0, '17:50'),
      act(0, '18:30', 'owner', 'withdraw', { reason: '车主已经挪走了。', sure: true }),
      act(1, '10:00', 'luwenbo', 'archive', { conclusion: '业主确认车位已腾出并撤回。' }),
    ],
  },
  {
    daysAgo: 4,
    at: '10:15',
    channel: 'phone',
    by: 'liyifan',
    room: 'JX-4-2-902',
    place: 'JX-BIN',
    content: '垃圾分类站异味很大，桶满了没有清运，苍蝇很多。',
    category: 'environment/cleaning',
    acts: [
      contacted(0, '10:40'),
      dispatched(0, '10:45', 'cleaning', 'yuguifen'),
      act(0, '11:00', 'assignee', 'accept'),
      inspected(0, '15:00', '厨余桶满溢，地面有渗滤液。', '清运由每日两次减为一次'),
      planned(0, '16:30', '+6', '冲洗消杀', '恢复每日两次清运'),
      done(1, '09:00', '冲洗消杀', '冲洗并喷洒消毒'),
      act(2, '17:00', 'assignee', 'reportProgress', { progress: '已冲洗消杀，正在与清运单位确认每日两次的时间。' }),
    ],
  },
  {
    daysAgo: 3,
    at: '07:55',
    channel: 'phone',
    by: 'zhouxiaoyan',
    room: 'YX-1-1-1501',
    place: 'YX-1-1',
    content: '单元门禁刷卡没反应，家里老人进不了门。',
    category: 'facility/access',
    acts: [contacted(0, '09:30'), dispatched(0, '09:40', 'engineering', 'luoyong')],
  },
  {
    daysAgo: 2,
    at: '20:30',
    channel: 'web',
    by: 'owner',
    room: 'JX-3-1-702',
    place: 'JX-3-1',
    content: '楼道里堆满纸箱和旧家具，万一着火没法逃生。',
    acts: [
      contacted(1, '09:05'),
      classified(1, '09:10', 'safety/fire'),
      dispatched(1, '09:20', 'security', 'pengliang'),
      act(1, '09:30', 'assignee', 'accept'),
      inspected(1, '14:20', '6、7 层前室堆放纸箱约 3 立方米、旧沙发一张。', '住户临时堆放'),
    ],
  },
  {
    daysAgo: 2,
    at: '07:40',
    channel: 'email',
    by: 'owner',
    room: 'JX-1-1-101',
    content: '上个月的物业费多收了 46 元，请核对并说明。',
    acts: [],
  },
  {
    daysAgo: 1,
    at: '16:20',
    channel: 'counter',
    by: 'liyifan',
    room: 'YX-2-2-602',
    place: 'YX-GATE',
    content: '门岗的工作人员说话很冲，让我自己想办法搬行李。',
    category: 'service/attitude',
    complainedOf: 'dengbin',
    acts: [contacted(0, '16:50'), dispatched(0, '17:00', 'service', 'tanghuimin')],
  },
  {
    daysAgo: 0,
    at: '00:05',
    channel: 'doorCode',
    by: 'owner',
    room: 'JX-2-2-402',
    place: 'JX-2-2-HALL',
    content: '电梯厅地面有一大滩水，很滑，差点摔倒。',
    acts: [],
  },
];

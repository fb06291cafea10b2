import type { PackSource } from '#policy/source.ts';

/** A small written procedure with one of everything that the handling room must carry out. For tests and benchmarks. */
export const testPack = (version = '1.0.0'): PackSource[] => [
  { path: 'pack.yaml', text: head(version) },
  { path: 'procedures/complaint.yaml', text: complaint },
  { path: 'procedures/inspection.yaml', text: inspection },
];

const head = (version: string): string => `
pack: T
version: ${version}
title: { zh: 试用制度, en: Trial procedure }
scope: { zh: 测试, en: Tests }
calendar: office-hours
principles:
  - { title: { zh: 有诉必复, en: Every complaint is answered }, clause: 一.1 }
matters:
  complaint: { title: { zh: 投诉, en: Complaint }, procedure: complaint, clause: 一.2 }
  letterbox: { title: { zh: 开意见箱, en: Letterbox }, procedure: inspection, clause: 一.3 }
channels:
  phone: { title: { zh: 电话, en: Telephone }, clause: 一.4 }
roles:
  clerk: { title: { zh: 前台, en: Clerk }, post: [clerk] }
  manager: { title: { zh: 经理, en: Manager }, post: [manager] }
  assignee: { title: { zh: 责任人, en: Assignee }, duty: assignee }
  owner: { title: { zh: 业主, en: Owner }, party: owner }
  clockwork: { title: { zh: 系统, en: System }, party: system }
taxonomies:
  subject: { title: { zh: 类别, en: Subject }, clause: 一.5, terms: [{ id: noise, title: { zh: 噪音, en: Noise } }] }
routing: { clause: 一.6, rows: [{ when: { field: case.matter, is: complaint }, unit: service }] }
notices:
  received: { title: { zh: 已收到, en: Received }, clause: 二.2, text: { zh: '{case.number} 已登记', en: '{case.number} is registered' } }
schedules:
  letterbox: { title: { zh: 每日开箱, en: Daily letterbox }, clause: 四.1, opens: inspection, at: '09:00', every: { days: 1 } }
`;

const complaint = `
title: { zh: 投诉处理, en: Complaint }
clause: 二
matters: [complaint]
numbering: TS
intake:
  title: { zh: 登记, en: Register }
  clause: 二.1
  by: [clerk]
  state: open
  fields:
    content: { type: text, label: { zh: 内容, en: Content }, required: true, long: true }
    name: { type: text, label: { zh: 姓名, en: Name }, personal: true }
    phone: { type: phone, label: { zh: 电话, en: Telephone }, personal: true }
    place: { type: place, label: { zh: 地点, en: Place } }
    email: { type: email, label: { zh: 邮箱, en: E-mail }, personal: true }
  assigns: [{ duty: firstReceiver, from: actor }, { duty: assignee, from: 'role:manager' }]
  starts: [contact, solve]
  notifies: [{ notice: received, to: [manager, owner] }]
states:
  open: { title: { zh: 待处理, en: Open }, waitsFor: [assignee] }
  measured: { title: { zh: 已核数, en: Measured }, waitsFor: [assignee] }
  done: { title: { zh: 已办结, en: Done }, end: true }
steps:
  contact:
    title: { zh: 联系业主, en: Contact }
    clause: 二.3
    by: [assignee]
    from: [open]
    fields: { words: { type: text, label: { zh: 说明, en: Words }, required: true } }
    stops: [contact]
  inspect:
    title: { zh: 另开检查, en: Have it inspected }
    clause: 二.4
    by: [assignee]
    from: [open]
    needs:
      - code: inspect.already
        that: { not: { field: linked.inspection.open, atLeast: 1 } }
        say: { zh: 检查还在进行, en: The inspection is under way }
    opens: [{ procedure: inspection, relation: inspection, with: { content: case.content } }]
  measure:
    title: { zh: 统计, en: Measure }
    clause: 二.5
    by: [assignee]
    from: [open]
    runs: { report: openCases, step: figures, with: { kind: =complaint } }
  figures:
    title: { zh: 数据, en: Figures }
    clause: 二.6
    by: [clockwork]
    from: [open]
    to: measured
    fields: { total: { type: number, label: { zh: 件数, en: Cases }, required: true } }
  close:
    title: { zh: 办结, en: Close }
    clause: 二.7
    by: [assignee]
    from: [open, measured]
    to: done
    fields: { outcome: { type: text, label: { zh: 结果, en: Outcome }, required: true } }
    stops: [contact, solve]
    closes: { outcome: values.outcome }
clocks:
  contact:
    title: { zh: 两小时联系, en: Contact within two hours }
    clause: 二.3
    limit: { elapsed: PT2H }
    warnAt: [0.5]
    responsible: assignee
    ladder: [{ after: PT0S, tells: [manager] }, { after: PT1H, tells: [manager] }]
  solve:
    title: { zh: 三日办结, en: Solved within three days }
    clause: 二.7
    limit: { elapsed: PT72H }
    warnAt: [0.8]
    responsible: assignee
    ladder: [{ after: PT0S, tells: [manager] }]
`;

const inspection = `
title: { zh: 检查, en: Inspection }
clause: 四
matters: [letterbox]
numbering: JC
internal: true
intake:
  title: { zh: 开始, en: Begin }
  clause: 四.1
  by: [clerk, clockwork]
  state: open
  fields: { content: { type: text, label: { zh: 内容, en: Content }, long: true } }
  assigns: [{ duty: assignee, from: 'role:manager' }]
  starts: [look]
states:
  open: { title: { zh: 待检查, en: Open }, waitsFor: [assignee] }
  done: { title: { zh: 已检查, en: Done }, end: true }
steps:
  report:
    title: { zh: 报告, en: Report }
    clause: 四.2
    by: [assignee]
    from: [open]
    to: done
    fields: { result: { type: text, label: { zh: 结果, en: Result }, required: true } }
    stops: [look]
    closes: { outcome: values.result }
clocks:
  look:
    title: { zh: 当日检查, en: The same day }
    clause: 四.2
    limit: { elapsed: PT8H }
    warnAt: []
    responsible: assignee
    ladder: [{ after: PT0S, tells: [manager] }]
`;

import { text } from '@room/kernel/text.ts';

export const w = {
  title: text('怎样通知我', 'How I am told'),
  lead: text(
    '铃铛里永远一条不少；这里管的是发到您手机、邮箱里的。紧急事项和您负责的超时，随时都会送到。',
    'The bell always keeps every notice. This is about what reaches your phone and mailbox. Emergencies and broken promises of yours come at any hour.',
  ),
  quiet: text('什么时候不打扰我', 'When to leave me alone'),
  quietCompany: text('跟公司一样（{hours}）', 'As the company says ({hours})'),
  quietOwn: text('我自己定', 'My own hours'),
  quietNever: text('随时都可以', 'At any hour'),
  noQuiet: text('不设免打扰', 'no quiet hours'),
  from: text('从', 'From'),
  to: text('到', 'Until'),
  together: text('接连来的通知', 'Notices one after the other'),
  togetherCompany: text('跟公司一样（{how}）', 'As the company says ({how})'),
  togetherOwn: text('合成一封，每隔', 'As one message, every'),
  togetherNever: text('一条一条送', 'Each by itself'),
  everyMinutes: text('每 {n} 分钟合一封', 'as one every {n} minutes'),
  oneByOne: text('一条一条送', 'each by itself'),
  minutes: text('分钟', 'minutes'),
  ways: text('先用哪种方式', 'Which way first'),
  waysCompany: text('跟公司一样', 'As the company says'),
  waysOwn: text('按我的顺序', 'In my own order'),
  waysWhy: text(
    '排在前面的先用；送不到、没人看，再用下一种。',
    'The first is tried first; the next when it fails or is not read.',
  ),
  up: text('提前', 'Earlier'),
  upThis: text('把“{way}”提前', 'Move “{way}” up'),
  save: text('保存', 'Save'),
  saved: text('已保存', 'Saved'),
  company: text('公司的规则', 'The company’s rules'),
  companyWhy: text(
    '对没有自己选的人和所有业主有效。',
    'They hold for whoever has chosen nothing, and for every owner.',
  ),
  companyQuiet: text('夜里不打扰，留到早上', 'Leave people alone at night, until morning'),
  companyTogether: text(
    '接连来的合成一封：每隔几分钟（0 为一条一条送）',
    'Join what follows closely: every so many minutes (0: each by itself)',
  ),
  companyUnread: text(
    '几分钟没人看就换下一种方式（0 为不换）',
    'Minutes unread before the next way is used (0: never)',
  ),
  noWays: text(
    '这台服务器还没接通邮件或其他方式，通知只在本系统里看。',
    'No e-mail or other way is set up yet; notices are shown here only.',
  ),
};

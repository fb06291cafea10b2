import { text } from '@room/kernel/text.ts';

export const w = {
  hello: text('欢迎使用回音', 'Welcome to Huiyin'),
  ask: text('您想怎样开始？', 'How would you like to begin?'),
  demo: text('先看看演示公司', 'Look around in a demo company'),
  demoWhy: text(
    '虚构的物业公司：两个小区、每个岗位都有人、十二天的往事，时间可以往前拨。选了它，这个数据目录就一直是演示。',
    'An invented property company: two estates, people in every post, twelve days of past and a clock you can move. This data folder then stays a demo.',
  ),
  own: text('建立自己的公司', 'Set up your own company'),
  ownWhy: text(
    '填三样东西：公司、第一个小区、管理员。其余以后再说。',
    'Three things: the company, its first estate, an administrator. The rest can wait.',
  ),
  company: text('公司名称', 'Company'),
  estate: text('第一个小区', 'First estate'),
  name: text('管理员姓名', "Administrator's name"),
  username: text('用户名', 'User name'),
  password: text('密码', 'Password'),
  passwordHint: text('至少 10 个字符', 'At least 10 characters'),
  create: text('建立公司', 'Set up'),
  back: text('返回', 'Back'),
  code: text('设置码', 'Set-up code'),
  codeHint: text(
    '显示在运行回音的终端里，填好后再选一次',
    'It stands on the terminal that runs Huiyin; enter it and choose again',
  ),
  wait: text('正在准备，约几秒钟…', 'Getting ready, a few seconds…'),
};

import { text } from '@room/kernel/text.ts';

export const w = {
  hello: text('欢迎使用回音', 'Welcome to Huiyin'),
  ask: text('您想怎样开始？', 'How would you like to begin?'),
  demo: text('先看看演示公司', 'Look around in a demo company'),
  demoWhy: text(
    '虚构的物业公司：两个小区、每个岗位都有人、时间可以往前拨。',
    'An invented property company: estates, people in every post, and a clock you can move.',
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
  wait: text('正在准备，约几秒钟…', 'Getting ready, a few seconds…'),
};

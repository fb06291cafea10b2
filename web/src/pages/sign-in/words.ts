import { text } from '@room/kernel/text.ts';

export const w = {
  title: text('登录', 'Sign in'),
  username: text('用户名', 'User name'),
  password: text('密码', 'Password'),
  signIn: text('登录', 'Sign in'),
  choose: text('今天您是谁？', 'Who are you today?'),
  chooseWhy: text(
    '这是演示公司，人和事都是虚构的。点一个人就以他的身份进入，随时可以换。',
    'This is a demo company; its people are invented. Click one to enter as that person; change at any time.',
  ),
  promise: text('事事有回音，件件有着落', 'Every matter gets an answer, every promise has a clock'),
  company: text('公司', 'Company'),
  noPost: text('其他', 'Others'),
  find: text('按姓名或岗位找', 'Find by name or post'),
  password2: text('用密码登录', 'Sign in with a password'),
};

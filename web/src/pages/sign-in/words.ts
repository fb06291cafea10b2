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
  secondTitle: text('再验证一次', 'One more proof'),
  secondWhy: text(
    '请打开手机上的验证器，输入 6 位码；手机不在身边，就用一个恢复码。',
    'Enter the 6 digits of your authenticator app, or one of your recovery codes.',
  ),
  passkeyWhy: text('您的账号用通行密钥保护，请用它确认。', 'Your account is protected by a passkey: confirm with it.'),
  secondCode: text('验证码或恢复码', 'Code or recovery code'),
  code: text('验证码', 'Code'),
  codeTitle: text('输入验证码', 'Enter the code'),
  codeSent: text(
    '如果这个账号验证过邮箱，几秒钟内会收到 6 位验证码，10 分钟内有效。',
    'If this account has a proved e-mail address, six digits arrive within seconds; they are good for 10 minutes.',
  ),
  go: text('确认', 'Confirm'),
  back: text('返回', 'Back'),
  byPasskey: text('用通行密钥登录', 'Sign in by passkey'),
  byCode: text('用邮箱验证码登录', 'Sign in by a code'),
  byCodeWhy: text(
    '忘记密码也用这里：进来后到“我的账号”设一个新的。',
    'Also for a forgotten password: set a new one on the page “My account” afterwards.',
  ),
  account: text('用户名或已验证的邮箱', 'User name or proved e-mail'),
  sendCode: text('发送验证码', 'Send the code'),
  others: text('其他登录方式', 'Other ways to sign in'),
  help: text('进不去？请找本公司管理员重置密码或重发邀请。', 'No way in? Ask your company’s administrator.'),
};

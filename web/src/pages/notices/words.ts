import { text } from '@room/kernel/text.ts';

export const w = {
  title: text('通知', 'Notices'),
  readAll: text('全部标为已读', 'Mark all as read'),
  none: text('没有通知', 'No notices'),
  noneWhy: text(
    '时限快到、案件派给您、有人等您签批时，会在这里告诉您。',
    'Here you hear when a clock is about to end or a case comes to you.',
  ),
  unread: text('未读', 'Unread'),
  settings: text('怎样通知我', 'How I am told'),
  deadLetters: text('没送达的', 'Not delivered'),
};

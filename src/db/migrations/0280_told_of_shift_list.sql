-- Whoever comes on duty is told of the list he is to go through: once for the list, whatever becomes of its cases.
alter table huiyin.notice drop constraint if exists notice_about_check;
alter table huiyin.notice add constraint notice_about_check
  check (about in ('case', 'certificate', 'call', 'webhook', 'shiftList'));

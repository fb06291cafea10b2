-- Notices may also be about a telephone call nobody called back, or a program that hears no more: theirs has its id where
-- others have that of their case.
alter table huiyin.notice add column if not exists about text not null default 'case';
alter table huiyin.notice drop constraint if exists notice_about_check;
alter table huiyin.notice add constraint notice_about_check check (about in ('case', 'certificate', 'call', 'webhook'));

-- How long after the call-back was due the next superior hears of it, and the next after as long again.
alter table huiyin.exchange add column head_after_minutes int not null default 30
  check (head_after_minutes between 1 and 10080);
grant update (head_after_minutes) on huiyin.exchange to huiyin_app;

-- That a missed call climbed, and to whom, stands among what was heard and done.
alter table huiyin.call_event drop constraint call_event_kind_check;
alter table huiyin.call_event add constraint call_event_kind_check
  check (kind in ('ringing', 'answered', 'ended', 'recording', 'taken', 'settled', 'escalated'));
alter table huiyin.call_event drop constraint call_event_check;
alter table huiyin.call_event add constraint call_event_check check (nth = 1 or kind in ('taken', 'settled', 'escalated'));

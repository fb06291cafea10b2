-- One look for all companies: which of them have notices whose moment has come, or letters that came back.
create index notice_sending_planned on huiyin.notice_sending (due_at) where status = 'planned';
create function huiyin.notices_due(p_now timestamptz) returns table (tenant_id text)
language sql stable security definer set search_path = pg_catalog as $$
  select s.tenant_id from huiyin.notice_sending s where s.status = 'planned' and s.due_at <= p_now
  union
  select n.tenant_id from huiyin.notice n
  join huiyin.notice_sending s on s.tenant_id = n.tenant_id and s.case_id = n.case_id and s.seq = n.seq
  where n.delivery = 'failed' and s.status = 'sent' and s.way = 'email'
$$;
revoke all on function huiyin.notices_due(timestamptz) from public;
grant execute on function huiyin.notices_due(timestamptz) to huiyin_app;

-- Keeps what calls of services told, each thing once, with the jobs that take it up, in one statement. Answers how many were new.
create function huiyin.keep_messages(p_tenant text, p_messages json) returns int language plpgsql as $$
declare
  v_jobs json;
begin
  perform set_config('app.tenant', p_tenant, true);
  with added as (
    insert into huiyin.message_in (tenant_id, kind, key, sender, what, body, kept_at, new_case_id)
    select p_tenant, m.kind, m.key, m.sender, m.what, m.body, huiyin.instant(m.at), m.case_id
    from json_to_recordset(p_messages) as m(kind text, key text, sender text, what text, body json, at float8, case_id uuid)
    -- Two statements that keep the same messages take them in the same order.
    order by m.kind, m.key
    on conflict do nothing returning kind, key
  )
  select json_agg(json_build_object('task', 'take-message', 'attempts', 12,
    'payload', json_build_object('tenant', p_tenant, 'kind', kind, 'key', key),
    'key', 'message:' || p_tenant || ':' || kind || ':' || key)) into v_jobs from added;
  if v_jobs is not null then
    perform huiyin.add_jobs(v_jobs);
  end if;
  return coalesce(json_array_length(v_jobs), 0);
end $$;
revoke all on function huiyin.keep_messages(text, json) from public;
grant execute on function huiyin.keep_messages(text, json) to huiyin_app;

-- A service may tell that somebody has opened a message.
alter table huiyin.notice drop constraint notice_read_by_check;
alter table huiyin.notice add constraint notice_read_by_check check (read_by in ('page', 'link', 'message'));

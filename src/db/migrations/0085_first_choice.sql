-- The first page decides once and for good what a fresh installation is: the running server may say it, never change it.
create function huiyin.claim_purpose(p_purpose text) returns text
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into huiyin.installation (purpose) values (p_purpose) on conflict do nothing;
  return (select purpose from huiyin.installation);
end $$;
revoke all on function huiyin.claim_purpose(text) from public;
grant execute on function huiyin.claim_purpose(text) to huiyin_app;

-- Up to which moment the demo company's past is played. Without an end the program was killed meanwhile and goes on there.
create table huiyin.demo_history (
  tenant_id text not null,
  played_to timestamptz not null,
  finished boolean not null default false,
  primary key (tenant_id)
);
alter table huiyin.demo_history enable row level security;
create policy own_tenant on huiyin.demo_history using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.demo_history to huiyin_app;
grant update (finished) on huiyin.demo_history to huiyin_app;

-- Which posts may do what belongs to no case: keep the organisation, read mails that wait, see who looked at whose data.
-- Without a row for a power the posts the trade gives it to have it.
create table huiyin.post_power (
  tenant_id text not null references huiyin.tenant,
  power text not null check (power ~ '^[a-z][A-Za-z]{1,40}$'),
  post text not null check (post ~ '^[a-z][A-Za-z0-9]*$'),
  given_at timestamptz not null,
  given_by text not null,
  primary key (tenant_id, power, post)
);
alter table huiyin.post_power enable row level security;
create policy own_tenant on huiyin.post_power using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, delete on huiyin.post_power to huiyin_app;

-- The data protection officer reads the log by time.
create index access_log_at on huiyin.access_log (tenant_id, at desc, access_id);

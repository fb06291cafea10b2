-- The role of the running server. On a server of your own an administrator may have made it already, with or without a
-- login; if it is missing, it is made here and the migrating login may change into it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'huiyin_app') then
    begin
      create role huiyin_app nologin nosuperuser nocreatedb nocreaterole nobypassrls;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  if not pg_has_role(current_user, 'huiyin_app', 'member') or current_setting('server_version_num')::int >= 160000 then
    begin
      execute format('grant huiyin_app to %I', current_user);
    exception when insufficient_privilege or invalid_grant_operation then null;
    end;
  end if;
end $$;

-- For people who look in with psql; our own pools say it themselves.
do $$
begin
  execute format('alter database %I set search_path = huiyin, public', current_database());
exception when insufficient_privilege then null;
end $$;

create schema if not exists huiyin;
revoke all on schema huiyin from public;
grant usage on schema huiyin to huiyin_app;

-- What this database is for, said once and never changed: a demo must not open a company's books, nor the reverse.
create table huiyin.installation (
  one boolean primary key default true check (one),
  installation_id uuid not null default gen_random_uuid(),
  purpose text not null check (purpose in ('production', 'sandbox')),
  created_at timestamptz not null default now()
);
grant select on huiyin.installation to huiyin_app;
grant select on huiyin.migration to huiyin_app;

-- Certificates that end are told of: when, whom already, and by notices that belong to no case.

-- How long before its end the holder and his superior are told; no row: the custom of the trade.
create table huiyin.certificate_rules (
  tenant_id text not null references huiyin.tenant,
  -- 0: on its last day.
  days_before smallint[] not null check (cardinality(days_before) between 1 and 6),
  -- Minutes after local midnight.
  at_minute smallint not null check (at_minute between 0 and 1439),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id)
);
-- One row for each time somebody was told: it is never told twice, whatever is done twice.
create table huiyin.certificate_told (
  tenant_id text not null,
  person_skill_id uuid not null,
  expires_on date not null,
  days_before smallint not null,
  at timestamptz not null,
  primary key (tenant_id, person_skill_id, expires_on, days_before),
  foreign key (tenant_id, person_skill_id) references huiyin.person_skill (tenant_id, person_skill_id) on delete cascade
);
do $$
declare t text;
begin
  foreach t in array array['certificate_rules', 'certificate_told'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant update on huiyin.certificate_rules to huiyin_app;
create trigger directory_changed after insert or update or delete on huiyin.certificate_rules
  for each statement execute function huiyin.directory_changed();

-- What a notice is about. That of a certificate has the certificate's id where others have that of their case.
alter table huiyin.notice add column about text not null default 'case' check (about in ('case', 'certificate'));

-- Certificates that are there already are looked at once; that look sets each one's next moment.
insert into huiyin.timer (tenant_id, key, due_at, wake_at)
select tenant_id, 'certificate:' || person_skill_id, now(), now() from huiyin.person_skill
 where expires_on >= current_date;

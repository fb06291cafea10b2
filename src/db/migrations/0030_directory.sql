-- The organisation: companies, their units, people, posts, superiors and shifts.
-- Tenant ids are short texts so that cookies, keys and door codes can carry them and every look-up names its tenant.
create table huiyin.tenant (
  tenant_id text primary key check (tenant_id ~ '^[a-z0-9]{4,16}$'),
  name_zh text not null,
  name_en text not null default '',
  demo boolean not null default false,
  created_at timestamptz not null default now()
);

create table huiyin.unit (
  tenant_id text not null references huiyin.tenant,
  unit_id uuid not null,
  code text not null,
  parent_id uuid,
  kind text not null check (kind in ('company', 'siteOffice', 'department', 'crew')),
  name_zh text not null,
  name_en text not null default '',
  -- Whoever holds this post in this unit is its head.
  head_post text not null default 'departmentHead',
  sort int not null default 0,
  primary key (tenant_id, unit_id),
  unique (tenant_id, code),
  foreign key (tenant_id, parent_id) references huiyin.unit (tenant_id, unit_id)
);

create table huiyin.person (
  tenant_id text not null references huiyin.tenant,
  person_id uuid not null,
  name text not null check (name <> ''),
  phone text,
  email text,
  unit_id uuid,
  sort int not null default 0,
  -- Stands for another program that uses an API key: never chosen as a holder of a post.
  automaton boolean not null default false,
  left_at timestamptz,
  left_by text,
  primary key (tenant_id, person_id),
  foreign key (tenant_id, unit_id) references huiyin.unit (tenant_id, unit_id)
);

create table huiyin.post_assignment (
  tenant_id text not null,
  person_id uuid not null,
  post text not null check (post ~ '^[a-z][A-Za-z0-9]*$'),
  unit_id uuid not null,
  from_date date not null,
  to_date date check (to_date >= from_date),
  primary key (tenant_id, person_id, post, unit_id, from_date),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id),
  foreign key (tenant_id, unit_id) references huiyin.unit (tenant_id, unit_id)
);

-- Only where the superior is somebody else than the head of the unit.
create table huiyin.superior (
  tenant_id text not null,
  person_id uuid not null,
  superior_id uuid not null check (superior_id <> person_id),
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id),
  foreign key (tenant_id, superior_id) references huiyin.person (tenant_id, person_id)
);

create table huiyin.shift (
  tenant_id text not null,
  person_id uuid not null,
  -- 1 = Monday … 7 = Sunday.
  weekday smallint not null check (weekday between 1 and 7),
  -- Minutes after local midnight; a shift whose end is not after its begin ends the next day.
  from_minute smallint not null check (from_minute between 0 and 1439),
  to_minute smallint not null check (to_minute between 1 and 1440),
  primary key (tenant_id, person_id, weekday, from_minute),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);

do $$
declare t text;
begin
  foreach t in array array['tenant', 'unit', 'person', 'post_assignment', 'superior', 'shift'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert, update on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
-- A post, superior or shift that was planned and never worked may be taken back.
grant delete on huiyin.post_assignment, huiyin.superior, huiyin.shift to huiyin_app;

-- Row-level security hides every company from a program that has not said which one it serves; the start page must still
-- know whether there is any.
create function huiyin.tenants() returns table (tenant_id text, name_zh text, name_en text, demo boolean)
language sql stable security definer set search_path = pg_catalog as
$$ select tenant_id, name_zh, name_en, demo from huiyin.tenant order by created_at, tenant_id $$;
revoke all on function huiyin.tenants() from public;
grant execute on function huiyin.tenants() to huiyin_app;

-- Whoever keeps a copy of the organisation drops it on this message; an empty one means every company's.
create function huiyin.directory_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('huiyin_directory', coalesce(current_setting('app.tenant', true), ''));
  return null;
end $$;
do $$
declare t text;
begin
  foreach t in array array['tenant', 'unit', 'person', 'post_assignment', 'superior', 'shift'] loop
    execute format('create trigger directory_changed after insert or update or delete on huiyin.%I
      for each statement execute function huiyin.directory_changed()', t);
  end loop;
end $$;

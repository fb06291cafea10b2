-- Risers and who hangs on them, how long which part is under warranty, and the firms outside that stand for it.
create table huiyin.riser (
  tenant_id text not null,
  riser_id uuid not null,
  -- The building or entrance it runs through.
  premises_id uuid not null,
  name_zh text not null check (name_zh <> ''),
  primary key (tenant_id, riser_id),
  unique (tenant_id, premises_id, name_zh),
  foreign key (tenant_id, premises_id) references huiyin.premises (tenant_id, premises_id)
);
create table huiyin.riser_place (
  tenant_id text not null,
  riser_id uuid not null,
  premises_id uuid not null,
  primary key (tenant_id, riser_id, premises_id),
  foreign key (tenant_id, riser_id) references huiyin.riser (tenant_id, riser_id),
  foreign key (tenant_id, premises_id) references huiyin.premises (tenant_id, premises_id)
);
create index riser_place_premises on huiyin.riser_place (tenant_id, premises_id);
alter table huiyin.equipment add column riser_id uuid;
alter table huiyin.equipment add foreign key (tenant_id, riser_id) references huiyin.riser (tenant_id, riser_id);

create table huiyin.outside_organisation (
  tenant_id text not null references huiyin.tenant,
  organisation_id uuid not null,
  kind text not null check (kind in ('developer', 'contractor', 'supplier', 'authority')),
  name text not null check (name <> ''),
  note text not null default '',
  ended_at timestamptz,
  primary key (tenant_id, organisation_id),
  unique (tenant_id, name)
);
create table huiyin.outside_contact (
  tenant_id text not null,
  contact_id uuid not null,
  organisation_id uuid not null,
  name text not null check (name <> ''),
  duty text not null default '',
  phone text,
  email text,
  from_date date not null,
  to_date date check (to_date >= from_date),
  primary key (tenant_id, contact_id),
  foreign key (tenant_id, organisation_id) references huiyin.outside_organisation (tenant_id, organisation_id)
);
create index outside_contact_organisation on huiyin.outside_contact (tenant_id, organisation_id);

-- How long a part is under warranty from the day of handover, unless a place says otherwise.
create table huiyin.warranty_term (
  tenant_id text not null references huiyin.tenant,
  part text not null check (part ~ '^[a-z][A-Za-z0-9]{1,40}$'),
  name_zh text not null check (name_zh <> ''),
  name_en text not null default '',
  months int not null check (months between 1 and 1200),
  warrantor_id uuid,
  primary key (tenant_id, part),
  foreign key (tenant_id, warrantor_id) references huiyin.outside_organisation (tenant_id, organisation_id)
);
-- A date of its own for one place and everything beneath it.
create table huiyin.warranty (
  tenant_id text not null,
  premises_id uuid not null,
  part text not null,
  until date not null,
  primary key (tenant_id, premises_id, part),
  foreign key (tenant_id, premises_id) references huiyin.premises (tenant_id, premises_id),
  foreign key (tenant_id, part) references huiyin.warranty_term (tenant_id, part)
);

do $$
declare t text;
begin
  foreach t in array array['riser', 'riser_place', 'outside_organisation', 'outside_contact', 'warranty_term', 'warranty'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert, update on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant delete on huiyin.riser, huiyin.riser_place, huiyin.warranty to huiyin_app;

-- What the company looks after: estate → building → entrance → floor → room, common places, equipment; and who lives there.
create table huiyin.premises (
  tenant_id text not null references huiyin.tenant,
  premises_id uuid not null,
  parent_id uuid,
  kind text not null check (kind in ('estate', 'building', 'entrance', 'floor', 'room', 'place')),
  code text not null,
  name_zh text not null,
  name_en text not null default '',
  -- The whole way down from the estate, as people write it: 锦绣花园3栋2单元502.
  full_name text not null,
  handed_over_on date,
  -- Printed as a QR sign on the spot: unguessable, replaceable, never the id.
  door_code text not null,
  -- The unit of the organisation that looks after an estate.
  site_office_id uuid,
  sort int not null default 0,
  primary key (tenant_id, premises_id),
  unique (tenant_id, code),
  unique (tenant_id, door_code),
  foreign key (tenant_id, parent_id) references huiyin.premises (tenant_id, premises_id),
  foreign key (tenant_id, site_office_id) references huiyin.unit (tenant_id, unit_id)
);
create index premises_parent on huiyin.premises (tenant_id, parent_id, sort);

create table huiyin.equipment (
  tenant_id text not null,
  equipment_id uuid not null,
  premises_id uuid not null,
  kind text not null,
  code text not null,
  name_zh text not null,
  name_en text not null default '',
  installed_on date,
  door_code text not null,
  primary key (tenant_id, equipment_id),
  unique (tenant_id, code),
  unique (tenant_id, door_code),
  foreign key (tenant_id, premises_id) references huiyin.premises (tenant_id, premises_id)
);

create table huiyin.resident (
  tenant_id text not null,
  resident_id uuid not null,
  premises_id uuid not null,
  relation text not null check (relation in ('owner', 'tenant', 'family')),
  name text not null check (name <> ''),
  phone text,
  email text,
  from_date date not null,
  to_date date check (to_date >= from_date),
  primary key (tenant_id, resident_id),
  foreign key (tenant_id, premises_id) references huiyin.premises (tenant_id, premises_id)
);
create index resident_premises on huiyin.resident (tenant_id, premises_id);
create index resident_phone on huiyin.resident (tenant_id, phone);
create index resident_email on huiyin.resident (tenant_id, lower(email));

do $$
declare t text;
begin
  foreach t in array array['premises', 'equipment', 'resident'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert, update on huiyin.%I to huiyin_app', t);
  end loop;
end $$;

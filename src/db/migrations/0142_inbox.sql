-- Known outages: what is out, where, until when, and what callers are told.
create table huiyin.incident (
  tenant_id text not null references huiyin.tenant,
  incident_id uuid not null,
  kind text not null check (kind in ('water', 'power', 'gas', 'heating', 'lift', 'network', 'other')),
  title_zh text not null check (title_zh <> ''),
  title_en text not null,
  words_zh text not null,
  words_en text not null,
  began_at timestamptz not null,
  expected_end timestamptz,
  ended_at timestamptz,
  -- Grows with every change that people are told of.
  revision int not null default 1,
  primary key (tenant_id, incident_id)
);
create index incident_open on huiyin.incident (tenant_id, began_at desc) where ended_at is null;

-- Where: a place with all below it, narrowed to one riser (rooms whose number ends alike), or what a machine serves.
create table huiyin.incident_place (
  tenant_id text not null,
  incident_id uuid not null,
  place_id uuid not null,
  premises_id uuid not null,
  equipment_id uuid,
  riser text check (riser ~ '^[0-9]{1,2}$'),
  primary key (tenant_id, incident_id, place_id),
  foreign key (tenant_id, incident_id) references huiyin.incident (tenant_id, incident_id),
  foreign key (tenant_id, premises_id) references huiyin.premises (tenant_id, premises_id),
  foreign key (tenant_id, equipment_id) references huiyin.equipment (tenant_id, equipment_id)
);
create index incident_place_premises on huiyin.incident_place (tenant_id, premises_id);

-- Whose cases belong to it; follows from their journals.
create table huiyin.incident_case (
  tenant_id text not null,
  incident_id uuid not null,
  case_id uuid not null,
  primary key (tenant_id, incident_id, case_id),
  foreign key (tenant_id, incident_id) references huiyin.incident (tenant_id, incident_id)
);

-- What was declared and changed, by whom, when, and what people were told.
create table huiyin.incident_change (
  tenant_id text not null,
  incident_id uuid not null,
  revision int not null,
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  what text not null check (what in ('declared', 'moved', 'worded', 'ended')),
  expected_end timestamptz,
  told_zh text not null,
  told_en text not null,
  primary key (tenant_id, incident_id, revision),
  foreign key (tenant_id, incident_id) references huiyin.incident (tenant_id, incident_id)
);

-- Two ways to reach one person, joined only when somebody checked and said how.
create table huiyin.joined_contact (
  tenant_id text not null references huiyin.tenant,
  joined_id uuid not null,
  phone text not null,
  email text not null check (email = lower(email)),
  case_id uuid not null,
  how text not null check (how in ('calledBack', 'answeredMail', 'atCounter', 'residentList')),
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  undone_at timestamptz,
  undone_by text,
  primary key (tenant_id, joined_id)
);
create index joined_contact_phone on huiyin.joined_contact (tenant_id, phone);
create index joined_contact_email on huiyin.joined_contact (tenant_id, email);

do $$
declare t text;
begin
  foreach t in array array['incident', 'incident_place', 'incident_case', 'incident_change', 'joined_contact'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant update (words_zh, words_en, expected_end, ended_at, revision) on huiyin.incident to huiyin_app;
grant update (undone_at, undone_by) on huiyin.joined_contact to huiyin_app;

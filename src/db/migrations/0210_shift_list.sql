-- What somebody hands over when he goes off duty, as the program drew it up at that moment. What became of each line is
-- told by the journal of its case; only of what stays where it was it is noted here that the next one has seen it.
create table huiyin.shift_list (
  tenant_id text not null references huiyin.tenant,
  list_id uuid not null,
  from_person uuid not null,
  to_person uuid not null check (to_person <> from_person),
  -- Null where no shift of his is planned.
  shift_ends_at timestamptz,
  next_begins_at timestamptz not null,
  accept_until timestamptz not null,
  note text not null,
  confirmed_at timestamptz not null,
  primary key (tenant_id, list_id),
  foreign key (tenant_id, from_person) references huiyin.person (tenant_id, person_id),
  foreign key (tenant_id, to_person) references huiyin.person (tenant_id, person_id)
);
create index shift_list_from on huiyin.shift_list (tenant_id, from_person, confirmed_at desc);
create index shift_list_to on huiyin.shift_list (tenant_id, to_person, confirmed_at desc);

create table huiyin.shift_list_line (
  tenant_id text not null,
  list_id uuid not null,
  nth int not null check (nth > 0),
  case_id uuid not null,
  -- `keep`: it stays with the one who goes, the next one only watches it.
  mode text not null check (mode in ('hand', 'keep')),
  remark text not null,
  -- How the case stood: number, step, duties, running clocks, notes of the shift.
  seen json not null,
  read_at timestamptz,
  primary key (tenant_id, list_id, case_id),
  foreign key (tenant_id, list_id) references huiyin.shift_list (tenant_id, list_id),
  foreign key (tenant_id, case_id) references huiyin.case_file (tenant_id, id)
);

-- How long the next one has after his shift began; without a row what the program is delivered with holds.
create table huiyin.shift_rules (
  tenant_id text not null references huiyin.tenant,
  accept_minutes int not null check (accept_minutes between 5 and 1440),
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id)
);

alter table huiyin.shift_list enable row level security;
create policy own_tenant on huiyin.shift_list using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.shift_list to huiyin_app;
alter table huiyin.shift_list_line enable row level security;
create policy own_tenant on huiyin.shift_list_line using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.shift_list_line to huiyin_app;
grant update (read_at) on huiyin.shift_list_line to huiyin_app;
alter table huiyin.shift_rules enable row level security;
create policy own_tenant on huiyin.shift_rules using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, update on huiyin.shift_rules to huiyin_app;

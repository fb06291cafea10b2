-- Who can do what, when he works, who stands in for him, up to what sum he decides, and where a crew works.

-- Skills and qualifications of the trade. A qualification counts only with a certificate that has not expired.
create table huiyin.skill (
  tenant_id text not null references huiyin.tenant,
  code text not null check (code ~ '^[a-z][A-Za-z0-9]{1,40}$'),
  kind text not null check (kind in ('skill', 'qualification')),
  name_zh text not null check (name_zh <> ''),
  name_en text not null default '',
  retired_at timestamptz,
  primary key (tenant_id, code)
);

create table huiyin.person_skill (
  tenant_id text not null,
  person_skill_id uuid not null,
  person_id uuid not null,
  skill text not null,
  certificate_number text not null default '',
  -- Both inclusive local dates; no end: it does not expire.
  from_date date not null,
  expires_on date check (expires_on >= from_date),
  primary key (tenant_id, person_skill_id),
  unique (tenant_id, person_id, skill, from_date),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id),
  foreign key (tenant_id, skill) references huiyin.skill (tenant_id, code)
);

-- A row of days that repeats: 做六休一 is seven days, 早中晚 three or more. Day 0 falls on the anchor of an assignment.
create table huiyin.shift_pattern (
  tenant_id text not null references huiyin.tenant,
  pattern_id uuid not null,
  name_zh text not null check (name_zh <> ''),
  name_en text not null default '',
  cycle_days smallint not null check (cycle_days between 1 and 366),
  retired_at timestamptz,
  primary key (tenant_id, pattern_id),
  unique (tenant_id, name_zh)
);

create table huiyin.shift_pattern_part (
  tenant_id text not null,
  pattern_id uuid not null,
  day smallint not null check (day >= 0),
  -- Minutes after local midnight; a part whose end is not after its begin ends the next day.
  from_minute smallint not null check (from_minute between 0 and 1439),
  to_minute smallint not null check (to_minute between 1 and 1440),
  name_zh text not null default '',
  name_en text not null default '',
  primary key (tenant_id, pattern_id, day, from_minute),
  foreign key (tenant_id, pattern_id) references huiyin.shift_pattern (tenant_id, pattern_id)
);

-- On the days it covers a pattern replaces the weekly hours of `shift`.
create table huiyin.shift_assignment (
  tenant_id text not null,
  assignment_id uuid not null,
  person_id uuid not null,
  pattern_id uuid not null,
  from_date date not null,
  to_date date check (to_date >= from_date),
  anchor_date date not null,
  primary key (tenant_id, assignment_id),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id),
  foreign key (tenant_id, pattern_id) references huiyin.shift_pattern (tenant_id, pattern_id)
);
create index shift_assignment_person on huiyin.shift_assignment (tenant_id, person_id, from_date);

-- One gives a day's shift away; with `in_return_on` he takes the other's shift of that day.
create table huiyin.shift_swap (
  tenant_id text not null,
  swap_id uuid not null,
  giver_id uuid not null,
  taker_id uuid not null check (taker_id <> giver_id),
  on_date date not null,
  in_return_on date,
  status text not null check (status in ('asked', 'agreed', 'declined', 'withdrawn')),
  asked_by uuid not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  primary key (tenant_id, swap_id),
  check ((status = 'asked') = (decided_at is null)),
  foreign key (tenant_id, giver_id) references huiyin.person (tenant_id, person_id),
  foreign key (tenant_id, taker_id) references huiyin.person (tenant_id, person_id)
);

create table huiyin.absence (
  tenant_id text not null,
  absence_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('annual', 'sick', 'personal', 'compensatory', 'training', 'other')),
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at > from_at),
  reason text not null default '',
  status text not null check (status in ('asked', 'granted', 'declined', 'withdrawn')),
  asked_by uuid not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  primary key (tenant_id, absence_id),
  check ((status = 'asked') = (decided_at is null)),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);
create index absence_person on huiyin.absence (tenant_id, person_id, from_at);

create table huiyin.substitution (
  tenant_id text not null,
  substitution_id uuid not null,
  person_id uuid not null,
  substitute_id uuid not null check (substitute_id <> person_id),
  -- Null: all posts of the person.
  posts text[] check (cardinality(posts) > 0),
  from_date date not null,
  to_date date not null check (to_date >= from_date),
  reason text not null default '',
  made_by uuid not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, substitution_id),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id),
  foreign key (tenant_id, substitute_id) references huiyin.person (tenant_id, person_id)
);
create index substitution_substitute on huiyin.substitution (tenant_id, substitute_id, from_date);

-- Up to what sum a post, or one person by name, decides something of a kind; the person's own limit goes before the post's.
create table huiyin.authority_limit (
  tenant_id text not null references huiyin.tenant,
  limit_id uuid not null,
  post text check (post ~ '^[a-z][A-Za-z0-9]*$'),
  person_id uuid,
  decision text not null check (decision ~ '^[a-z][A-Za-z0-9]{1,40}$'),
  -- Fen; null: any sum.
  up_to_fen bigint check (up_to_fen >= 0),
  from_date date not null,
  to_date date check (to_date >= from_date),
  primary key (tenant_id, limit_id),
  check ((post is null) <> (person_id is null)),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);

-- A territory is a named part of the premises; places in it stand for everything beneath them.
create table huiyin.territory (
  tenant_id text not null references huiyin.tenant,
  territory_id uuid not null,
  name_zh text not null check (name_zh <> ''),
  name_en text not null default '',
  retired_at timestamptz,
  primary key (tenant_id, territory_id),
  unique (tenant_id, name_zh)
);
create table huiyin.territory_place (
  tenant_id text not null,
  territory_id uuid not null,
  premises_id uuid not null,
  primary key (tenant_id, territory_id, premises_id),
  foreign key (tenant_id, territory_id) references huiyin.territory (tenant_id, territory_id),
  foreign key (tenant_id, premises_id) references huiyin.premises (tenant_id, premises_id)
);
create index territory_place_premises on huiyin.territory_place (tenant_id, premises_id);
create table huiyin.territory_crew (
  tenant_id text not null,
  territory_id uuid not null,
  unit_id uuid not null,
  from_date date not null,
  to_date date check (to_date >= from_date),
  primary key (tenant_id, territory_id, unit_id, from_date),
  foreign key (tenant_id, territory_id) references huiyin.territory (tenant_id, territory_id),
  foreign key (tenant_id, unit_id) references huiyin.unit (tenant_id, unit_id)
);

do $$
declare t text;
begin
  foreach t in array array['skill', 'person_skill', 'shift_pattern', 'shift_pattern_part', 'shift_assignment', 'shift_swap',
      'absence', 'substitution', 'authority_limit', 'territory', 'territory_place', 'territory_crew'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert, update on huiyin.%I to huiyin_app', t);
    execute format('create trigger directory_changed after insert or update or delete on huiyin.%I
      for each statement execute function huiyin.directory_changed()', t);
  end loop;
end $$;
-- What was only planned may be taken back; what was asked, granted or acted upon stays.
grant delete on huiyin.person_skill, huiyin.shift_pattern_part, huiyin.shift_assignment, huiyin.authority_limit,
  huiyin.territory_place, huiyin.territory_crew to huiyin_app;

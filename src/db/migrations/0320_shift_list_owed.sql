-- Whoever goes off duty without a list is reminded, then those above him hear of it, one level after the other: one row for
-- each time somebody was told, so that nobody is told twice, and that it was late stays on record.
create table huiyin.shift_list_owed (
  tenant_id text not null,
  person_id uuid not null,
  shift_ends_at timestamptz not null,
  -- 0: he himself was reminded; 1: his superior was told; 2: the one above that, and so on.
  level smallint not null check (level >= 0),
  told uuid[] not null,
  at timestamptz not null,
  primary key (tenant_id, person_id, shift_ends_at, level),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);
alter table huiyin.shift_list_owed enable row level security;
create policy own_tenant on huiyin.shift_list_owed using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.shift_list_owed to huiyin_app;

-- How many levels have heard that a list was not accepted in time: once each, of all its lines.
alter table huiyin.shift_list add column told_levels smallint not null default 0;
grant update (told_levels) on huiyin.shift_list to huiyin_app;

-- Minutes after the end of a shift for its list; how long before that he is reminded; how soon each next level hears.
-- Null: what the program is delivered with.
alter table huiyin.shift_rules alter column accept_minutes drop not null;
alter table huiyin.shift_rules add column list_minutes int check (list_minutes between 5 and 720);
alter table huiyin.shift_rules add column warn_minutes int check (warn_minutes between 5 and 720);
alter table huiyin.shift_rules add column climb_minutes int check (climb_minutes between 5 and 720);

-- One row per case: its present state (the fold of its journal) and the columns that lists are read from.
create table huiyin.case_file (
  tenant_id text not null,
  id uuid not null,
  number text not null,
  pack text not null,
  pack_version text not null,
  procedure text not null,
  matter text not null,
  channel text not null,
  state_name text not null,
  -- Written and read whole; json keeps the exact text that the journal folds to.
  state json not null,
  seq int not null check (seq > 0),
  head_hash bytea not null,
  -- False in an end state of the procedure.
  open boolean not null,
  -- Infinity when no clock runs, so that keyset pages need no second rule.
  next_due_at timestamptz not null default 'infinity',
  next_due_clock text,
  -- Highest level a breach has reached; 0 = no clock ever broken.
  breach_level int not null default 0,
  assignee_id text,
  assignee_name text,
  case_officer_id text,
  responsible_id text,
  responsible_unit text,
  premises_id text,
  category text,
  summary text not null default '',
  waits_for text[] not null default '{}',
  received_at timestamptz not null,
  registered_at timestamptz not null,
  closed_at timestamptz,
  archived_at timestamptz,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, id),
  unique (tenant_id, number)
) with (fillfactor = 75);

create index case_file_open on huiyin.case_file (tenant_id, next_due_at, id) where open;
create index case_file_assignee on huiyin.case_file (tenant_id, assignee_id, next_due_at, id) where open;
create index case_file_officer on huiyin.case_file (tenant_id, case_officer_id, next_due_at, id) where open;
create index case_file_unit on huiyin.case_file (tenant_id, responsible_unit, next_due_at, id) where open;
-- The state is rewritten at every step: the quicker compression, where the server has it.
do $$
begin
  alter table huiyin.case_file alter column state set compression lz4;
exception when feature_not_supported or invalid_parameter_value then null;
end $$;

alter table huiyin.case_file enable row level security;
create policy own_tenant on huiyin.case_file using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, update on huiyin.case_file to huiyin_app;

-- Row-level security forbids indexes on operators that are not leakproof (text search, arrays). Lists read this view
-- instead: it names the tenant itself and lets the planner use every index.
create view huiyin.case_list as
  select * from huiyin.case_file where tenant_id = nullif(current_setting('app.tenant', true), '');
grant select on huiyin.case_list to huiyin_app;

-- The words a case is found by, apart from it: they hardly ever change, and indexing them anew at every step is dear.
create table huiyin.case_search (
  tenant_id text not null,
  case_id uuid not null,
  words tsvector not null,
  primary key (tenant_id, case_id)
);
create index case_search_words on huiyin.case_search using gin (words);
alter table huiyin.case_search enable row level security;
create policy own_tenant on huiyin.case_search using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, update on huiyin.case_search to huiyin_app;
create view huiyin.case_search_list as
  select * from huiyin.case_search where tenant_id = nullif(current_setting('app.tenant', true), '');
grant select on huiyin.case_search_list to huiyin_app;

-- Case numbers: the last one given, per prefix and day.
create table huiyin.counter (
  tenant_id text not null,
  name text not null,
  value bigint not null,
  primary key (tenant_id, name)
);
alter table huiyin.counter enable row level security;
create policy own_tenant on huiyin.counter using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, update on huiyin.counter to huiyin_app;

-- Lists brought in from a file: what every row of it would do, what was done, and what stood there before.
create table huiyin.import_batch (
  tenant_id text not null references huiyin.tenant,
  import_id uuid not null,
  kind text not null,
  file_name text not null,
  size bigint not null check (size >= 0),
  status text not null check (status in ('seen', 'applied', 'undone')),
  -- Headings of the file in its own order, and the key of the column each stands for.
  headings jsonb not null,
  counts jsonb not null default '{}',
  made_by uuid not null,
  made_by_name text not null,
  made_at timestamptz not null,
  applied_at timestamptz,
  applied_by_name text,
  undone_at timestamptz,
  undone_by_name text,
  primary key (tenant_id, import_id)
);
create index import_batch_made on huiyin.import_batch (tenant_id, made_at desc);

create table huiyin.import_row (
  tenant_id text not null,
  import_id uuid not null,
  row_number int not null,
  verdict text not null check (verdict in ('new', 'changed', 'unchanged', 'faulty')),
  -- What makes the row one thing: two rows of one file must not say it twice.
  key text,
  cells jsonb not null,
  -- Of a changed row: column, before, after. Of a faulty one: column, cell and what to do, in both languages.
  said jsonb not null default '[]',
  primary key (tenant_id, import_id, row_number),
  foreign key (tenant_id, import_id) references huiyin.import_batch (tenant_id, import_id)
);

create table huiyin.import_change (
  tenant_id text not null,
  import_id uuid not null,
  seq int not null,
  row_number int not null,
  table_name text not null,
  -- The key within the company, its parts divided by a bar.
  row_key text not null,
  before jsonb,
  after jsonb,
  primary key (tenant_id, import_id, seq),
  check (before is not null or after is not null),
  foreign key (tenant_id, import_id) references huiyin.import_batch (tenant_id, import_id)
);
create index import_change_row on huiyin.import_change (tenant_id, import_id, table_name, row_key);

do $$
declare t text;
begin
  foreach t in array array['import_batch', 'import_row', 'import_change'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant update (status, counts, applied_at, applied_by_name, undone_at, undone_by_name) on huiyin.import_batch to huiyin_app;
grant update (verdict, said) on huiyin.import_row to huiyin_app;
-- A preview that nobody applied is thrown away with the next one.
grant delete on huiyin.import_batch, huiyin.import_row to huiyin_app;
-- Taking an import back removes what it added, as long as nothing has come to depend on it.
grant delete on huiyin.premises, huiyin.equipment, huiyin.resident, huiyin.person to huiyin_app;

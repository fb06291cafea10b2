-- When a published version begins to apply, and in which estates a procedure applies.

-- Of two versions the one whose time came last is followed by new cases; `current` marks the one published last.
alter table huiyin.pack_version add column in_force_from timestamptz;
update huiyin.pack_version set in_force_from = published_at;
alter table huiyin.pack_version alter column in_force_from set not null;
grant update (in_force_from) on huiyin.pack_version to huiyin_app;

-- A procedure without a row here applies everywhere; with rows only in these estates.
create table huiyin.pack_estate (
  tenant_id text not null references huiyin.tenant,
  pack text not null,
  premises_id uuid not null,
  primary key (tenant_id, pack, premises_id),
  foreign key (tenant_id, premises_id) references huiyin.premises (tenant_id, premises_id)
);
alter table huiyin.pack_estate enable row level security;
create policy own_tenant on huiyin.pack_estate using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, update, delete on huiyin.pack_estate to huiyin_app;

create trigger directory_changed after insert or update or delete on huiyin.pack_estate
  for each statement execute function huiyin.directory_changed();
-- Which estate a room belongs to is part of what is kept in memory.
create trigger directory_changed after insert or update or delete on huiyin.premises
  for each statement execute function huiyin.directory_changed();

-- When something was last given to somebody by turns: whoever has waited longest is next.
create table huiyin.dispatch_turn (
  tenant_id text not null references huiyin.tenant,
  person_id uuid not null,
  last_at timestamptz not null,
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);
alter table huiyin.dispatch_turn enable row level security;
create policy own_tenant on huiyin.dispatch_turn using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, update on huiyin.dispatch_turn to huiyin_app;

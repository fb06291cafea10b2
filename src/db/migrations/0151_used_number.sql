-- Numbers that may be used once only, written by hand: of receipts, of seals. The key holds off two at the same moment.
create table huiyin.used_number (
  tenant_id text not null references huiyin.tenant,
  series text not null check (series <> ''),
  value text not null,
  case_id uuid not null,
  primary key (tenant_id, series, value),
  foreign key (tenant_id, case_id) references huiyin.case_file (tenant_id, id)
);
alter table huiyin.used_number enable row level security;
create policy own_tenant on huiyin.used_number using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.used_number to huiyin_app;

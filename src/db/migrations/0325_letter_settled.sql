-- What waited for a person and was seen to: the letter itself stays as it was, and who did what about it stays on record.
create table huiyin.letter_settled (
  tenant_id text not null references huiyin.tenant,
  channel text not null,
  direction text not null check (direction in ('in', 'out')),
  key text not null,
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  note text not null,
  primary key (tenant_id, channel, direction, key)
);
alter table huiyin.letter_settled enable row level security;
create policy own_tenant on huiyin.letter_settled using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.letter_settled to huiyin_app;

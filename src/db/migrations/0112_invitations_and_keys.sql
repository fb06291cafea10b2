-- A link by which somebody chooses his own password: handed over on paper or sent by e-mail. Only its hash is kept.
create table huiyin.invitation (
  tenant_id text not null,
  invitation_id uuid not null,
  token_hash bytea not null check (length(token_hash) = 32),
  person_id uuid not null,
  username text not null,
  -- Where it was sent; null: handed over.
  email text,
  made_at timestamptz not null,
  made_by text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  withdrawn_at timestamptz,
  primary key (tenant_id, invitation_id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);
create index invitation_person on huiyin.invitation (tenant_id, person_id);
alter table huiyin.invitation enable row level security;
create policy own_tenant on huiyin.invitation using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.invitation to huiyin_app;
grant update (token_hash, used_at, withdrawn_at) on huiyin.invitation to huiyin_app;

alter table huiyin.api_key
  -- The estate whose cases it is confined to; null: the whole company.
  add column estate_id uuid,
  add column used_at timestamptz,
  add column made_by text not null default '',
  -- The key that took its place.
  add column replaced_by uuid;
alter table huiyin.api_key
  add foreign key (tenant_id, estate_id) references huiyin.premises (tenant_id, premises_id);
grant update (used_at, expires_at, replaced_by) on huiyin.api_key to huiyin_app;

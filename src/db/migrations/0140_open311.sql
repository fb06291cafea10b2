-- Every request that came by Open311, as it was sent, with what became of it. Kept before anything is answered.
create table huiyin.open311_request (
  tenant_id text not null references huiyin.tenant,
  -- What the sender may ask by while no case could be made yet; unguessable.
  token text not null,
  -- SHA-256 over key and body: the same request sent twice within minutes is one.
  digest bytea not null check (length(digest) = 32),
  key_id uuid not null,
  -- The estate it was addressed to; null: the whole company.
  estate_id uuid,
  service_code text not null,
  body text not null,
  -- The id of the case it will begin, fixed before the attempt, so that a second attempt cannot begin another.
  new_case_id uuid not null,
  kept_at timestamptz not null,
  settled_at timestamptz,
  reason text,
  reason_zh text,
  reason_en text,
  primary key (tenant_id, token),
  unique (tenant_id, new_case_id)
);
create index open311_request_digest on huiyin.open311_request (tenant_id, digest, kept_at);
create index open311_request_waiting on huiyin.open311_request (tenant_id, kept_at) where settled_at is null;

alter table huiyin.open311_request enable row level security;
create policy own_tenant on huiyin.open311_request using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.open311_request to huiyin_app;
grant update (settled_at, reason, reason_zh, reason_en) on huiyin.open311_request to huiyin_app;
-- Lists by the day they were made, for other programs.
create index case_file_received on huiyin.case_file (tenant_id, received_at desc);

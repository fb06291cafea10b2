-- A question put to somebody outside the company: one role of one case, answered once, within a limit of its own.
create table huiyin.outside_page (
  tenant_id text not null references huiyin.tenant,
  page_id uuid not null,
  case_id uuid not null,
  role text not null,
  party text not null check (party <> ''),
  contact text,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, page_id)
);
create index outside_page_case on huiyin.outside_page (tenant_id, case_id);

-- The same question may be handed out and sent by letter: each way has a token of its own, and only its hash is kept.
create table huiyin.outside_token (
  tenant_id text not null references huiyin.tenant,
  token_hash bytea not null,
  page_id uuid not null,
  primary key (tenant_id, token_hash)
);

do $$
declare t text;
begin
  foreach t in array array['outside_page', 'outside_token'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant update (used_at, revoked_at) on huiyin.outside_page to huiyin_app;

-- A person's code generator. The seed must be read to be compared with, so it is enciphered under a key outside the database.
create table huiyin.totp (
  tenant_id text not null,
  person_id uuid not null,
  seed bytea not null,
  begun_at timestamptz not null,
  -- Null until the first right code: it asks for nothing before.
  confirmed_at timestamptz,
  -- The last half minute whose code was taken: no code opens twice.
  last_step bigint not null default 0,
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);

-- Ten ways in for whoever has lost the generator; each once.
create table huiyin.recovery_code (
  tenant_id text not null,
  person_id uuid not null,
  code_hash bytea not null check (length(code_hash) = 32),
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, person_id, code_hash),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);

create table huiyin.passkey (
  tenant_id text not null,
  credential_id text not null,
  person_id uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  label text not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, credential_id),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);
create index passkey_person on huiyin.passkey (tenant_id, person_id);

-- An address of which its owner has shown that he reads it.
create table huiyin.proved_contact (
  tenant_id text not null,
  person_id uuid not null,
  way text not null,
  contact text not null check (contact <> ''),
  proved_at timestamptz not null,
  primary key (tenant_id, person_id, way),
  unique (tenant_id, way, contact),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);

do $$
declare t text;
begin
  foreach t in array array['totp', 'recovery_code', 'passkey', 'proved_contact'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert, delete on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant update on huiyin.totp to huiyin_app;
grant update (used_at) on huiyin.recovery_code to huiyin_app;
grant update (counter, used_at) on huiyin.passkey to huiyin_app;
grant update (contact, proved_at) on huiyin.proved_contact to huiyin_app;

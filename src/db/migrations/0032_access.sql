-- Who may come in, and who looked at what. Secrets are kept as SHA-256 (they are long and random) or scrypt (passwords).
create table huiyin.login (
  tenant_id text not null,
  person_id uuid not null,
  -- As typed but in lower case.
  username text not null check (username <> '' and username = lower(username)),
  password text not null,
  set_at timestamptz not null,
  primary key (tenant_id, person_id),
  unique (tenant_id, username),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);

-- Failed attempts, per username and per address; usernames that do not exist count too, so they cannot be told apart.
create table huiyin.sign_in_guard (
  tenant_id text not null references huiyin.tenant,
  subject text not null,
  failures int not null,
  last_at timestamptz not null,
  locked_until timestamptz,
  primary key (tenant_id, subject)
);

create table huiyin.staff_session (
  tenant_id text not null,
  token_hash bytea not null,
  person_id uuid not null,
  begun_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  device text not null default '',
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);
create index staff_session_person on huiyin.staff_session (tenant_id, person_id);

create table huiyin.api_key (
  tenant_id text not null,
  key_id uuid not null,
  key_hash bytea not null,
  label text not null,
  -- The person the key acts as: an employee, or one made for the program that uses it.
  person_id uuid not null,
  -- Null: the posts of the person.
  posts text[],
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, key_id),
  unique (tenant_id, key_hash),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);

-- The link by which whoever asked follows the case without an account.
create table huiyin.case_link (
  tenant_id text not null references huiyin.tenant,
  token_hash bytea not null,
  case_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, token_hash)
);
create index case_link_case on huiyin.case_link (tenant_id, case_id);

create table huiyin.access_log (
  tenant_id text not null references huiyin.tenant,
  access_id uuid not null,
  at timestamptz not null,
  person_id uuid,
  person_name text not null,
  case_id uuid,
  resident_id uuid,
  fields text[] not null check (cardinality(fields) > 0),
  reason text not null check (reason <> ''),
  primary key (tenant_id, access_id)
);
create index access_log_case on huiyin.access_log (tenant_id, case_id, at);
create index access_log_person on huiyin.access_log (tenant_id, person_id, at);

do $$
declare t text;
begin
  foreach t in array array['login', 'sign_in_guard', 'staff_session', 'api_key', 'case_link', 'access_log'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant update on huiyin.login, huiyin.sign_in_guard to huiyin_app;
grant update (seen_at, ended_at) on huiyin.staff_session to huiyin_app;
grant update (revoked_at) on huiyin.api_key, huiyin.case_link to huiyin_app;

-- A session that can be named and ended by its owner, and where it came from.
alter table huiyin.staff_session
  add column session_id uuid not null default gen_random_uuid(),
  add column address text not null default '',
  -- How it was begun: password, passkey, code, invitation, setup, demo.
  add column way text not null default 'password',
  -- When its owner last proved who he is: what opens doors for good asks for a fresh proof.
  add column proved_at timestamptz not null default now(),
  add constraint staff_session_id unique (tenant_id, session_id);
grant update (proved_at) on huiyin.staff_session to huiyin_app;

-- What a company asks of whoever signs in. Without a row the defaults of the program hold.
create table huiyin.account_rules (
  tenant_id text not null references huiyin.tenant,
  idle_minutes int not null check (idle_minutes between 5 and 10080),
  longest_hours int not null check (longest_hours between 1 and 2160),
  -- Whoever holds one of these posts signs in with a second factor.
  second_factor_posts text[] not null default '{}',
  primary key (tenant_id)
);

-- Browsers a person has signed in from, by a mark that only the browser holds.
create table huiyin.known_device (
  tenant_id text not null,
  person_id uuid not null,
  mark_hash bytea not null check (length(mark_hash) = 32),
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (tenant_id, person_id, mark_hash),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);

-- What happened to accounts and keys. Kept for good; carries no secret.
create table huiyin.account_event (
  tenant_id text not null references huiyin.tenant,
  event_id uuid not null default gen_random_uuid(),
  at timestamptz not null,
  person_id uuid not null,
  kind text not null check (kind ~ '^[a-z][A-Za-z]+$'),
  -- Who did it; empty: the person himself.
  by_name text not null default '',
  detail text not null default '',
  address text not null default '',
  device text not null default '',
  -- When the person has seen it; only what he must know of waits to be seen.
  seen_at timestamptz,
  must_see boolean not null default false,
  primary key (tenant_id, event_id),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);
create index account_event_person on huiyin.account_event (tenant_id, person_id, at);

-- A step between two requests that belong together: a second factor, a code that was sent, a passkey's question.
create table huiyin.account_step (
  tenant_id text not null references huiyin.tenant,
  token_hash bytea not null check (length(token_hash) = 32),
  step_id uuid not null default gen_random_uuid(),
  purpose text not null,
  -- Null: nobody with that name; the answers are the same.
  person_id uuid,
  case_id uuid,
  -- How the first half was proved.
  way text not null default '',
  -- Where a code goes.
  contact text,
  -- scrypt of a code that was sent, or a passkey's challenge, which is no secret.
  answer text,
  tries int not null default 0,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, token_hash),
  unique (tenant_id, step_id)
);
create index account_step_old on huiyin.account_step (tenant_id, expires_at);

do $$
declare t text;
begin
  foreach t in array array['account_rules', 'known_device', 'account_event', 'account_step'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant update on huiyin.account_rules to huiyin_app;
grant update (last_at) on huiyin.known_device to huiyin_app;
grant update (seen_at) on huiyin.account_event to huiyin_app;
grant update (answer, contact, tries, used_at) on huiyin.account_step to huiyin_app;
grant delete on huiyin.account_step to huiyin_app;

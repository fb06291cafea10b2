-- Exchanges that tell of calls, the calls themselves, and everything that was heard or done about each.

create table huiyin.exchange (
  tenant_id text not null references huiyin.tenant,
  exchange_id uuid not null,
  name text not null check (name <> ''),
  -- What its messages are signed with.
  secret bytea not null check (length(secret) = 32),
  -- Length of one ring with its pause, by which rings are counted where the exchange does not count them.
  ring_seconds smallint not null check (ring_seconds between 1 and 30),
  -- Rings within which the company has promised to answer.
  answer_within smallint not null check (answer_within between 1 and 20),
  -- Minutes within which whoever was missed is called back.
  call_back_minutes int not null check (call_back_minutes between 1 and 10080),
  -- Beginnings of addresses (https://host/path/) at which recordings may be listened to.
  recordings text[] not null,
  made_at timestamptz not null,
  made_by text not null,
  retired_at timestamptz,
  primary key (tenant_id, exchange_id)
);

-- Which number belongs to which estate; none: to the whole company.
create table huiyin.exchange_number (
  tenant_id text not null,
  exchange_id uuid not null,
  number text not null check (number ~ '^[0-9+*#]{2,20}$'),
  estate_id uuid,
  primary key (tenant_id, exchange_id, number),
  foreign key (tenant_id, exchange_id) references huiyin.exchange (tenant_id, exchange_id),
  foreign key (tenant_id, estate_id) references huiyin.premises (tenant_id, premises_id)
);

-- Who sits at which telephone.
create table huiyin.exchange_extension (
  tenant_id text not null,
  exchange_id uuid not null,
  extension text not null check (extension ~ '^[0-9A-Za-z_.-]{1,40}$'),
  person_id uuid not null,
  primary key (tenant_id, exchange_id, extension),
  foreign key (tenant_id, exchange_id) references huiyin.exchange (tenant_id, exchange_id),
  foreign key (tenant_id, person_id) references huiyin.person (tenant_id, person_id)
);

-- A call as it stands: what its events come to, in whatever order they were heard.
create table huiyin.call (
  tenant_id text not null,
  call_id uuid not null,
  exchange_id uuid not null,
  -- The exchange's own name for it.
  reference text not null check (reference <> ''),
  -- Figures only; null: withheld.
  caller text,
  dialled text,
  estate_id uuid,
  -- The first anything was heard of it, by the exchange's clock.
  began_at timestamptz not null,
  rang_at timestamptz,
  answered_at timestamptz,
  -- Null: nobody counted and no time tells.
  rings int check (rings >= 0),
  answered_by uuid,
  ended_at timestamptz,
  recording text,
  -- Who took it over into the form, or calls back.
  taken_at timestamptz,
  taken_by uuid,
  case_id uuid,
  -- What became of it when no case did.
  reason text check (reason in ('answered', 'wrongNumber', 'silent', 'internal', 'calledBack', 'unreachable', 'other')),
  note text,
  settled_at timestamptz,
  settled_by uuid,
  -- When the journal of its case was told.
  kept_at timestamptz,
  primary key (tenant_id, call_id),
  unique (tenant_id, exchange_id, reference),
  check ((case_id is not null or reason is not null) = (settled_at is not null)),
  foreign key (tenant_id, exchange_id) references huiyin.exchange (tenant_id, exchange_id)
);
create index call_open on huiyin.call (tenant_id, began_at) where settled_at is null;
create index call_began on huiyin.call (tenant_id, began_at);
create index call_case on huiyin.call (tenant_id, case_id) where case_id is not null;

-- Everything that was heard or done about a call, as it was said. What the exchange says counts once; a call may be
-- taken up by several people one after the other.
create table huiyin.call_event (
  tenant_id text not null,
  call_id uuid not null,
  kind text not null check (kind in ('ringing', 'answered', 'ended', 'recording', 'taken', 'settled')),
  at timestamptz not null,
  heard_at timestamptz not null,
  -- Null: the exchange said it.
  person_id uuid,
  said jsonb not null,
  nth smallint not null default 1,
  primary key (tenant_id, call_id, kind, nth),
  check (nth = 1 or kind in ('taken', 'settled')),
  foreign key (tenant_id, call_id) references huiyin.call (tenant_id, call_id)
);
create index call_event_at on huiyin.call_event (tenant_id, kind, at);

do $$
declare t text;
begin
  foreach t in array array['exchange', 'exchange_number', 'exchange_extension', 'call', 'call_event'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant update (name, secret, ring_seconds, answer_within, call_back_minutes, recordings, retired_at) on huiyin.exchange to huiyin_app;
grant delete on huiyin.exchange_number, huiyin.exchange_extension to huiyin_app;
grant update (caller, dialled, estate_id, began_at, rang_at, answered_at, rings, answered_by, ended_at, recording,
  taken_at, taken_by, case_id, reason, note, settled_at, settled_by, kept_at) on huiyin.call to huiyin_app;

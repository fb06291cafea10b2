-- How a company is connected to a service that carries messages. Secrets are sealed with the key of the data folder.
create table huiyin.channel_connection (
  tenant_id text not null references huiyin.tenant,
  kind text not null,
  -- Part of the address the service calls: whoever does not know it is told nothing.
  callback_key text not null check (length(callback_key) >= 32),
  settings json not null,
  secrets bytea,
  active boolean not null,
  changed_at timestamptz not null,
  changed_by text not null,
  -- When the service last called with a good signature.
  heard_at timestamptz,
  primary key (tenant_id, kind)
);

-- The service's token, shared by all processes: whoever fetches a new one holds the row meanwhile.
create table huiyin.channel_token (
  tenant_id text not null references huiyin.tenant,
  kind text not null,
  sealed bytea,
  expires_at timestamptz,
  primary key (tenant_id, kind)
);

-- Somebody who writes, as the service names him, and where he said that he lives.
create table huiyin.channel_sender (
  tenant_id text not null references huiyin.tenant,
  kind text not null,
  sender text not null check (sender <> ''),
  name text,
  phone text,
  premises_id uuid,
  place text,
  bound_at timestamptz,
  -- The link by which he may say where he lives.
  bind_hash bytea,
  bind_until timestamptz,
  heard_at timestamptz not null,
  left_at timestamptz,
  primary key (tenant_id, kind, sender),
  check ((bound_at is null) = (place is null))
);
create index channel_sender_bind on huiyin.channel_sender (tenant_id, bind_hash) where bind_hash is not null;

-- Every message that ever arrived, as the service sent it, with what became of it.
create table huiyin.message_in (
  tenant_id text not null references huiyin.tenant,
  kind text not null,
  -- The service's own id: a second sending of the same message is this row.
  key text not null,
  sender text not null,
  what text not null,
  body json not null,
  kept_at timestamptz not null,
  -- The id of the case it will begin, fixed before the attempt, so that a second attempt cannot begin another.
  new_case_id uuid not null,
  -- `held`: waits until the sender says where he lives.
  status text not null default 'kept'
    check (status in ('kept', 'held', 'case', 'addition', 'answer', 'nothing', 'deadLetter')),
  case_id uuid,
  reason text,
  reason_zh text,
  reason_en text,
  settled_at timestamptz,
  primary key (tenant_id, kind, key),
  check ((status in ('case', 'addition', 'answer')) = (case_id is not null)),
  check ((status in ('nothing', 'deadLetter')) = (reason is not null))
);
create unique index message_in_new_case on huiyin.message_in (tenant_id, new_case_id);
create index message_in_sender on huiyin.message_in (tenant_id, kind, sender, kept_at desc);
create index message_in_open on huiyin.message_in (tenant_id, kept_at) where status in ('kept', 'deadLetter');

-- Every message sent, what the service said to it, and whether it arrived.
create table huiyin.message_out (
  tenant_id text not null references huiyin.tenant,
  message_id uuid not null,
  kind text not null,
  recipient text not null,
  case_id uuid,
  -- The notice it carries; null for an answer to what was written.
  seq int,
  text_zh text not null,
  number text,
  link text,
  -- Whether it went to the person who asked: only his answers are his words.
  to_owner boolean not null,
  -- What can be answered by a sign, as it was offered.
  options json not null,
  created_at timestamptz not null,
  attempts int not null default 0,
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'arrived', 'failed')),
  provider_id text,
  reason text,
  reason_zh text,
  reason_en text,
  settled_at timestamptz,
  primary key (tenant_id, message_id),
  check ((status = 'failed') = (reason is not null))
);
create unique index message_out_notice on huiyin.message_out (tenant_id, case_id, seq, kind) where seq is not null;
create index message_out_recipient on huiyin.message_out (tenant_id, kind, recipient, created_at desc);
create index message_out_provider on huiyin.message_out (tenant_id, kind, provider_id) where provider_id is not null;
create index message_out_failed on huiyin.message_out (tenant_id, created_at) where status = 'failed';

-- Who hears of a case by message: written before the case, so that its first notice finds him.
create table huiyin.case_recipient (
  tenant_id text not null references huiyin.tenant,
  case_id uuid not null,
  kind text not null,
  sender text not null,
  primary key (tenant_id, case_id)
);
create index case_recipient_sender on huiyin.case_recipient (tenant_id, kind, sender);

do $$
declare
  t text;
begin
  foreach t in array array['channel_connection', 'channel_token', 'channel_sender', 'message_in', 'message_out', 'case_recipient'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format(
      'create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant update (settings, secrets, active, changed_at, changed_by, heard_at) on huiyin.channel_connection to huiyin_app;
grant update (sealed, expires_at) on huiyin.channel_token to huiyin_app;
grant update (name, phone, premises_id, place, bound_at, bind_hash, bind_until, heard_at, left_at) on huiyin.channel_sender to huiyin_app;
grant update (status, case_id, reason, reason_zh, reason_en, settled_at) on huiyin.message_in to huiyin_app;
grant update (attempts, status, provider_id, reason, reason_zh, reason_en, settled_at) on huiyin.message_out to huiyin_app;

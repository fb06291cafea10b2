-- Other programs that are told of what happens: who, of what, how far they have been told, and what they answered.
create table huiyin.webhook (
  tenant_id text not null references huiyin.tenant,
  webhook_id uuid not null,
  label text not null check (label <> ''),
  url text not null,
  filter json not null,
  fields text[] not null,
  secret bytea not null check (length(secret) between 24 and 64),
  -- Signs beside the new one for a day after a change of secrets.
  former_secret bytea,
  former_until timestamptz,
  -- How far the journal has been looked through: transaction and position, in which order entries never appear late.
  after_xid bigint not null,
  after_position bigint not null,
  status text not null default 'active' check (status in ('active', 'paused', 'ended')),
  paused_at timestamptz,
  paused_why text,
  failing_since timestamptz,
  created_at timestamptz not null,
  created_by uuid not null,
  primary key (tenant_id, webhook_id)
);

create table huiyin.webhook_delivery (
  tenant_id text not null,
  webhook_id uuid not null,
  delivery_id uuid not null,
  case_id uuid not null,
  seq int not null,
  type text not null,
  -- Exactly what is sent: a second sending must not differ by a sign.
  body text not null,
  status text not null default 'waiting' check (status in ('waiting', 'held', 'sent', 'failed')),
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, webhook_id, delivery_id),
  unique (tenant_id, webhook_id, case_id, seq),
  foreign key (tenant_id, webhook_id) references huiyin.webhook (tenant_id, webhook_id)
);
create index webhook_delivery_latest on huiyin.webhook_delivery (tenant_id, webhook_id, created_at desc, delivery_id desc);

create table huiyin.webhook_attempt (
  tenant_id text not null,
  webhook_id uuid not null,
  delivery_id uuid not null,
  attempt int not null check (attempt > 0),
  at timestamptz not null,
  -- Null when no answer came.
  http_status int,
  answer text not null,
  took_ms int not null,
  primary key (tenant_id, webhook_id, delivery_id, attempt),
  foreign key (tenant_id, webhook_id, delivery_id) references huiyin.webhook_delivery (tenant_id, webhook_id, delivery_id)
    on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array['webhook', 'webhook_delivery', 'webhook_attempt'] loop
    execute format('alter table huiyin.%I enable row level security', t);
    execute format('create policy own_tenant on huiyin.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', t);
    execute format('grant select, insert on huiyin.%I to huiyin_app', t);
  end loop;
end $$;
grant update on huiyin.webhook to huiyin_app;
grant update (status, settled_at), delete on huiyin.webhook_delivery to huiyin_app;

-- The feed reads by transaction: by position alone an entry of a transaction that ends late would be passed over.
create index journal_feed on huiyin.journal (tenant_id, written_in, position);

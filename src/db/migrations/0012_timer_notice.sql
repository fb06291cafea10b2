-- The next moment at which a case's clock speaks ('case:<id>'), or a duty of the calendar falls due ('schedule:<pack>:<name>').
create table huiyin.timer (
  tenant_id text not null,
  key text not null,
  case_id uuid,
  -- The moment that counts.
  due_at timestamptz not null,
  -- When to try: later than due_at only after a failure.
  wake_at timestamptz not null,
  revision int not null default 1,
  failures int not null default 0,
  last_failure text,
  primary key (tenant_id, key)
) with (fillfactor = 80);
create index timer_wake on huiyin.timer (wake_at, tenant_id, key);
alter table huiyin.timer enable row level security;
create policy own_tenant on huiyin.timer using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, update, delete on huiyin.timer to huiyin_app;

-- The clockwork serves every tenant: it asks through these two, which see all timers and nothing else.
create function huiyin.next_wake() returns table (wake_at timestamptz, due_at timestamptz)
language sql stable security definer set search_path = pg_catalog as
$$ select wake_at, due_at from huiyin.timer order by wake_at limit 1 $$;
create function huiyin.claim_due(p_until timestamptz, p_limit int)
returns table (tenant_id text, key text, case_id uuid, due_at timestamptz)
language sql volatile security definer set search_path = pg_catalog as $$
  select tenant_id, key, case_id, due_at from huiyin.timer
  where wake_at <= p_until order by wake_at, tenant_id, key limit p_limit for update skip locked
$$;
revoke all on function huiyin.next_wake(), huiyin.claim_due(timestamptz, int) from public;
grant execute on function huiyin.next_wake(), huiyin.claim_due(timestamptz, int) to huiyin_app;

-- The first answer to every request that carried a key.
create table huiyin.idempotency (
  tenant_id text not null,
  key text not null,
  digest text not null,
  answer json not null,
  at timestamptz not null,
  primary key (tenant_id, key)
);
alter table huiyin.idempotency enable row level security;
create policy own_tenant on huiyin.idempotency using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, delete on huiyin.idempotency to huiyin_app;

-- Everything somebody was told: one row for each noticeIssued entry of the journal.
create table huiyin.notice (
  tenant_id text not null,
  case_id uuid not null,
  seq int not null,
  notice text not null,
  recipient_kind text not null check (recipient_kind in ('person', 'owner')),
  recipient_id text,
  recipient_name text not null,
  role text not null,
  text_zh text not null,
  text_en text not null,
  at timestamptz not null,
  read_at timestamptz,
  -- page: shown in the program only; then what became of the outside message.
  delivery text not null default 'page' check (delivery in ('page', 'waiting', 'sent', 'failed')),
  delivery_at timestamptz,
  delivery_note text,
  primary key (tenant_id, case_id, seq)
);
create index notice_inbox on huiyin.notice (tenant_id, recipient_id, at desc) where recipient_id is not null;
create index notice_unread on huiyin.notice (tenant_id, recipient_id, at desc) where read_at is null;
alter table huiyin.notice enable row level security;
create policy own_tenant on huiyin.notice using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.notice to huiyin_app;
grant update (read_at, delivery, delivery_at, delivery_note) on huiyin.notice to huiyin_app;

-- Published procedures, whole: a case keeps its version for life.
create table huiyin.pack_version (
  tenant_id text not null,
  pack text not null,
  version text not null,
  digest text not null,
  sources json not null,
  published_at timestamptz not null,
  published_by text not null,
  review_note text not null default '',
  current boolean not null,
  primary key (tenant_id, pack, version)
);
create unique index pack_version_current on huiyin.pack_version (tenant_id, pack) where current;
alter table huiyin.pack_version enable row level security;
create policy own_tenant on huiyin.pack_version using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.pack_version to huiyin_app;
grant update (current) on huiyin.pack_version to huiyin_app;

-- How far a demo's clock was moved; the check makes the row impossible in a company's database.
create table huiyin.sandbox_clock (
  tenant_id text not null default '*' check (tenant_id = '*'),
  offset_ms bigint not null check (offset_ms >= 0),
  primary key (tenant_id)
);
create function huiyin.only_in_sandbox() returns trigger language plpgsql as $$
begin
  if not exists (select from huiyin.installation where purpose = 'sandbox') then
    raise exception 'the clock of a production database cannot be moved' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger only_in_sandbox before insert or update on huiyin.sandbox_clock
  for each row execute function huiyin.only_in_sandbox();
grant select, insert, update on huiyin.sandbox_clock to huiyin_app;

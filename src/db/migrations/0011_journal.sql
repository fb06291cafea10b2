-- What befell every case, for good. `data` never changes; `personal` with its salt may lawfully be erased later: the
-- chain runs over salted digests, so it still verifies.
create table huiyin.journal (
  tenant_id text not null,
  case_id uuid not null,
  seq int not null check (seq > 0),
  position bigint generated always as identity,
  -- The writing transaction: anchors cover whole ranges of finished ones, so that a late commit is never skipped.
  written_in bigint not null,
  type text not null,
  at timestamptz not null,
  actor json not null,
  data json not null,
  personal json,
  salt bytea not null,
  personal_salt bytea,
  data_digest bytea not null,
  personal_digest bytea,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (tenant_id, case_id, seq)
);
create index journal_position on huiyin.journal (tenant_id, position);
create index journal_written_in on huiyin.journal using brin (written_in) with (pages_per_range = 16, autosummarize = on);

alter table huiyin.journal enable row level security;
create policy own_tenant on huiyin.journal using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert on huiyin.journal to huiyin_app;

-- Holds for the owner of the schema too. Only the erasure of personal content passes, and only whole.
create function huiyin.journal_is_final() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.personal is null and new.personal_salt is null
    and row(new.tenant_id, new.case_id, new.seq, new.position, new.written_in, new.type, new.at, new.actor::text, new.data::text,
            new.salt, new.data_digest, new.personal_digest, new.prev_hash, new.hash)
      is not distinct from
        row(old.tenant_id, old.case_id, old.seq, old.position, old.written_in, old.type, old.at, old.actor::text, old.data::text,
            old.salt, old.data_digest, old.personal_digest, old.prev_hash, old.hash) then
    return new;
  end if;
  raise exception 'the journal is final: % is refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger journal_is_final before update or delete on huiyin.journal
  for each row execute function huiyin.journal_is_final();
create trigger journal_is_whole before truncate on huiyin.journal
  for each statement execute function huiyin.journal_is_final();

-- Signed summaries of the journal. They span all tenants: one signature vouches for the whole installation.
create table huiyin.anchor (
  tenant_id text not null default '*' check (tenant_id = '*'),
  number bigint not null,
  at timestamptz not null,
  -- Transactions from (included) up to (not included).
  from_xid bigint not null,
  to_xid bigint not null,
  cases bigint not null,
  entries bigint not null,
  root bytea not null,
  previous bytea not null,
  digest bytea not null,
  key_id text not null,
  signature bytea not null,
  primary key (tenant_id, number)
);
grant select, insert on huiyin.anchor to huiyin_app;
create function huiyin.anchor_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'anchors are final: % is refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger anchor_is_final before update or delete on huiyin.anchor
  for each row execute function huiyin.anchor_is_final();
create trigger anchor_is_whole before truncate on huiyin.anchor
  for each statement execute function huiyin.anchor_is_final();

-- How far each case had come within a range of finished transactions; every tenant, digests only.
create function huiyin.journal_heads(p_from bigint, p_to bigint)
returns table (tenant_id text, case_id uuid, seq int, hash bytea, entries bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select h.tenant_id, h.case_id, h.seq, j.hash, h.entries
  from (select tenant_id, case_id, max(seq) as seq, count(*) as entries from huiyin.journal
        where written_in >= p_from and written_in < p_to group by tenant_id, case_id) h
  join huiyin.journal j using (tenant_id, case_id, seq)
  order by tenant_id collate "C", case_id
$$;
revoke all on function huiyin.journal_heads(bigint, bigint) from public;
grant execute on function huiyin.journal_heads(bigint, bigint) to huiyin_app;

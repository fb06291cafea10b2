-- A claimed timer brings its case along, both locked at once. A case that somebody is changing just now is left to the
-- next turn: waiting for it while holding its timer, which that change wants too, would be waiting for each other.
create or replace function huiyin.claim_due(p_until timestamptz, p_limit int)
returns table (tenant_id text, key text, case_id uuid, due_at timestamptz, state json, seq int, head_hash bytea,
  changed_at timestamptz, changed_by text)
language sql volatile security definer set search_path = pg_catalog as $$
  with mine as materialized (
    select tenant_id, key, case_id, due_at from huiyin.timer
    where wake_at <= p_until order by wake_at, tenant_id, key limit p_limit for update skip locked
  ), held as materialized (
    select c.tenant_id, c.id, c.state, c.seq, c.head_hash, c.changed_at, c.changed_by
    from huiyin.case_file c join mine m on c.tenant_id = m.tenant_id and c.id = m.case_id
    for update of c skip locked
  )
  select m.tenant_id, m.key, m.case_id, m.due_at, h.state, h.seq, h.head_hash, h.changed_at, h.changed_by
  from mine m left join held h on h.tenant_id = m.tenant_id and h.id = m.case_id
  where m.case_id is null or h.id is not null
    or not exists (select from huiyin.case_file c where c.tenant_id = m.tenant_id and c.id = m.case_id)
$$;

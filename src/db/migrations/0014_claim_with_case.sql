-- A claimed timer brings its case along: one round trip less between the moment and its effect.
drop function huiyin.claim_due(timestamptz, int);
create function huiyin.claim_due(p_until timestamptz, p_limit int)
returns table (tenant_id text, key text, case_id uuid, due_at timestamptz, state json, seq int, head_hash bytea,
  changed_at timestamptz, changed_by text)
language sql volatile security definer set search_path = pg_catalog as $$
  with mine as materialized (
    select tenant_id, key, case_id, due_at from huiyin.timer
    where wake_at <= p_until order by wake_at, tenant_id, key limit p_limit for update skip locked
  )
  select m.tenant_id, m.key, m.case_id, m.due_at, c.state, c.seq, c.head_hash, c.changed_at, c.changed_by
  from mine m left join huiyin.case_file c on c.tenant_id = m.tenant_id and c.id = m.case_id
$$;
revoke all on function huiyin.claim_due(timestamptz, int) from public;
grant execute on function huiyin.claim_due(timestamptz, int) to huiyin_app;

-- Timers of cases that are due, with their cases and without holding anything: when they are few, two round trips fire
-- them, because an append refuses a case that was changed since it was read.
create function huiyin.peek_due(p_until timestamptz, p_limit int)
returns table (tenant_id text, key text, case_id uuid, due_at timestamptz, state json, seq int, head_hash bytea,
  changed_at timestamptz, changed_by text)
language sql stable security definer set search_path = pg_catalog as $$
  with due as materialized (
    select tenant_id, key, case_id, due_at from huiyin.timer where wake_at <= p_until order by wake_at, tenant_id, key limit p_limit
  )
  select d.tenant_id, d.key, d.case_id, d.due_at, c.state, c.seq, c.head_hash, c.changed_at, c.changed_by
  from due d left join huiyin.case_file c on c.tenant_id = d.tenant_id and c.id = d.case_id
$$;
revoke all on function huiyin.peek_due(timestamptz, int) from public;
grant execute on function huiyin.peek_due(timestamptz, int) to huiyin_app;

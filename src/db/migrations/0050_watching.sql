-- What the running server may know of tables that are closed to it: only counts.
create function huiyin.migrations_applied() returns int
language sql stable security definer set search_path = pg_catalog as
$$ select count(*)::int from huiyin.migration $$;
-- The tables of jobs are made after this function, so it is planned only when it is called.
create function huiyin.jobs_waiting() returns int
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return (select count(*)::int from graphile_worker._private_jobs where attempts < max_attempts and run_at <= now());
end $$;
revoke all on function huiyin.migrations_applied(), huiyin.jobs_waiting() from public;
grant execute on function huiyin.migrations_applied(), huiyin.jobs_waiting() to huiyin_app;

-- Lists of what waits for a post are read state by state, next deadline first.
create index case_file_state on huiyin.case_file (tenant_id, state_name, next_due_at, id) where open;

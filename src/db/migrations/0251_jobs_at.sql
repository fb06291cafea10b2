-- A job may be ordered for a later moment (`run_at`).
create or replace function huiyin.add_jobs(p_jobs json) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_jobs(array_agg(
    (j.task, j.payload, j.queue, j.run_at, j.attempts, j.key, null, null)::graphile_worker.job_spec))
  from json_to_recordset(p_jobs) as j(task text, payload json, queue text, run_at timestamptz, key text, attempts smallint);
end $$;

-- Jobs of one line (`queue`) are done one after the other, so that a single address that does not answer never keeps
-- everybody's outside work waiting.
create or replace function huiyin.add_jobs(p_jobs json) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_jobs(array_agg(
    (j.task, j.payload, j.queue, null, j.attempts, j.key, null, null)::graphile_worker.job_spec))
  from json_to_recordset(p_jobs) as j(task text, payload json, queue text, key text, attempts smallint);
end $$;

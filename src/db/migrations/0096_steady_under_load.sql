-- Anchors read exactly the range they cover, however long ago the table was last vacuumed: a summary index (BRIN) leaves
-- its newest pages to be read whole, which held up everything else for seconds under load.
drop index huiyin.journal_written_in;
create index journal_written_in on huiyin.journal (written_in);

create or replace function huiyin.journal_heads(p_from bigint, p_to bigint)
returns table (tenant_id text, case_id uuid, seq int, hash bytea, entries bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct on (tenant_id collate "C", case_id)
    tenant_id, case_id, seq, hash, count(*) over (partition by tenant_id, case_id)
  from huiyin.journal where written_in >= p_from and written_in < p_to
  order by tenant_id collate "C", case_id, seq desc
$$;

-- How many places the journal has given out, entries that were rolled back included: enough to know when to cast an anchor.
create function huiyin.journal_reached() returns bigint
language sql stable security definer set search_path = pg_catalog as $$
  select last_value from huiyin.journal_position_seq
$$;
revoke all on function huiyin.journal_reached() from public;
grant execute on function huiyin.journal_reached() to huiyin_app;

-- The words of new cases are sorted into the index in small portions: otherwise every few seconds one registration pays
-- for a thousand others.
alter index huiyin.case_search_words set (gin_pending_list_limit = 256);

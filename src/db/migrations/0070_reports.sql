-- What reports and the archive are read by. Registering a case must stay cheap: the period is found by a BRIN index, which
-- costs a write next to nothing; the others hold archived cases only and are written once, when a case is sealed.
create index case_file_period on huiyin.case_file using brin (received_at timestamptz_minmax_multi_ops)
  with (pages_per_range = 32, autosummarize = on);
create index case_file_sealed on huiyin.case_file (tenant_id, archived_at, id) where archived_at is not null;
create index case_file_sealed_received on huiyin.case_file (tenant_id, received_at, id) where archived_at is not null;
create index case_file_sealed_place on huiyin.case_file (tenant_id, premises_id, received_at, id) where archived_at is not null;
create index case_file_sealed_assignee on huiyin.case_file (tenant_id, assignee_id, received_at, id) where archived_at is not null;

-- Where a place is counted in a report: the building or common place it is or lies in. Never the room, which would tell
-- whose home it is.
create function huiyin.report_places(p_tenant text, p_ids text[])
returns table (premises_id text, key text, name_zh text, name_en text)
language sql stable set search_path = pg_catalog as $$
  with recursive up as (
    select p.premises_id as asked, p.premises_id, p.parent_id, p.kind, p.full_name, p.name_en, 0 as steps
    from huiyin.premises p where p.tenant_id = p_tenant and p.premises_id = any (array(
      select x::uuid from unnest(p_ids) x where x ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'))
    union all
    select up.asked, p.premises_id, p.parent_id, p.kind, p.full_name, p.name_en, up.steps + 1
    from up join huiyin.premises p on p.tenant_id = p_tenant and p.premises_id = up.parent_id
    where up.kind in ('room', 'floor', 'entrance') and up.steps < 8
  )
  select distinct on (asked) asked::text, premises_id::text, full_name, name_en from up
  where kind not in ('room', 'floor', 'entrance') order by asked, steps desc
$$;
revoke all on function huiyin.report_places(text, text[]) from public;
grant execute on function huiyin.report_places(text, text[]) to huiyin_app;

-- A moment as milliseconds since 1970, exactly; the reverse of huiyin.instant.
create function huiyin.epoch_ms(at timestamptz) returns bigint language sql stable parallel safe as
$$ select round(extract(epoch from at) * 1000)::bigint $$;

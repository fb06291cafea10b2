-- What reads or writes a few rows by their keys must never walk through a table. A connection keeps the plan it made first,
-- and in a young company that plan was made for tables of a few pages: a timer's entry then took longer with every case,
-- up to a tenth of a second at ten thousand, until the statistics caught up. So the keys stand in each condition itself,
-- and walking is not to be chosen.
create or replace function huiyin.append(
  p_tenant text,
  p_keys json,
  c_item int[], c_expected int[], c_id uuid[], c_number text[], c_pack text[], c_pack_version text[], c_procedure text[],
  c_matter text[], c_channel text[], c_state_name text[], c_state json[], c_seq int[], c_head_hash bytea[], c_open boolean[],
  c_next_due float8[], c_next_due_clock text[], c_breach_level int[], c_assignee_id text[], c_assignee_name text[],
  c_case_officer_id text[], c_responsible_id text[], c_responsible_unit text[], c_premises_id text[], c_category text[],
  c_summary text[], c_waits_for text[], c_received float8[], c_registered float8[], c_closed float8[], c_archived float8[],
  c_changed float8[], c_changed_by text[], c_search text[],
  j_item int[], j_case uuid[], j_seq int[], j_type text[], j_at float8[], j_actor json[], j_data json[], j_personal json[],
  j_salt bytea[], j_personal_salt bytea[], j_data_digest bytea[], j_personal_digest bytea[], j_prev_hash bytea[], j_hash bytea[],
  t_item int[], t_key text[], t_case uuid[], t_due float8[],
  p_notices json,
  p_jobs json
) returns json language plpgsql set enable_seqscan = off as $$
declare
  v_dropped int[] := '{}';
  v_stale int[];
  v_repeated json;
  v_conflicts json;
  v_xid bigint;
  v_first bigint;
  v_position bigint;
  v_wake timestamptz;
begin
  perform set_config('app.tenant', p_tenant, true);

  if p_keys is not null then
    with asked as materialized (
      select * from json_to_recordset(p_keys) as k(item int, key text, digest text, answer json, at float8)
    ), fresh as (
      insert into huiyin.idempotency (tenant_id, key, digest, answer, at)
      select p_tenant, key, digest, answer, huiyin.instant(at) from asked order by key
      on conflict do nothing returning key
    )
    select coalesce(array_agg(item), '{}') into v_dropped from asked where key not in (select key from fresh);
    if cardinality(v_dropped) > 0 then
      select json_agg(json_build_object('item', k.item, 'digest', i.digest, 'answer', i.answer)) into v_repeated
      from json_to_recordset(p_keys) as k(item int, key text)
      join huiyin.idempotency i on i.tenant_id = p_tenant and i.key = k.key
      where k.item = any (v_dropped);
    end if;
  end if;

  if exists (select from unnest(c_expected) e where e > 0) then
    -- In the order of ids, so that two batches never wait for each other.
    with locked as materialized (
      select id, seq from huiyin.case_file where tenant_id = p_tenant and id = any (c_id) order by id for update
    )
    select array_agg(distinct u.item) into v_stale
    from unnest(c_item, c_id, c_expected) as u(item, id, expected) left join locked l on l.id = u.id
    where u.expected > 0 and not u.item = any (v_dropped) and l.seq is distinct from u.expected;
    if v_stale is not null then
      select json_agg(item) into v_conflicts from unnest(v_stale) s(item);
      v_dropped := v_dropped || v_stale;
      if p_keys is not null then
        delete from huiyin.idempotency i using json_to_recordset(p_keys) as k(item int, key text)
        where i.tenant_id = p_tenant and i.key = k.key and k.item = any (v_stale);
      end if;
    end if;
    update huiyin.case_file c set
      state_name = u.state_name, state = u.state, seq = u.seq, head_hash = u.head_hash, open = u.open,
      next_due_at = huiyin.instant(u.next_due), next_due_clock = u.next_due_clock, breach_level = u.breach_level,
      assignee_id = u.assignee_id, assignee_name = u.assignee_name, case_officer_id = u.case_officer_id,
      responsible_id = u.responsible_id, responsible_unit = u.responsible_unit, premises_id = u.premises_id,
      category = u.category, summary = u.summary, waits_for = string_to_array(u.waits_for, ','),
      closed_at = huiyin.instant(u.closed), archived_at = huiyin.instant(u.archived),
      changed_at = huiyin.instant(u.changed), changed_by = u.changed_by
    from unnest(c_item, c_expected, c_id, c_state_name, c_state, c_seq, c_head_hash, c_open, c_next_due, c_next_due_clock,
      c_breach_level, c_assignee_id, c_assignee_name, c_case_officer_id, c_responsible_id, c_responsible_unit, c_premises_id,
      c_category, c_summary, c_waits_for, c_closed, c_archived, c_changed, c_changed_by)
      as u(item, expected, id, state_name, state, seq, head_hash, open, next_due, next_due_clock, breach_level, assignee_id,
      assignee_name, case_officer_id, responsible_id, responsible_unit, premises_id, category, summary, waits_for, closed,
      archived, changed, changed_by)
    where c.tenant_id = p_tenant and c.id = any (c_id) and c.id = u.id and u.expected > 0 and not u.item = any (v_dropped);
  end if;

  insert into huiyin.case_file (tenant_id, id, number, pack, pack_version, procedure, matter, channel, state_name, state, seq,
    head_hash, open, next_due_at, next_due_clock, breach_level, assignee_id, assignee_name, case_officer_id, responsible_id,
    responsible_unit, premises_id, category, summary, waits_for, received_at, registered_at, closed_at, archived_at,
    changed_at, changed_by)
  select p_tenant, u.id, u.number, u.pack, u.pack_version, u.procedure, u.matter, u.channel, u.state_name, u.state, u.seq,
    u.head_hash, u.open, huiyin.instant(u.next_due), u.next_due_clock, u.breach_level, u.assignee_id, u.assignee_name,
    u.case_officer_id, u.responsible_id, u.responsible_unit, u.premises_id, u.category, u.summary,
    string_to_array(u.waits_for, ','), huiyin.instant(u.received), huiyin.instant(u.registered), huiyin.instant(u.closed),
    huiyin.instant(u.archived), huiyin.instant(u.changed), u.changed_by
  from unnest(c_item, c_expected, c_id, c_number, c_pack, c_pack_version, c_procedure, c_matter, c_channel, c_state_name,
    c_state, c_seq, c_head_hash, c_open, c_next_due, c_next_due_clock, c_breach_level, c_assignee_id, c_assignee_name,
    c_case_officer_id, c_responsible_id, c_responsible_unit, c_premises_id, c_category, c_summary, c_waits_for, c_received,
    c_registered, c_closed, c_archived, c_changed, c_changed_by)
    as u(item, expected, id, number, pack, pack_version, procedure, matter, channel, state_name, state, seq, head_hash, open,
    next_due, next_due_clock, breach_level, assignee_id, assignee_name, case_officer_id, responsible_id, responsible_unit,
    premises_id, category, summary, waits_for, received, registered, closed, archived, changed, changed_by)
  where u.expected = 0 and not u.item = any (v_dropped);

  insert into huiyin.case_search (tenant_id, case_id, words)
  select p_tenant, u.id, u.search::tsvector from unnest(c_item, c_id, c_search) as u(item, id, search)
  where u.search is not null and not u.item = any (v_dropped)
  on conflict (tenant_id, case_id) do update set words = excluded.words;

  v_xid := pg_current_xact_id()::text::bigint;
  with written as (
    insert into huiyin.journal (tenant_id, case_id, seq, written_in, type, at, actor, data, personal, salt, personal_salt,
      data_digest, personal_digest, prev_hash, hash)
    select p_tenant, u.case_id, u.seq, v_xid, u.type, huiyin.instant(u.at), u.actor, u.data, u.personal, u.salt,
      u.personal_salt, u.data_digest, u.personal_digest, u.prev_hash, u.hash
    from unnest(j_item, j_case, j_seq, j_type, j_at, j_actor, j_data, j_personal, j_salt, j_personal_salt, j_data_digest,
      j_personal_digest, j_prev_hash, j_hash)
      as u(item, case_id, seq, type, at, actor, data, personal, salt, personal_salt, data_digest, personal_digest, prev_hash, hash)
    where not u.item = any (v_dropped)
    returning position
  )
  select min(position), max(position) into v_first, v_position from written;

  if cardinality(t_key) > 0 then
    delete from huiyin.timer t using unnest(t_item, t_key, t_due) as u(item, key, due)
    where t.tenant_id = p_tenant and t.key = any (t_key) and t.key = u.key and u.due is null and not u.item = any (v_dropped);
    insert into huiyin.timer as t (tenant_id, key, case_id, due_at, wake_at)
    select p_tenant, u.key, u.case_id, huiyin.instant(u.due), huiyin.instant(u.due)
    from unnest(t_item, t_key, t_case, t_due) as u(item, key, case_id, due)
    where u.due is not null and not u.item = any (v_dropped)
    on conflict (tenant_id, key) do update set
      due_at = excluded.due_at, wake_at = excluded.wake_at, revision = t.revision + 1, failures = 0, last_failure = null;
    select huiyin.instant(min(u.due)) into v_wake from unnest(t_item, t_due) as u(item, due) where not u.item = any (v_dropped);
  end if;

  if p_notices is not null then
    insert into huiyin.notice (tenant_id, case_id, seq, notice, recipient_kind, recipient_id, recipient_name, role, text_zh,
      text_en, at, delivery)
    select p_tenant, n.case_id, n.seq, n.notice, n.recipient_kind, n.recipient_id, n.recipient_name, n.role, n.text_zh,
      n.text_en, huiyin.instant(n.at), n.delivery
    from json_to_recordset(p_notices) as n(item int, case_id uuid, seq int, notice text, recipient_kind text, recipient_id text,
      recipient_name text, role text, text_zh text, text_en text, at float8, delivery text)
    where not n.item = any (v_dropped);
  end if;

  if p_jobs is not null then
    perform huiyin.add_jobs(kept.jobs) from (
      select json_agg(j.*) as jobs
      from json_to_recordset(p_jobs) as j(item int, task text, payload json, key text, attempts smallint)
      where not j.item = any (v_dropped)
    ) kept where kept.jobs is not null;
  end if;

  return json_build_object('repeated', v_repeated, 'conflicts', v_conflicts, 'news',
    case when v_position is not null or v_wake is not null then
      json_build_object('tenant', p_tenant, 'first', v_first, 'position', v_position, 'xid', v_xid,
        'wake', extract(epoch from v_wake) * 1000)::text
    end);
end $$;

alter function huiyin.look(text, uuid[], text[]) set enable_seqscan = off;
alter function huiyin.next_wake() set enable_seqscan = off;

create or replace function huiyin.peek_due(p_until timestamptz, p_limit int)
returns table (tenant_id text, key text, case_id uuid, due_at timestamptz, state json, seq int, head_hash bytea,
  changed_at timestamptz, changed_by text)
language sql stable security definer set search_path = pg_catalog set enable_seqscan = off as $$
  with due as materialized (
    select tenant_id, key, case_id, due_at from huiyin.timer where wake_at <= p_until order by wake_at, tenant_id, key limit p_limit
  )
  select d.tenant_id, d.key, d.case_id, d.due_at, c.state, c.seq, c.head_hash, c.changed_at, c.changed_by
  from due d left join lateral (
    select * from huiyin.case_file f where f.tenant_id = d.tenant_id and f.id = d.case_id offset 0
  ) c on true
$$;

create or replace function huiyin.claim_due(p_until timestamptz, p_limit int)
returns table (tenant_id text, key text, case_id uuid, due_at timestamptz, state json, seq int, head_hash bytea,
  changed_at timestamptz, changed_by text)
language sql volatile security definer set search_path = pg_catalog set enable_seqscan = off as $$
  with mine as materialized (
    select tenant_id, key, case_id, due_at from huiyin.timer
    where wake_at <= p_until order by wake_at, tenant_id, key limit p_limit for update skip locked
  ), held as materialized (
    select c.* from mine m cross join lateral (
      select f.tenant_id, f.id, f.state, f.seq, f.head_hash, f.changed_at, f.changed_by
      from huiyin.case_file f where f.tenant_id = m.tenant_id and f.id = m.case_id
      for update skip locked
    ) c
  )
  select m.tenant_id, m.key, m.case_id, m.due_at, h.state, h.seq, h.head_hash, h.changed_at, h.changed_by
  from mine m left join held h on h.tenant_id = m.tenant_id and h.id = m.case_id
  where m.case_id is null or h.id is not null
    or not exists (select from huiyin.case_file c where c.tenant_id = m.tenant_id and c.id = m.case_id)
$$;

-- The heads that an anchor covers: counted case by case, then looked up, instead of sorting every entry twice.
create or replace function huiyin.journal_heads(p_from bigint, p_to bigint)
returns table (tenant_id text, case_id uuid, seq int, hash bytea, entries bigint)
language sql stable security definer set search_path = pg_catalog set enable_seqscan = off as $$
  with head as materialized (
    select tenant_id, case_id, max(seq) as seq, count(*) as entries
    from huiyin.journal where written_in >= p_from and written_in < p_to group by tenant_id, case_id
  )
  select h.tenant_id, h.case_id, h.seq, j.hash, h.entries
  from head h cross join lateral (
    select hash from huiyin.journal e where e.tenant_id = h.tenant_id and e.case_id = h.case_id and e.seq = h.seq offset 0
  ) j
  order by h.tenant_id collate "C", h.case_id
$$;

-- Under heavy intake the requests to summarise came faster than they were taken up, and each that was dropped left three
-- lines in the server's log. Every vacuum summarises; what is not summarised yet is read.
alter index huiyin.case_file_period set (autosummarize = off);

-- Spreads the companies of one installation over the machines of a Citus cluster (12 or newer): every company's rows lie
-- together on one of them. Run it once, on the coordinator, as the server's administrator, while the program is stopped:
--
--   psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -1 -f src/db/distribute.sql
--
-- Before it: `create extension citus`, the workers added (`citus_add_node`) and the coordinator too
-- (`citus_set_coordinator_host`), and the schema migrated by one start of the program. A company's id is the
-- distribution column everywhere, so that no statement of the program has to change.

-- Row-level security is judged on the machine that holds the rows: it must hear which company is being served.
do $$ begin execute format('alter database %I set citus.propagate_set_commands = ''local''', current_database()); end $$;
-- Our triggers look at their own row or at rows of the same company only; those of the organisation run on every copy.
do $$ begin execute format('alter database %I set citus.enable_unsafe_triggers = on', current_database()); end $$;
set citus.enable_unsafe_triggers = on;

-- Only `set local` is passed on, and set_config() is not: the functions that name their company say it the other way.
do $$
declare f record;
begin
  for f in select oid from pg_proc where pronamespace = 'huiyin'::regnamespace and prosrc like '%perform set_config(''app.tenant'', p_tenant, true)%' loop
    execute replace(pg_get_functiondef(f.oid), 'perform set_config(''app.tenant'', p_tenant, true)',
      'execute format(''set local app.tenant = %L'', p_tenant)');
  end loop;
end $$;

-- The organisation: small, pointed to by everything, the same on every machine.
select create_reference_table('huiyin.tenant');
select create_reference_table('huiyin.unit');
select create_reference_table('huiyin.person');
select create_reference_table('huiyin.post_assignment');
select create_reference_table('huiyin.superior');
select create_reference_table('huiyin.shift');
select create_reference_table('huiyin.skill');
select create_reference_table('huiyin.person_skill');
select create_reference_table('huiyin.certificate_rules');
select create_reference_table('huiyin.certificate_told');
select create_reference_table('huiyin.shift_pattern');
select create_reference_table('huiyin.shift_pattern_part');
select create_reference_table('huiyin.shift_assignment');
select create_reference_table('huiyin.shift_swap');
select create_reference_table('huiyin.absence');
select create_reference_table('huiyin.substitution');
select create_reference_table('huiyin.authority_limit');
select create_reference_table('huiyin.territory');
select create_reference_table('huiyin.territory_crew');
-- A table that lies everywhere cannot point to premises, which do not; taking back an import asks before what is in use.
alter table huiyin.territory_place drop constraint territory_place_tenant_id_premises_id_fkey;
select create_reference_table('huiyin.territory_place');

-- Cases and all that belongs to them. The first table decides which machine holds a company.
select create_distributed_table('huiyin.case_file', 'tenant_id');
select create_distributed_table('huiyin.case_search', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.counter', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.journal', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.timer', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.idempotency', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.used_number', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.dispatch_turn', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.shift_list', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.shift_list_line', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.letter_settled', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.shift_list_owed', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.shift_rules', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.notice', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.notice_sending', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.notice_rules', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.notice_choice', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.pack_version', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.pack_proposal', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.attachment', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.attachment_content', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.demo_history', 'tenant_id', colocate_with => 'huiyin.case_file');

-- Premises, and who lives there.
select create_distributed_table('huiyin.premises', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.pack_estate', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.riser', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.riser_place', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.outside_organisation', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.equipment', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.resident', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.outside_contact', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.warranty_term', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.warranty', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.import_batch', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.import_row', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.import_change', 'tenant_id', colocate_with => 'huiyin.case_file');

-- Who may come in, and who looked at what.
select create_distributed_table('huiyin.post_power', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.login', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.sign_in_guard', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.staff_session', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.api_key', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.case_link', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.access_log', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.outside_page', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.outside_token', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.account_rules', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.known_device', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.account_event', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.account_step', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.totp', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.recovery_code', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.passkey', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.proved_contact', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.invitation', 'tenant_id', colocate_with => 'huiyin.case_file');

-- Mail.
select create_distributed_table('huiyin.mail_message', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.mail_content', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.mail_box', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.mail_secret', 'tenant_id', colocate_with => 'huiyin.case_file');

-- Requests of other programs.
select create_distributed_table('huiyin.open311_request', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.webhook', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.webhook_delivery', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.webhook_attempt', 'tenant_id', colocate_with => 'huiyin.case_file');

-- One inbox.
select create_distributed_table('huiyin.incident', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.incident_place', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.incident_case', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.incident_change', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.exchange', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.exchange_number', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.exchange_extension', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.call', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.call_event', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.joined_contact', 'tenant_id', colocate_with => 'huiyin.case_file');

-- Services that carry messages.
select create_distributed_table('huiyin.channel_connection', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.channel_token', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.channel_sender', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.message_in', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.message_out', 'tenant_id', colocate_with => 'huiyin.case_file');
select create_distributed_table('huiyin.case_recipient', 'tenant_id', colocate_with => 'huiyin.case_file');

-- The installation's own books (migration, installation, anchor, sandbox_clock) and the queue of jobs stay here.

-- Statements that are sent to the machines use these.
select create_distributed_function('huiyin.instant(float8)');
select create_distributed_function('huiyin.epoch_ms(timestamptz)');

-- Rows of several machines cannot be locked by one statement: the clockwork asks company by company, whoever has waited
-- longest first.
create or replace function huiyin.claim_due(p_until timestamptz, p_limit int)
returns table (tenant_id text, key text, case_id uuid, due_at timestamptz, state json, seq int, head_hash bytea,
  changed_at timestamptz, changed_by text)
language plpgsql volatile security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare v_tenant text; v_left int := p_limit; v_found int;
begin
  for v_tenant in select t.tenant_id from huiyin.timer t where t.wake_at <= p_until group by 1 order by min(t.wake_at), 1 loop
    return query
      with mine as materialized (
        select t.tenant_id, t.key, t.case_id, t.due_at from huiyin.timer t
        where t.tenant_id = v_tenant and t.wake_at <= p_until order by t.wake_at, t.key limit v_left for update skip locked
      ), held as materialized (
        select c.tenant_id, c.id, c.state, c.seq, c.head_hash, c.changed_at, c.changed_by
        from huiyin.case_file c join mine m on c.tenant_id = m.tenant_id and c.id = m.case_id
        where c.tenant_id = v_tenant for update of c skip locked
      )
      select m.tenant_id, m.key, m.case_id, m.due_at, h.state, h.seq, h.head_hash, h.changed_at, h.changed_by
      from mine m left join held h on h.tenant_id = m.tenant_id and h.id = m.case_id
      where m.case_id is null or h.id is not null
        or not exists (select from huiyin.case_file c where c.tenant_id = v_tenant and c.tenant_id = m.tenant_id and c.id = m.case_id);
    get diagnostics v_found = row_count;
    v_left := v_left - v_found;
    exit when v_left <= 0;
  end loop;
end $$;

create or replace function huiyin.peek_due(p_until timestamptz, p_limit int)
returns table (tenant_id text, key text, case_id uuid, due_at timestamptz, state json, seq int, head_hash bytea,
  changed_at timestamptz, changed_by text)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare v_tenant text; v_left int := p_limit; v_found int;
begin
  for v_tenant in select t.tenant_id from huiyin.timer t where t.wake_at <= p_until group by 1 order by min(t.wake_at), 1 loop
    return query
      with due as materialized (
        select t.tenant_id, t.key, t.case_id, t.due_at from huiyin.timer t
        where t.tenant_id = v_tenant and t.wake_at <= p_until order by t.wake_at, t.key limit v_left
      )
      select d.tenant_id, d.key, d.case_id, d.due_at, c.state, c.seq, c.head_hash, c.changed_at, c.changed_by
      from due d left join huiyin.case_file c on c.tenant_id = v_tenant and c.tenant_id = d.tenant_id and c.id = d.case_id;
    get diagnostics v_found = row_count;
    v_left := v_left - v_found;
    exit when v_left <= 0;
  end loop;
end $$;

-- From when lists are asked for: what ended before is nobody's fault. A row without minutes says only that.
alter table huiyin.shift_rules add column asked_since timestamptz;
update huiyin.shift_rules set asked_since = changed_at;
insert into huiyin.shift_rules (tenant_id, asked_since, changed_at, changed_by)
select tenant_id, min(confirmed_at), min(confirmed_at), '' from huiyin.shift_list group by tenant_id
on conflict (tenant_id) do update set asked_since = least(shift_rules.asked_since, excluded.asked_since);
alter table huiyin.shift_rules alter column asked_since set not null;

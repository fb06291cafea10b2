-- Where lists are asked for already, it is looked at once who owes one; from then on each look orders the next.
insert into huiyin.timer (tenant_id, key, due_at, wake_at)
select tenant_id, 'later:shift-ends:', now(), now() from huiyin.shift_rules where asked_since is not null
on conflict (tenant_id, key) do nothing;

-- One look for all companies: who has connected which of some services.
create function huiyin.connections_in_use(p_kinds text[]) returns table (tenant_id text, kind text)
language sql stable security definer set search_path = pg_catalog as $$
  select c.tenant_id, c.kind from huiyin.channel_connection c where c.active and c.kind = any (p_kinds)
$$;
revoke all on function huiyin.connections_in_use(text[]) from public;
grant execute on function huiyin.connections_in_use(text[]) to huiyin_app;

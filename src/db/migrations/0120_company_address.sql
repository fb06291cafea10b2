-- Several companies on one installation: each may be reached at an address of its own, which then speaks for it alone.
alter table huiyin.tenant add column host text
  check (host = lower(host) and host ~ '^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$');
grant update (host) on huiyin.tenant to huiyin_app;

-- Before anybody has signed in no company is known; this tells only which one an address belongs to.
create function huiyin.tenant_of_host(p_host text) returns text
language sql stable security definer set search_path = pg_catalog as
$$ select tenant_id from huiyin.tenant where host = p_host order by created_at, tenant_id limit 1 $$;
revoke all on function huiyin.tenant_of_host(text) from public;
grant execute on function huiyin.tenant_of_host(text) to huiyin_app;

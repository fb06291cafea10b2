-- The service centre's number, as it is printed at the doors and shown to owners.
alter table huiyin.tenant add column telephone text;
grant update (telephone) on huiyin.tenant to huiyin_app;

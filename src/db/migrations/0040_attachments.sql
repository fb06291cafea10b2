-- What people hand in: photos, recordings, papers. Kept in the database, so that one backup holds everything.
create table huiyin.attachment (
  tenant_id text not null,
  id uuid not null,
  name text not null check (name <> ''),
  type text not null,
  size bigint not null check (size > 0),
  -- Of the bytes as they are kept: photos are written anew without their hidden data before this is taken.
  sha256 bytea not null check (length(sha256) = 32),
  width int,
  height int,
  uploaded_by json not null,
  uploaded_at timestamptz not null,
  -- Null until an act of a case uses it; what is never used goes after a day.
  case_id uuid,
  thumbnail bytea,
  primary key (tenant_id, id)
);
create index attachment_case on huiyin.attachment (tenant_id, case_id) where case_id is not null;
create index attachment_unused on huiyin.attachment (tenant_id, uploaded_at) where case_id is null;

create table huiyin.attachment_content (
  tenant_id text not null,
  attachment_id uuid not null,
  part int not null check (part >= 0),
  bytes bytea not null,
  primary key (tenant_id, attachment_id, part),
  foreign key (tenant_id, attachment_id) references huiyin.attachment (tenant_id, id) on delete cascade
);
-- Photos and films are compressed already; trying again only costs time.
alter table huiyin.attachment_content alter column bytes set storage external;
alter table huiyin.attachment alter column thumbnail set storage external;

alter table huiyin.attachment enable row level security;
create policy own_tenant on huiyin.attachment using (tenant_id = nullif(current_setting('app.tenant', true), ''));
alter table huiyin.attachment_content enable row level security;
create policy own_tenant on huiyin.attachment_content using (tenant_id = nullif(current_setting('app.tenant', true), ''));
grant select, insert, delete on huiyin.attachment to huiyin_app;
grant update (case_id) on huiyin.attachment to huiyin_app;
grant select, insert on huiyin.attachment_content to huiyin_app;

-- Evidence stays: once a case uses it, an attachment is neither changed nor removed, not even by the owner of the schema.
create function huiyin.attachment_is_kept() returns trigger language plpgsql as $$
begin
  if old.case_id is not null then
    raise exception 'an attachment of a case is final: % is refused', tg_op using errcode = 'insufficient_privilege';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger attachment_is_kept before update or delete on huiyin.attachment
  for each row execute function huiyin.attachment_is_kept();

create function huiyin.attachment_content_is_kept() returns trigger language plpgsql as $$
begin
  -- Goes only together with its attachment.
  if tg_op = 'UPDATE' or exists (select from huiyin.attachment a where a.tenant_id = old.tenant_id and a.id = old.attachment_id) then
    raise exception 'the content of an attachment is final: % is refused', tg_op using errcode = 'insufficient_privilege';
  end if;
  return old;
end $$;
create trigger attachment_content_is_kept before update or delete on huiyin.attachment_content
  for each row execute function huiyin.attachment_content_is_kept();

create function huiyin.attachments_are_kept() returns trigger language plpgsql as $$
begin
  raise exception 'attachments are final: % is refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger attachments_are_kept before truncate on huiyin.attachment
  for each statement execute function huiyin.attachments_are_kept();
create trigger attachments_are_kept before truncate on huiyin.attachment_content
  for each statement execute function huiyin.attachments_are_kept();
